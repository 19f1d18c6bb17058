namespace Broadsheet.Web.Features.Feeds;

/// <summary>A feed before it is written in one of its formats. Addresses are absolute.</summary>
/// <param name="Home">The page that it is the feed of.</param>
/// <param name="Updated">The newest change in it; the publication's first day where it is empty.</param>
internal sealed record Feed(string Title, string Description, string Home, string Self, string Language, DateTimeOffset Updated, IReadOnlyList<FeedItem> Items);

/// <param name="Guid">Never changes; not an address that must answer.</param>
/// <param name="Html">The whole text; null where only the summary goes out.</param>
/// <param name="Discussion">Null for a comment.</param>
/// <param name="Source">The outlet of a republished item and its original's address.</param>
internal sealed record FeedItem(
    string Title, string Link, string Guid, string Author, DateTimeOffset At, DateTimeOffset Updated, IReadOnlyList<string> Categories, string Summary, SafeHtml? Html,
    FeedDiscussion? Discussion, FeedSource? Source, IReadOnlyList<FeedEnclosure> Enclosures)
{
    /// <summary>Where it is not the feed's; else null.</summary>
    public string? Language { get; init; }
}

internal sealed record FeedDiscussion(string Link, string FeedLink, int Comments);

internal sealed record FeedSource(string Outlet, string Url);

internal sealed record FeedEnclosure(string Url, string Length, string Type);

/// <summary>
/// XML that holds no character that XML 1.0 forbids, and words that run nowhere: readers are known to take headlines, names and outlets
/// for markup, so words that look like it are written as the markup that shows them.
/// </summary>
internal static class FeedText
{
    public static string Clean(string text)
    {
        foreach (var c in text)
            if (!System.Xml.XmlConvert.IsXmlChar(c) && !char.IsSurrogate(c)) return string.Concat(text.Where(x => System.Xml.XmlConvert.IsXmlChar(x) || char.IsSurrogate(x)));
        return text;
    }

    /// <summary>CDATA cannot hold its own end: it is parted there.</summary>
    public static void WriteCData(this System.Xml.XmlWriter xml, string name, string text, string? ns = null)
    {
        xml.WriteStartElement(name, ns);
        var parts = Clean(text).Split("]]>");
        for (var i = 0; i < parts.Length; i++) xml.WriteCData((i > 0 ? ">" : "") + parts[i] + (i < parts.Length - 1 ? "]]" : ""));
        xml.WriteEndElement();
    }

    public static void WriteText(this System.Xml.XmlWriter xml, string name, string text, string? ns = null) => xml.WriteElementString(name, ns, Words(text));

    /// <summary>Words in CDATA, as WordPress writes names and categories.</summary>
    public static void WriteWords(this System.Xml.XmlWriter xml, string name, string text, string? ns = null) => xml.WriteCData(name, Words(text), ns);

    /// <summary>Words where markup is expected, as in RSS's description.</summary>
    public static void WriteAsMarkup(this System.Xml.XmlWriter xml, string name, string text, string? ns = null) => xml.WriteCData(name, Escaped(text), ns);

    public static string Words(string text) => Clean(LooksLikeMarkup(text) ? Escaped(text) : text);

    /// <summary>Whether some reader might find a tag in it: a `<` before what begins one.</summary>
    public static bool LooksLikeMarkup(string text)
    {
        for (var i = text.IndexOf('<'); i >= 0 && i + 1 < text.Length; i = text.IndexOf('<', i + 1))
            if (char.IsAsciiLetter(text[i + 1]) || text[i + 1] is '/' or '!' or '?') return true;
        return false;
    }

    private static string Escaped(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>RFC 822 with a four-digit year, in UTC, as RSS wants it.</summary>
    public static string Rfc822(DateTimeOffset at) => at.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss +0000", System.Globalization.CultureInfo.InvariantCulture);

    public static string Rfc3339(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
}
