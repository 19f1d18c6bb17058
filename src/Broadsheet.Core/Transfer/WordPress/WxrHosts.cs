namespace Broadsheet.Core.Transfer.WordPress;

/// <summary>
/// The hosts whose links and media are the publication's own: those of <c>link</c>, <c>base_site_url</c> and
/// <c>base_blog_url</c>, each with and without <c>www.</c>, and the <c>files.wordpress.com</c> hosts of its attachments.
/// WordPress.com names the network itself as <c>base_site_url</c>: that is nobody's own.
/// </summary>
public sealed class WxrHosts
{
    private const int Limit = 64;
    private const string Network = ".wordpress.com";
    private const string NetworkFiles = ".files.wordpress.com";
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Lower case, without port, in order.</summary>
    public IReadOnlyCollection<string> Names => _names;

    public static WxrHosts Of(WxrChannel channel)
    {
        var hosts = new WxrHosts();
        hosts.Add(channel);
        return hosts;
    }

    internal void Add(WxrChannel channel)
    {
        Add(channel.Link);
        Add(channel.BaseSiteUrl);
        Add(channel.BaseBlogUrl);
    }

    /// <summary>Any letter case.</summary>
    public bool Owns(string host) => _names.Contains(host.ToLowerInvariant());

    /// <summary>
    /// The path and query on the publication of an address on an own host, or of its rendition by WordPress.com's image hosts
    /// (<c>https://i0.wp.com/HOST/path?w=300</c>, whose query only sizes it and goes); null for other people's.
    /// </summary>
    public string? OwnPath(Uri address)
    {
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https")) return null;
        if (Owns(address.IdnHost)) return address.PathAndQuery;
        if (address.IdnHost is not ("i0.wp.com" or "i1.wp.com" or "i2.wp.com" or "i3.wp.com")) return null;
        var path = address.AbsolutePath;
        var slash = path.IndexOf('/', 1);
        return slash > 0 && Owns(path[1..slash]) ? path[slash..] : null;
    }

    internal void AddMediaOf(WxrItem attachment)
    {
        if (_names.Count >= Limit) return;
        foreach (var address in (ReadOnlySpan<string>)[attachment.AttachmentUrl, attachment.Guid])
            if (HostOf(address) is { } host && host.EndsWith(NetworkFiles, StringComparison.Ordinal)) _names.Add(host);
    }

    private void Add(string address)
    {
        if (HostOf(address) is not { Length: > 0 } host || host is "wordpress.com" or "www.wordpress.com") return;
        var bare = host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
        _names.Add(bare);
        _names.Add("www." + bare);
        if (bare.EndsWith(Network, StringComparison.Ordinal) && !bare.EndsWith(NetworkFiles, StringComparison.Ordinal))
            _names.Add(bare[..^Network.Length] + NetworkFiles);
    }

    private static string? HostOf(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri.IdnHost.ToLowerInvariant() : null;
}
