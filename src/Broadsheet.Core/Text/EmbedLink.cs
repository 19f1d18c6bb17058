namespace Broadsheet.Core.Text;

/// <summary>What stands in place of another site's frame: a plain link to the page a reader can watch or hear it on.</summary>
internal readonly record struct EmbedLink(string Address, string Label)
{
    private const int MaxLabel = 60;

    /// <summary>Null when the address is not on the web.</summary>
    public static EmbedLink? From(string written)
    {
        if (SafeAddress.Link(written) is not { } address || !Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) return null;
        address = Watchable(uri) ?? address;
        return SafeAddress.Link(address) is { } safe ? new EmbedLink(safe, LabelOf(safe)) : null;
    }

    private static string LabelOf(string address)
    {
        var label = address[(address.IndexOf("//", StringComparison.Ordinal) + 2)..];
        if (label.StartsWith("www.", StringComparison.OrdinalIgnoreCase)) label = label[4..];
        label = label.TrimEnd('/');
        return label.Length <= MaxLabel ? label : label[..(char.IsHighSurrogate(label[MaxLabel - 1]) ? MaxLabel - 1 : MaxLabel)] + "…";
    }

    private static string? Watchable(Uri uri)
    {
        var host = uri.Host.StartsWith("www.", StringComparison.Ordinal) ? uri.Host[4..] : uri.Host;
        var path = uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var last = path.Length > 0 ? path[^1] : "";
        return (host, path) switch
        {
            ("youtube.com" or "youtube-nocookie.com" or "m.youtube.com", ["embed" or "v" or "shorts", _, ..]) => $"https://www.youtube.com/watch?v={Id(path[1])}",
            ("player.vimeo.com", ["video", _, ..]) => $"https://vimeo.com/{Id(path[1])}",
            ("dailymotion.com", ["embed", "video", _, ..]) => $"https://www.dailymotion.com/video/{Id(last)}",
            ("w.soundcloud.com", ["player", ..]) => Query(uri, "url"),
            ("facebook.com", ["plugins", ..]) => Query(uri, "href"),
            ("open.spotify.com", ["embed", _, _, ..]) => $"https://open.spotify.com/{Id(path[1])}/{Id(path[2])}",
            ("embed.ted.com", ["talks", ..]) => $"https://www.ted.com/talks/{Id(last)}",
            ("archive.org", ["embed", _, ..]) => $"https://archive.org/details/{Id(path[1])}",
            ("videopress.com", ["embed" or "v", _, ..]) => $"https://videopress.com/v/{Id(path[1])}",
            (_, ["videos", "embed", _]) => $"https://{uri.Authority}/videos/watch/{Id(last)}",
            _ => null,
        };
    }

    private static string Id(string segment)
    {
        var end = segment.AsSpan().IndexOfAny('&', ';');
        return end < 0 ? segment : segment[..end];
    }

    private static string? Query(Uri uri, string name)
    {
        foreach (var pair in uri.Query.TrimStart('?').Split('&'))
        {
            if (pair.StartsWith(name + "=", StringComparison.Ordinal)) return Uri.UnescapeDataString(pair[(name.Length + 1)..]);
        }

        return null;
    }
}
