using System.Globalization;
using System.Security;
using System.Text;

namespace Broadsheet.Web.Tests.Features.Transfer;

/// <summary>Writes a WordPress export of a test's own.</summary>
internal sealed class Export
{
    private readonly StringBuilder _items = new();
    private readonly StringBuilder _names = new();
    private int _open;

    public string Site { get; init; } = "https://old.example";
    public string Title { get; init; } = "The Old Site";

    public Export Author(long id, string login, string email, string name)
    {
        _names.AppendLine(CultureInfo.InvariantCulture, $"<wp:author><wp:author_id>{id}</wp:author_id><wp:author_login>{login}</wp:author_login><wp:author_email>{email}</wp:author_email><wp:author_display_name>{Escape(name)}</wp:author_display_name></wp:author>");
        return this;
    }

    public Export Category(long id, string slug, string name, string parent = "")
    {
        _names.AppendLine(CultureInfo.InvariantCulture, $"<wp:category><wp:term_id>{id}</wp:term_id><wp:category_nicename>{slug}</wp:category_nicename><wp:category_parent>{parent}</wp:category_parent><wp:cat_name>{Escape(name)}</wp:cat_name></wp:category>");
        return this;
    }

    /// <summary>Opens an item; comments added next are its own.</summary>
    public Export Item(long id, string title, string body = "Words.", string type = "post", string status = "publish", string? slug = null, long parent = 0, string date = "2020-02-20 10:00:00", string? gmt = null, string more = "", string? guid = null)
    {
        Close();
        _open++;
        slug ??= title.ToLowerInvariant().Replace(' ', '-');
        _items.AppendLine(CultureInfo.InvariantCulture, $"""
            <item><title>{Escape(title)}</title><link>{Site}/{slug}/</link><dc:creator>ann</dc:creator><guid isPermaLink="false">{Escape(guid ?? $"{Site}/?p={id}")}</guid>
            <content:encoded><![CDATA[{body}]]></content:encoded><excerpt:encoded></excerpt:encoded><wp:post_id>{id}</wp:post_id><wp:post_date>{date}</wp:post_date><wp:post_date_gmt>{gmt ?? date}</wp:post_date_gmt>
            <wp:comment_status>open</wp:comment_status><wp:ping_status>open</wp:ping_status><wp:post_name>{slug}</wp:post_name><wp:status>{status}</wp:status><wp:post_parent>{parent}</wp:post_parent><wp:menu_order>0</wp:menu_order><wp:post_type>{type}</wp:post_type><wp:post_password></wp:post_password><wp:is_sticky>0</wp:is_sticky>{more}
            """);
        return this;
    }

    public Export Attachment(long id, string path, string alt = "", long parent = 0, string? url = null) => Item(id, $"file {id}", "", "attachment", "inherit", $"file-{id}", parent, more:
        $"<wp:attachment_url>{url ?? $"{Site}/wp-content/uploads/{path}"}</wp:attachment_url>{Meta("_wp_attached_file", path)}{(alt.Length > 0 ? Meta("_wp_attachment_image_alt", alt) : "")}");

    public Export Comment(long? id, string body, long parent = 0, string approved = "1", string type = "comment", string date = "2020-02-21 10:00:00", string author = "Reader", string email = "reader@mail.example", long user = 0, string more = "")
    {
        _items.AppendLine(CultureInfo.InvariantCulture, $"""
            <wp:comment>{(id is null ? "" : $"<wp:comment_id>{id}</wp:comment_id>")}<wp:comment_author>{Escape(author)}</wp:comment_author><wp:comment_author_email>{email}</wp:comment_author_email><wp:comment_author_IP>198.18.0.1</wp:comment_author_IP>
            <wp:comment_date>{date}</wp:comment_date><wp:comment_date_gmt>{date}</wp:comment_date_gmt><wp:comment_content><![CDATA[{body}]]></wp:comment_content><wp:comment_approved>{approved}</wp:comment_approved><wp:comment_type>{type}</wp:comment_type><wp:comment_parent>{parent}</wp:comment_parent><wp:comment_user_id>{user}</wp:comment_user_id>{more}</wp:comment>
            """);
        return this;
    }

    /// <summary>A thread of <paramref name="count"/> comments with ids from <paramref name="firstId"/>; each third answers an earlier or a later one.</summary>
    public Export Thread(long firstId, int count)
    {
        for (var i = 0; i < count; i++)
            Comment(firstId + i, $"Comment {firstId + i} with <a href=\"https://site.example/{i}\">a link</a> and \"quotes\".", parent: i % 3 == 1 ? firstId + i * 7 % count : 0, approved: i % 11 == 5 ? "0" : "1",
                date: new DateTime(2020, 2, 21, 0, 0, 0, DateTimeKind.Unspecified).AddMinutes(i * 13 % count).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), email: $"r{i % 50}@mail.example");
        return this;
    }

    public static string Meta(string key, string value) => $"<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>";

    public string Write(string folder, string name = "export.xml")
    {
        var file = Path.Combine(folder, name);
        File.WriteAllText(file, ToString());
        return file;
    }

    public override string ToString()
    {
        Close();
        return $"""
            <?xml version="1.0" encoding="UTF-8" ?>
            <rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
            <channel><title>{Title}</title><link>{Site}</link><description>As it was</description><language>en-GB</language><wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>{Site}</wp:base_site_url><wp:base_blog_url>{Site}</wp:base_blog_url>
            {_names}{_items}</channel></rss>
            """;
    }

    private void Close()
    {
        if (_open == 0) return;
        _items.AppendLine("</item>");
        _open = 0;
    }

    private static string Escape(string text) => SecurityElement.Escape(text);
}
