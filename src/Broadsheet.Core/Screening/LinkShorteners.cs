using System.Collections.Frozen;

namespace Broadsheet.Core.Screening;

/// <summary>Well-known services that give a short address for a long one.</summary>
public static class LinkShorteners
{
    private static readonly FrozenSet<string> Hosts = new[]
    {
        "bit.ly", "bitly.com", "buff.ly", "cutt.ly", "goo.gl", "is.gd", "j.mp", "lnkd.in", "ow.ly", "rb.gy", "rebrand.ly", "s.id", "shorturl.at", "shorte.st", "t.co", "t.ly", "tiny.cc", "tinyurl.com", "tr.im", "v.gd",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <param name="host">In lower case.</param>
    public static bool Contains(string host) => Hosts.Contains(host);
}
