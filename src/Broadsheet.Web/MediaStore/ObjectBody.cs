using System.Globalization;
using Amazon.Runtime;
using Amazon.S3.Model;

namespace Broadsheet.Web.MediaStore;

/// <summary>What a bucket knows of an object.</summary>
/// <param name="Tag">Its ETag: another for other content.</param>
internal sealed record ObjectFacts(long Bytes, string Tag, DateTimeOffset Changed)
{
    public ObjectFacts(long bytes, string? tag, DateTime? changed)
        : this(bytes, tag ?? "", new DateTimeOffset((changed ?? DateTime.UnixEpoch).ToUniversalTime(), TimeSpan.Zero))
    {
    }

    /// <summary>As <see cref="StoredFile.Version"/>: the same on every node.</summary>
    public string Version => string.Create(CultureInfo.InvariantCulture, $"{string.Concat(Tag.Where(c => char.IsAsciiLetterOrDigit(c) || c == '-'))}-{Bytes:x}");
}

/// <summary>An object, or a part of it, that is coming in.</summary>
internal sealed class ObjectBody(GetObjectResponse response) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Of the whole object.</summary>
    public ObjectFacts Facts { get; } = new(TotalOf(response), response.ETag, response.LastModified);

    /// <summary>One that breaks off says nothing of the bucket, which may be asked for others at once.</summary>
    /// <returns>Bytes that were read; 0 at the end.</returns>
    public async Task<int> ReadAsync(Memory<byte> buffer, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            return await response.ResponseStream.ReadAsync(buffer, limit.Token);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested && failure is AmazonClientException or HttpRequestException or IOException or OperationCanceledException)
        {
            throw new MediaAwayException("the bucket broke off", failure);
        }
    }

    /// <summary>All of it.</summary>
    public async Task CopyToAsync(Stream target, CancellationToken ct)
    {
        var buffer = new byte[1 << 16];
        for (int read; (read = await ReadAsync(buffer, ct)) > 0;) await target.WriteAsync(buffer.AsMemory(0, read), ct);
    }

    public void Dispose() => response.Dispose();

    /// <summary><c>Content-Range: bytes 0-65535/200000</c> where a part was asked for.</summary>
    private static long TotalOf(GetObjectResponse response) =>
        response.ContentRange is { } range && range.LastIndexOf('/') is >= 0 and var slash && long.TryParse(range.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var total) ? total : response.ContentLength;
}
