using Broadsheet.Web.MediaStore;
using Broadsheet.Web.Tests.Sites;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Broadsheet.Web.Tests.MediaStore;

/// <summary>One of the nodes that share a bucket: what it remembers and keeps is its own.</summary>
internal sealed class BucketNode : IDisposable
{
    private readonly Bucket _bucket;

    public BucketNode(S3Server server, string prefix, long cacheBytes = 64L << 20, ILogger<Bucket>? log = null)
    {
        var options = new BucketOptions(server.Url, "us-east-1", "media", $"{prefix}/", "S3RVER", "S3RVER", IsPathStyle: true, cacheBytes);
        _bucket = new Bucket(options, Clock, log ?? NullLogger<Bucket>.Instance);
        Store = new BucketMediaStore(_bucket, new BucketCache(CacheFolder, cacheBytes), new BucketMemory(Clock));
        Unfinished = new BucketUnfinishedFiles(_bucket);
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 29, 9, 0, 0, TimeSpan.Zero));

    public string CacheFolder { get; } = Directory.CreateTempSubdirectory("bs-cache").FullName;

    public BucketMediaStore Store { get; }

    public BucketUnfinishedFiles Unfinished { get; }

    public long CachedBytes => Directory.EnumerateFiles(CacheFolder, "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length);

    public void Dispose()
    {
        _bucket.Dispose();
        Directory.Delete(CacheFolder, recursive: true);
    }
}
