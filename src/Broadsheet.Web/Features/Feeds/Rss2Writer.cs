using System.Globalization;
using System.Xml;

namespace Broadsheet.Web.Features.Feeds;

/// <summary>RSS 2.0 with the modules that WordPress's feeds carry (content, wfw, dc, atom, sy, slash).</summary>
internal static class Rss2Writer
{
    private const string Content = "http://purl.org/rss/1.0/modules/content/";
    private const string Wfw = "http://wellformedweb.org/CommentAPI/";
    private const string Dc = "http://purl.org/dc/elements/1.1/";
    private const string Atom = "http://www.w3.org/2005/Atom";
    private const string Sy = "http://purl.org/rss/1.0/modules/syndication/";
    private const string Slash = "http://purl.org/rss/1.0/modules/slash/";

    public static void Write(XmlWriter xml, Feed feed)
    {
        xml.WriteStartElement("rss");
        xml.WriteAttributeString("version", "2.0");
        foreach (var (prefix, ns) in new[] { ("content", Content), ("wfw", Wfw), ("dc", Dc), ("atom", Atom), ("sy", Sy), ("slash", Slash) }) xml.WriteAttributeString("xmlns", prefix, null, ns);
        xml.WriteStartElement("channel");
        xml.WriteText("title", feed.Title);
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("href", feed.Self);
        xml.WriteAttributeString("rel", "self");
        xml.WriteAttributeString("type", "application/rss+xml");
        xml.WriteEndElement();
        xml.WriteText("link", feed.Home);
        xml.WriteText("description", feed.Description);
        xml.WriteText("lastBuildDate", FeedText.Rfc822(feed.Updated));
        xml.WriteText("language", feed.Language);
        xml.WriteText("updatePeriod", "hourly", Sy);
        xml.WriteText("updateFrequency", "1", Sy);
        xml.WriteText("generator", "Broadsheet");
        foreach (var item in feed.Items) WriteItem(xml, item);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteItem(XmlWriter xml, FeedItem item)
    {
        xml.WriteStartElement("item");
        xml.WriteText("title", item.Title);
        xml.WriteText("link", item.Link);
        if (item.Discussion is { } talk) xml.WriteText("comments", talk.Link);
        xml.WriteWords("creator", item.Author, Dc);
        if (item.Language is { } language) xml.WriteText("language", language, Dc);
        xml.WriteText("pubDate", FeedText.Rfc822(item.At));
        foreach (var category in item.Categories) xml.WriteWords("category", category);
        xml.WriteStartElement("guid");
        xml.WriteAttributeString("isPermaLink", "false");
        xml.WriteString(FeedText.Clean(item.Guid));
        xml.WriteEndElement();
        xml.WriteAsMarkup("description", item.Summary);
        if (item.Html is { } html) xml.WriteCData("encoded", html.Value, Content);
        if (item.Source is { } source)
        {
            xml.WriteStartElement("source");
            xml.WriteAttributeString("url", source.Url);
            xml.WriteString(FeedText.Words(source.Outlet));
            xml.WriteEndElement();
        }
        if (item.Discussion is { } discussion)
        {
            xml.WriteText("commentRss", discussion.FeedLink, Wfw);
            xml.WriteText("comments", discussion.Comments.ToString(CultureInfo.InvariantCulture), Slash);
        }
        foreach (var enclosure in item.Enclosures)
        {
            xml.WriteStartElement("enclosure");
            xml.WriteAttributeString("url", enclosure.Url);
            xml.WriteAttributeString("length", enclosure.Length);
            xml.WriteAttributeString("type", enclosure.Type);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }
}
