using System.Globalization;
using Broadsheet.Core;

namespace Broadsheet.Web.MediaStore;

/// <summary>The bucket that holds the media (<c>Media:S3:*</c>).</summary>
/// <param name="Endpoint">Of a server that speaks S3; null for Amazon's by region.</param>
/// <param name="Prefix">Stands before every name: empty, or with a slash at its end.</param>
/// <param name="AccessKey">Null, as the secret then is: by the SDK's usual chain (environment, profile, role of the machine).</param>
/// <param name="IsPathStyle">The bucket's name stands in the path, not in the host.</param>
/// <param name="CacheBytes">That the node keeps of it on its own disk.</param>
internal sealed record BucketOptions(Uri? Endpoint, string Region, string Name, string Prefix, string? AccessKey, string? SecretKey, bool IsPathStyle, long CacheBytes)
{
    private const int UsualCacheMegabytes = 1_024;
    private const int MinCacheMegabytes = 64;

    /// <returns>Null where media lie on the disk; or what is wrong, naming its key.</returns>
    public static Outcome<BucketOptions?> Read(IConfiguration configuration)
    {
        var store = configuration["Media:Store"] ?? "Disk";
        if (store is not ("Disk" or "S3")) return new Problem("Media:Store", $"Media:Store is “{store}”; it can be Disk or S3.");
        if (store == "Disk") return (BucketOptions?)null;
        var section = configuration.GetSection("Media:S3");
        Uri? endpoint = null;
        if (Text("Endpoint") is { } written && !(Uri.TryCreate(written, UriKind.Absolute, out endpoint) && endpoint.Scheme is "http" or "https" && endpoint.PathAndQuery == "/" && endpoint.UserInfo.Length == 0))
            return new Problem("Media:S3:Endpoint", "Media:S3:Endpoint needs a scheme and a host, and nothing else, as in https://s3.example.org.");
        if (endpoint is null && Text("Region") is null) return new Problem("Media:S3:Region", "Media:S3:Region is missing; without Media:S3:Endpoint it says which of Amazon's is meant.");
        if (Text("Bucket") is not { } bucket) return new Problem("Media:S3:Bucket", "Media:S3:Bucket is missing; Media:Store is S3.");
        var (access, secret) = (Text("AccessKey"), Text("SecretKey"));
        if (access is null != secret is null) return access is null ? new Problem("Media:S3:AccessKey", "Media:S3:AccessKey is missing; Media:S3:SecretKey is set.") : new Problem("Media:S3:SecretKey", "Media:S3:SecretKey is missing; Media:S3:AccessKey is set.");
        var prefix = Text("Prefix")?.Trim('/') is { Length: > 0 } p ? $"{p}/" : "";
        if (prefix.Length > 0 && !MediaName.IsGood(prefix.TrimEnd('/'))) return new Problem("Media:S3:Prefix", $"Media:S3:Prefix is “{Text("Prefix")}”; it is the name of a folder, as in media or sites/post.");
        var style = Text("PathStyle");
        var isPathStyle = endpoint is not null;
        if (style is not null && !bool.TryParse(style, out isPathStyle)) return new Problem("Media:S3:PathStyle", $"Media:S3:PathStyle is “{style}”; it is true or false.");
        var cache = Text("CacheMB");
        var megabytes = UsualCacheMegabytes;
        if (cache is not null && !(int.TryParse(cache, NumberStyles.None, CultureInfo.InvariantCulture, out megabytes) && megabytes >= MinCacheMegabytes)) return new Problem("Media:S3:CacheMB", $"Media:S3:CacheMB is “{cache}”; it is a number of megabytes, {MinCacheMegabytes} or more.");
        return new BucketOptions(endpoint, Text("Region") ?? "us-east-1", bucket, prefix, access, secret, isPathStyle, (long)megabytes << 20);

        string? Text(string key) => section[key] is { Length: > 0 } text ? text : null;
    }

    /// <summary>Without what is secret.</summary>
    public override string ToString() => $"{Name} at {Endpoint?.Authority ?? Region}";
}
