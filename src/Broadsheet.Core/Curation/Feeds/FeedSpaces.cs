using System.Collections.Frozen;

namespace Broadsheet.Core.Curation.Feeds;

/// <summary>The namespaces that feeds use, by one short name each: <c>dc</c> whatever the prefix, empty for the format's own.</summary>
internal static class FeedSpaces
{
    public const string Unknown = "?";

    private static readonly FrozenDictionary<string, string> ByAddress = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["http://www.w3.org/2005/atom"] = "atom",
        ["http://purl.org/atom/ns#"] = "atom",
        ["http://purl.org/atom/ns"] = "atom",
        ["http://purl.org/rss/1.0"] = "",
        ["http://my.netscape.com/rdf/simple/0.9"] = "",
        ["http://channel.netscape.com/rdf/simple/0.9"] = "",
        ["http://backend.userland.com/rss"] = "",
        ["http://backend.userland.com/rss2"] = "",
        ["http://blogs.law.harvard.edu/tech/rss"] = "",
        ["http://www.w3.org/1999/02/22-rdf-syntax-ns#"] = "rdf",
        ["http://purl.org/dc/elements/1.1"] = "dc",
        ["http://purl.org/dc/elements/1.0"] = "dc",
        ["http://purl.org/dc/terms"] = "dcterms",
        ["http://purl.org/rss/1.0/modules/content"] = "content",
        ["http://purl.org/rss/1.0/modules/syndication"] = "sy",
        ["http://search.yahoo.com/mrss"] = "media",
        ["http://video.search.yahoo.com/mrss"] = "media",
        ["http://www.itunes.com/dtds/podcast-1.0.dtd"] = "itunes",
        ["http://rssnamespace.org/feedburner/ext/1.0"] = "feedburner",
        ["http://www.w3.org/1999/xhtml"] = "xhtml",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What an undeclared prefix is taken for.</summary>
    private static readonly FrozenDictionary<string, string> ByPrefix = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["rss"] = "",
        ["atom"] = "atom",
        ["atom10"] = "atom",
        ["rdf"] = "rdf",
        ["dc"] = "dc",
        ["dcterms"] = "dcterms",
        ["content"] = "content",
        ["sy"] = "sy",
        ["media"] = "media",
        ["itunes"] = "itunes",
        ["feedburner"] = "feedburner",
        ["xhtml"] = "xhtml",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <param name="address">Where the prefix, or the lack of one, leads; null when nothing declares it.</param>
    public static string Of(string prefix, string? address)
    {
        if (address is not null && ByAddress.TryGetValue(address.Trim().TrimEnd('/').ToLowerInvariant(), out var space))
            return prefix.Length == 0 && space != "xhtml" ? "" : space;
        if (prefix.Length == 0) return "";
        return address is null ? ByPrefix.GetValueOrDefault(prefix, Unknown) : Unknown;
    }
}
