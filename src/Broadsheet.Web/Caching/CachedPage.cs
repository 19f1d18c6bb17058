using Microsoft.Extensions.Primitives;

namespace Broadsheet.Web.Caching;

/// <summary>A whole response as it goes out: status, headers and the body in each coding. Bodies are replaced whole, never changed.</summary>
internal sealed class CachedPage(int status, string contentType, KeyValuePair<string, StringValues>[] headers, byte[] identity, string hash, string[] tags)
{
    private int _stale;

    public int Status => status;
    public string ContentType => contentType;
    public KeyValuePair<string, StringValues>[] Headers => headers;
    public byte[] Identity => identity;
    public string[] Tags => tags;

    /// <summary><see cref="System.Diagnostics.Stopwatch"/> ticks.</summary>
    public long CreatedAt { get; } = System.Diagnostics.Stopwatch.GetTimestamp();
    public long UsedAt { get; set; }
    public byte[]? Gzip { get; set; }
    public byte[]? Brotli { get; set; }

    /// <summary>From its header; null where it says nothing.</summary>
    public DateTimeOffset? LastModified { get; } = Array.Find(headers, h => h.Key == "Last-Modified").Value is { Count: > 0 } value
        && DateTimeOffset.TryParseExact(value, "R", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    public StringValues ETag { get; } = $"\"{hash}\"";
    public StringValues GzipETag { get; } = $"\"{hash}-gz\"";
    public StringValues BrotliETag { get; } = $"\"{hash}-br\"";

    /// <summary>Counts that it shows have changed: worth rendering again, still fit to be read.</summary>
    public bool IsStale => Volatile.Read(ref _stale) != 0;

    public int Bytes => identity.Length + (Gzip?.Length ?? 0) + (Brotli?.Length ?? 0) + 512;

    public void MarkStale() => Volatile.Write(ref _stale, 1);

    /// <summary>Another client's copy with this tag is still right, whatever coding it came in.</summary>
    public bool Matches(StringValues ifNoneMatch)
    {
        foreach (var value in ifNoneMatch)
            if (value is not null && (value == "*" || value.Contains(hash, StringComparison.Ordinal))) return true;
        return false;
    }
}
