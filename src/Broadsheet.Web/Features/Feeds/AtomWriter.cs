using System.Globalization;
using System.Xml;

namespace Broadsheet.Web.Features.Feeds;

/// <summary>Atom (RFC 4287), with the thread extension (RFC 4685) for discussions.</summary>
internal static class AtomWriter
{
    private const string Atom = "http://www.w3.org/2005/Atom";
    private const string Thread = "http://purl.org/syndication/thread/1.0";

    public static void Write(XmlWriter xml, Feed feed)
    {
        xml.WriteStartElement("feed", Atom);
        xml.WriteAttributeString("xmlns", "thr", null, Thread);
        xml.WriteAttributeString("xml", "lang", null, feed.Language);
        WriteTextConstruct(xml, "title", feed.Title);
        if (feed.Description.Length > 0) WriteTextConstruct(xml, "subtitle", feed.Description);
        xml.WriteText("updated", FeedText.Rfc3339(feed.Updated), Atom);
        WriteLink(xml, "alternate", "text/html", feed.Home);
        xml.WriteText("id", feed.Self, Atom);
        WriteLink(xml, "self", "application/atom+xml", feed.Self);
        xml.WriteText("generator", "Broadsheet", Atom);
        foreach (var item in feed.Items) WriteEntry(xml, item);
        xml.WriteEndElement();
    }

    private static void WriteEntry(XmlWriter xml, FeedItem item)
    {
        xml.WriteStartElement("entry", Atom);
        if (item.Language is { } language) xml.WriteAttributeString("xml", "lang", null, language);
        xml.WriteStartElement("author", Atom);
        xml.WriteText("name", item.Author.Length > 0 ? item.Author : "Anonymous", Atom);
        xml.WriteEndElement();
        WriteTextConstruct(xml, "title", item.Title);
        WriteLink(xml, "alternate", "text/html", item.Link);
        // An id is an IRI (RFC 4287 §4.2.6); an imported guid may be anything.
        xml.WriteText("id", Uri.TryCreate(item.Guid, UriKind.Absolute, out _) ? item.Guid : $"urn:guid:{Uri.EscapeDataString(item.Guid)}", Atom);
        xml.WriteText("updated", FeedText.Rfc3339(item.Updated), Atom);
        xml.WriteText("published", FeedText.Rfc3339(item.At), Atom);
        foreach (var category in item.Categories)
        {
            xml.WriteStartElement("category", Atom);
            xml.WriteAttributeString("term", FeedText.Clean(category));
            xml.WriteEndElement();
        }
        WriteTextConstruct(xml, "summary", item.Summary);
        if (item.Html is { } html)
        {
            xml.WriteStartElement("content", Atom);
            xml.WriteAttributeString("type", "html");
            xml.WriteString(FeedText.Clean(html.Value));
            xml.WriteEndElement();
        }
        if (item.Source is { } source) WriteLink(xml, "via", "text/html", source.Url, source.Outlet);
        if (item.Discussion is { } talk)
        {
            xml.WriteStartElement("link", Atom);
            xml.WriteAttributeString("rel", "replies");
            xml.WriteAttributeString("type", "text/html");
            xml.WriteAttributeString("href", talk.Link);
            xml.WriteAttributeString("count", Thread, talk.Comments.ToString(CultureInfo.InvariantCulture));
            xml.WriteEndElement();
            xml.WriteText("total", talk.Comments.ToString(CultureInfo.InvariantCulture), Thread);
        }
        xml.WriteEndElement();
    }

    /// <summary>RFC 4287 §3.1: text, or where it looks like markup the markup that shows it, and says so.</summary>
    private static void WriteTextConstruct(XmlWriter xml, string name, string text)
    {
        xml.WriteStartElement(name, Atom);
        if (FeedText.LooksLikeMarkup(text)) xml.WriteAttributeString("type", "html");
        xml.WriteString(FeedText.Words(text));
        xml.WriteEndElement();
    }

    private static void WriteLink(XmlWriter xml, string rel, string type, string href, string? title = null)
    {
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("rel", rel);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", href);
        if (title is not null) xml.WriteAttributeString("title", FeedText.Clean(title));
        xml.WriteEndElement();
    }
}
