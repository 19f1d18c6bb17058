namespace Broadsheet.Core.Text;

/// <summary>Recognises addresses of this publication in all their forms, WordPress.com's file host and image proxy among them.</summary>
internal sealed class OwnAddress(RenderContext context)
{
    private const string FileHost = ".files.wordpress.com";

    /// <summary>The root-relative address, or null when it is not an address of ours.</summary>
    /// <param name="media">The address names a file: the query (<c>?w=300</c>, <c>?resize=…</c>) only asked for a size, and goes.</param>
    public string? Map(string written, bool media)
    {
        if (SafeAddress.Link(written) is not { } address) return null;
        if (address.StartsWith('/')) return Finish(address, media);
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) return null;
        var (host, path) = Unproxied(uri);
        if (!IsOwn(host)) return null;
        if (host.EndsWith(FileHost, StringComparison.Ordinal) && !path.StartsWith(MediaPath.Uploads, StringComparison.Ordinal)) path = MediaPath.Uploads + path.TrimStart('/');
        // "//" would make the rest a host.
        path = "/" + path.TrimStart('/');
        return Finish(path + uri.Query + uri.Fragment, media);
    }

    public static bool IsUpload(string path) => path.StartsWith(MediaPath.Uploads, StringComparison.Ordinal);

    /// <summary>As the media source knows it.</summary>
    public static string Decoded(string address) => Uri.UnescapeDataString(Cut(address, '?', '#'));

    private string Finish(string address, bool media)
    {
        var basePath = context.BasePath.TrimEnd('/');
        if (basePath.Length > 0 && address.StartsWith(basePath, StringComparison.OrdinalIgnoreCase)
            && (address.Length == basePath.Length || address[basePath.Length] is '/' or '?' or '#')) address = "/" + address[basePath.Length..].TrimStart('/');
        return media || IsUpload(address) ? Cut(address, '?', '#') : address;
    }

    private bool IsOwn(string host)
    {
        if (Known(host)) return true;
        return host.EndsWith(FileHost, StringComparison.Ordinal) && Known(host[..^FileHost.Length] + ".wordpress.com");
    }

    private bool Known(string host)
    {
        var bare = host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
        return context.OwnHosts.Contains(host) || context.OwnHosts.Contains(bare) || context.OwnHosts.Contains("www." + bare);
    }

    // i0.wp.com/HOST/PATH?w=300: WordPress.com's image proxy ("Photon").
    private static (string Host, string Path) Unproxied(Uri uri)
    {
        var host = uri.Host.ToLowerInvariant();
        if (host is not ("i0.wp.com" or "i1.wp.com" or "i2.wp.com" or "i3.wp.com")) return (host, uri.AbsolutePath);
        var path = uri.AbsolutePath.TrimStart('/');
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? (host, uri.AbsolutePath) : (path[..slash].ToLowerInvariant(), path[slash..]);
    }

    private static string Cut(string text, params ReadOnlySpan<char> ends)
    {
        var at = text.AsSpan().IndexOfAny(ends);
        return at < 0 ? text : text[..at];
    }
}
