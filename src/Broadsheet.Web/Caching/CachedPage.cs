using System.Globalization;
using System.Security.Cryptography;
using Broadsheet.Web.Caching.Front;
using Microsoft.Extensions.Primitives;

namespace Broadsheet.Web.Caching;

/// <summary>A whole response as it goes out: headers and the body in each coding. Bodies are replaced whole, never changed.</summary>
internal sealed class CachedPage(string contentType, KeyValuePair<string, StringValues>[] headers, byte[] identity, string hash, string[] tags)
{
    private int _stale;

    /// <summary>Held by whoever makes a body in one more coding.</summary>
    public Lock Making { get; } = new();

    public string ContentType => contentType;
    public KeyValuePair<string, StringValues>[] Headers => headers;
    public byte[] Identity => identity;
    public string[] Tags => tags;

    /// <summary>Whoever is signed in gets their own.</summary>
    public bool IsForGuests { get; init; }

    /// <summary>What it says becomes wrong then; null for never.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>What it tells a cache in front; null where there is none.</summary>
    public FrontControl? Front { get; init; }

    /// <summary><see cref="System.Diagnostics.Stopwatch"/> ticks.</summary>
    public long CreatedAt { get; } = System.Diagnostics.Stopwatch.GetTimestamp();
    public long UsedAt { get; set; }
    public byte[]? Gzip { get; set; }
    public byte[]? Brotli { get; set; }

    /// <summary>From its header; null where it says nothing.</summary>
    public DateTimeOffset? LastModified { get; } = Array.Find(headers, h => h.Key == "Last-Modified").Value is { Count: > 0 } value
        && DateTimeOffset.TryParseExact(value, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    public StringValues ETag { get; } = $"\"{hash}\"";
    public StringValues GzipETag { get; } = $"\"{hash}-gz\"";
    public StringValues BrotliETag { get; } = $"\"{hash}-br\"";

    /// <summary>Counts that it shows have changed: worth rendering again, still fit to be read.</summary>
    public bool IsStale => Volatile.Read(ref _stale) != 0;

    /// <summary>What the bodies take, and about what the rest does.</summary>
    public int Bytes => identity.Length + (Gzip?.Length ?? 0) + (Brotli?.Length ?? 0) + 512 + 128 * tags.Length;

    /// <summary>What <see cref="PageStore"/> has counted for it; 0 while it is not kept. The store's own.</summary>
    public long Counted { get; set; }

    public static CachedPage Of(string contentType, IEnumerable<KeyValuePair<string, StringValues>> headers, byte[] body, string[] tags, bool isForGuests, DateTimeOffset? until = null, FrontControl? front = null) => new(
        contentType, [.. headers.Where(h => h.Key is not ("Content-Type" or "Cache-Control" or "Vary" or "ETag" or "Server" or FrontControl.KeysHeader)), .. front is null ? [] : (KeyValuePair<string, StringValues>[])[FrontControl.KeysOf(tags)]], body, Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12)), tags)
    {
        IsForGuests = isForGuests,
        Until = until,
        Front = front,
    };

    public void MarkStale() => Volatile.Write(ref _stale, 1);

    /// <summary>Another client's copy with this tag is still right, whatever coding it came in.</summary>
    public bool Matches(StringValues ifNoneMatch)
    {
        foreach (var value in ifNoneMatch)
            if (value is not null && (value == "*" || value.Contains(hash, StringComparison.Ordinal))) return true;
        return false;
    }
}
