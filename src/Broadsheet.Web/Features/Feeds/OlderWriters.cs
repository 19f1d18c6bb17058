using System.Xml;

namespace Broadsheet.Web.Features.Feeds;

/// <summary>RSS 1.0 (RDF), for the programs that still ask for it.</summary>
internal static class RdfWriter
{
    private const string Rss = "http://purl.org/rss/1.0/";
    private const string Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private const string Dc = "http://purl.org/dc/elements/1.1/";
    private const string Content = "http://purl.org/rss/1.0/modules/content/";

    public static void Write(XmlWriter xml, Feed feed)
    {
        xml.WriteStartElement("rdf", "RDF", Rdf);
        xml.WriteAttributeString("xmlns", Rss);
        xml.WriteAttributeString("xmlns", "dc", null, Dc);
        xml.WriteAttributeString("xmlns", "content", null, Content);
        xml.WriteStartElement("channel", Rss);
        xml.WriteAttributeString("about", Rdf, feed.Home);
        xml.WriteText("title", feed.Title, Rss);
        xml.WriteText("link", feed.Home, Rss);
        xml.WriteText("description", feed.Description, Rss);
        xml.WriteText("date", FeedText.Rfc3339(feed.Updated), Dc);
        xml.WriteStartElement("items", Rss);
        xml.WriteStartElement("Seq", Rdf);
        foreach (var item in feed.Items)
        {
            xml.WriteStartElement("li", Rdf);
            xml.WriteAttributeString("resource", Rdf, item.Link);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
        foreach (var item in feed.Items) WriteItem(xml, item);
        xml.WriteEndElement();
    }

    private static void WriteItem(XmlWriter xml, FeedItem item)
    {
        xml.WriteStartElement("item", Rss);
        xml.WriteAttributeString("about", Rdf, item.Link);
        xml.WriteText("title", item.Title, Rss);
        xml.WriteText("link", item.Link, Rss);
        xml.WriteWords("creator", item.Author, Dc);
        if (item.Language is { } language) xml.WriteText("language", language, Dc);
        xml.WriteText("date", FeedText.Rfc3339(item.At), Dc);
        foreach (var category in item.Categories) xml.WriteWords("subject", category, Dc);
        xml.WriteAsMarkup("description", item.Summary, Rss);
        if (item.Html is { } html) xml.WriteCData("encoded", html.Value, Content);
        if (item.Source is { } source) xml.WriteText("source", source.Url, Dc);
        xml.WriteEndElement();
    }
}

/// <summary>RSS 0.92: title, link and summary.</summary>
internal static class Rss092Writer
{
    public static void Write(XmlWriter xml, Feed feed)
    {
        xml.WriteStartElement("rss");
        xml.WriteAttributeString("version", "0.92");
        xml.WriteStartElement("channel");
        xml.WriteText("title", feed.Title);
        xml.WriteText("link", feed.Home);
        xml.WriteText("description", feed.Description);
        xml.WriteText("lastBuildDate", FeedText.Rfc822(feed.Updated));
        xml.WriteText("docs", "http://backend.userland.com/rss092");
        xml.WriteText("language", feed.Language);
        foreach (var item in feed.Items)
        {
            xml.WriteStartElement("item");
            xml.WriteText("title", item.Title);
            xml.WriteAsMarkup("description", item.Summary);
            xml.WriteText("link", item.Link);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        xml.WriteEndElement();
    }
}
