using System.Globalization;
using System.Text;
using System.Xml;

namespace Broadsheet.Core.Curation.Feeds;

/// <summary>One subscription of a list.</summary>
/// <param name="Title">Plain text; the feed's host where the list gives no name.</param>
/// <param name="Feed">Absolute, http or https.</param>
/// <param name="Site">Null when the list does not say.</param>
/// <param name="Group">The names of the groups around it, from the outside; empty at the top.</param>
public sealed record OpmlOutlet(string Title, Uri Feed, Uri? Site, string? Language, IReadOnlyList<string> Group);

/// <summary>Lists of subscriptions as feed readers exchange them (OPML 1.0 and 2.0).</summary>
public static class Opml
{
    /// <summary>What follows is left out.</summary>
    public const int MaxOutlets = 2000;

    /// <returns>The feeds, each address once, in the list's order; or the problem <c>opml</c> in one line.</returns>
    public static Outcome<IReadOnlyList<OpmlOutlet>> Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > FeedReader.MaxBytes) return Wrong("The list is larger than 10 MB.");
        if (FeedBytes.OtherKind(bytes) is { } other) return Wrong(other.Replace("feed", "list", StringComparison.Ordinal));
        var read = FeedMarkup.Read(FeedBytes.ToText(bytes, null));
        if (read.Problem is { } problem) return Wrong(problem.Message);
        var root = read.Value.Elements().FirstOrDefault();
        if (root is null) return Wrong("There is no element in it: it is no OPML list.");
        if (root.Name != "opml") return Wrong($"Line {root.Line} begins <{(root.Name.Length > 40 ? root.Name[..40] : root.Name)}>, not an OPML list.");
        return Outlets(root.Element("body") ?? root, []).DistinctBy(static o => o.Feed).Take(MaxOutlets).ToList();
    }

    /// <summary>A list that other readers import, in OPML 2.0.</summary>
    public static string Write(string title, DateTimeOffset now, IEnumerable<OpmlOutlet> outlets)
    {
        var to = new StringWriter(CultureInfo.InvariantCulture);
        using (var xml = XmlWriter.Create(to, new XmlWriterSettings { Indent = true, OmitXmlDeclaration = true, CheckCharacters = false }))
        {
            xml.WriteStartElement("opml");
            xml.WriteAttributeString("version", "2.0");
            xml.WriteStartElement("head");
            xml.WriteElementString("title", Clean(title));
            xml.WriteElementString("dateCreated", now.UtcDateTime.ToString("R", CultureInfo.InvariantCulture));
            xml.WriteEndElement();
            xml.WriteStartElement("body");
            foreach (var outlet in outlets) Write(xml, outlet);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + to.ToString().ReplaceLineEndings("\n") + "\n";
    }

    private static void Write(XmlWriter xml, OpmlOutlet outlet)
    {
        xml.WriteStartElement("outline");
        xml.WriteAttributeString("type", "rss");
        xml.WriteAttributeString("text", Clean(outlet.Title));
        xml.WriteAttributeString("title", Clean(outlet.Title));
        xml.WriteAttributeString("xmlUrl", outlet.Feed.AbsoluteUri);
        if (outlet.Site is { } site) xml.WriteAttributeString("htmlUrl", site.AbsoluteUri);
        if (outlet.Language is { } language) xml.WriteAttributeString("language", Clean(language));
        if (outlet.Group.Count > 0) xml.WriteAttributeString("category", "/" + string.Join('/', outlet.Group.Select(static g => Clean(g).Replace('/', ' ').Replace(',', ' '))));
        xml.WriteEndElement();
    }

    private static IEnumerable<OpmlOutlet> Outlets(FeedNode element, IReadOnlyList<string> group)
    {
        foreach (var outline in element.Elements())
        {
            var title = FeedText.Plain(outline.Attribute("text")) ?? FeedText.Plain(outline.Attribute("title"));
            var feed = FeedAddress.Resolve(outline.Attribute("xmlurl"), null);
            if (feed is not null)
            {
                var named = outline.Attribute("category") is { Length: > 1 } category && category.Contains('/', StringComparison.Ordinal)
                    ? category.Split(',')[0].Split('/', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [];
                yield return new OpmlOutlet(title ?? feed.Host, feed, FeedAddress.Resolve(outline.Attribute("htmlurl"), null), FeedItems.Language(outline.Attribute("language")), group.Count > 0 ? group : named);
            }

            foreach (var inner in Outlets(outline, feed is null && title is not null ? [.. group, title] : group)) yield return inner;
        }
    }

    private static string Clean(string text) => string.Concat(text.EnumerateRunes().Where(static r => r.Value >= ' ' && r != Rune.ReplacementChar && r.Value is not (0xFFFE or 0xFFFF)));

    private static Problem Wrong(string message) => new("opml", message);
}
