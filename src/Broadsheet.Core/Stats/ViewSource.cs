namespace Broadsheet.Core.Stats;

/// <summary>Where a reader came from, as far as a statistic needs it: the host, and nothing else of the address.</summary>
public static class ViewSource
{
    /// <summary>UTF-16 code units; longer hosts are cut.</summary>
    public const int MaxLength = 100;

    /// <param name="referrer">As a browser gives it (<c>document.referrer</c>); null or empty for none.</param>
    /// <param name="ownHosts">Of this publication, now and earlier.</param>
    /// <returns>The host in small letters, without <c>www.</c>; empty where nothing was said or nothing can be read; null where the reader came from a page of the publication itself.</returns>
    public static string? Of(string? referrer, IEnumerable<string> ownHosts)
    {
        if (!Uri.TryCreate(referrer, UriKind.Absolute, out var address)) return "";
        // Applications that show pages name themselves so.
        if (address.Scheme == "android-app") return Cut(address.Host);
        if (address.Scheme is not ("http" or "https") || address.Host.Length == 0) return "";
        var host = Plain(address.IdnHost);
        foreach (var own in ownHosts)
            if (Plain(own) == host) return null;
        return Cut(host);
    }

    private static string Plain(string host)
    {
        host = host.ToLowerInvariant().TrimEnd('.');
        return host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
    }

    private static string Cut(string host) => host.Length > MaxLength ? host[..MaxLength] : host;
}
