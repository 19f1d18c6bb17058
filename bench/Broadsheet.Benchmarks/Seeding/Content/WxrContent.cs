using System.Globalization;
using System.Xml;

namespace Broadsheet.Benchmarks.Seeding.Content;

/// <summary>As a WordPress export, for <c>broadsheet import wordpress</c>.</summary>
internal static class WxrContent
{
    private const string Wp = "http://wordpress.org/export/1.2/";
    private const string Text = "http://purl.org/rss/1.0/modules/content/";
    private const string Dublin = "http://purl.org/dc/elements/1.1/";

    public static async Task WriteAsync(SeedContent content, string file)
    {
        await using var xml = XmlWriter.Create(file, new XmlWriterSettings { Async = true, Indent = true });
        await xml.WriteStartElementAsync(null, "rss", null);
        await xml.WriteAttributeStringAsync(null, "version", null, "2.0");
        await xml.WriteAttributeStringAsync("xmlns", "wp", null, Wp);
        await xml.WriteAttributeStringAsync("xmlns", "content", null, Text);
        await xml.WriteAttributeStringAsync("xmlns", "dc", null, Dublin);
        await xml.WriteStartElementAsync(null, "channel", null);
        await PlainAsync(xml, "title", "Measured");
        await PlainAsync(xml, "link", "http://measured.example");
        await PlainAsync(xml, "language", "en");
        await WpAsync(xml, "wxr_version", "1.2");
        await WpAsync(xml, "base_site_url", "http://measured.example");
        await WpAsync(xml, "base_blog_url", "http://measured.example");
        foreach (var article in content.All()) await ArticleAsync(xml, article, content.CommentsUnder(article));
        await xml.WriteEndElementAsync();
        await xml.WriteEndElementAsync();
    }

    private static async Task ArticleAsync(XmlWriter xml, SeedArticle article, IEnumerable<SeedComment> comments)
    {
        await xml.WriteStartElementAsync(null, "item", null);
        await PlainAsync(xml, "title", article.Title);
        await PlainAsync(xml, "link", $"http://measured.example/?p={article.Id}");
        await xml.WriteElementStringAsync("dc", "creator", Dublin, "desk");
        await xml.WriteElementStringAsync("content", "encoded", Text, string.Concat(article.Paragraphs.Select(p => $"<p>{p}</p>\n")));
        await WpAsync(xml, "post_id", Number(article.Id));
        await WpAsync(xml, "post_date", Time(article.At));
        await WpAsync(xml, "post_date_gmt", Time(article.At));
        await WpAsync(xml, "comment_status", "open");
        await WpAsync(xml, "ping_status", "closed");
        await WpAsync(xml, "post_name", article.Slug);
        await WpAsync(xml, "status", "publish");
        await WpAsync(xml, "post_parent", "0");
        await WpAsync(xml, "menu_order", "0");
        await WpAsync(xml, "post_type", "post");
        await WpAsync(xml, "is_sticky", "0");
        await TermAsync(xml, "category", SeedContent.CategorySlug(article.Category), SeedContent.CategoryName(article.Category));
        foreach (var tag in article.Tags) await TermAsync(xml, "post_tag", SeedContent.TagSlug(tag), SeedContent.TagName(tag));
        foreach (var comment in comments) await CommentAsync(xml, comment);
        await xml.WriteEndElementAsync();
    }

    private static async Task CommentAsync(XmlWriter xml, SeedComment comment)
    {
        await xml.WriteStartElementAsync("wp", "comment", Wp);
        await WpAsync(xml, "comment_id", Number(comment.Id));
        await WpAsync(xml, "comment_author", SeedContent.ReaderName(comment.Reader));
        await WpAsync(xml, "comment_author_email", SeedContent.ReaderMail(comment.Reader));
        await WpAsync(xml, "comment_author_IP", "198.51.100.7");
        await WpAsync(xml, "comment_date", Time(comment.At));
        await WpAsync(xml, "comment_date_gmt", Time(comment.At));
        await WpAsync(xml, "comment_content", comment.Text);
        await WpAsync(xml, "comment_approved", "1");
        await WpAsync(xml, "comment_type", "comment");
        await WpAsync(xml, "comment_parent", Number(comment.Parent));
        await WpAsync(xml, "comment_user_id", "0");
        await xml.WriteEndElementAsync();
    }

    private static async Task TermAsync(XmlWriter xml, string domain, string slug, string name)
    {
        await xml.WriteStartElementAsync(null, "category", null);
        await xml.WriteAttributeStringAsync(null, "domain", null, domain);
        await xml.WriteAttributeStringAsync(null, "nicename", null, slug);
        await xml.WriteStringAsync(name);
        await xml.WriteEndElementAsync();
    }

    private static Task WpAsync(XmlWriter xml, string name, string value) => xml.WriteElementStringAsync("wp", name, Wp, value);

    private static Task PlainAsync(XmlWriter xml, string name, string value) => xml.WriteElementStringAsync(null, name, null, value);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
