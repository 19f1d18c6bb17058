using System.Collections.Frozen;

namespace Broadsheet.Core.Transfer.WordPress;

/// <summary>The XML namespaces that an export uses, whatever their prefixes.</summary>
internal enum WxrSpace
{
    /// <summary>Any other.</summary>
    Foreign,
    /// <summary>No namespace: RSS 2.0's own elements.</summary>
    Rss,
    /// <summary><c>http://wordpress.org/export/1.0/</c>, 1.1, 1.2 (also with https, as hands write it).</summary>
    WordPress,
    /// <summary>The same with <c>excerpt/</c>.</summary>
    Excerpt,
    Content,
    DublinCore,
}

/// <summary>Which elements hold a text that is read, and under which key.</summary>
internal static class WxrNames
{
    private static readonly FrozenSet<string> Rss =
        FrozenSet.Create(StringComparer.Ordinal, "title", "link", "pubDate", "guid", "description", "language", "generator");

    private static readonly FrozenSet<string> WordPress = FrozenSet.Create(StringComparer.Ordinal,
        "wxr_version", "base_site_url", "base_blog_url",
        "author_id", "author_login", "author_email", "author_display_name", "author_first_name", "author_last_name",
        "term_id", "category_nicename", "category_parent", "cat_name", "category_description",
        "tag_slug", "tag_name", "tag_description",
        "term_taxonomy", "term_slug", "term_parent", "term_name", "term_description",
        "post_id", "post_date", "post_date_gmt", "post_modified", "post_modified_gmt", "comment_status", "ping_status",
        "post_name", "status", "post_parent", "menu_order", "post_type", "post_password", "is_sticky", "attachment_url",
        "comment_id", "comment_author", "comment_author_email", "comment_author_url", "comment_author_IP", "comment_date",
        "comment_date_gmt", "comment_content", "comment_approved", "comment_type", "comment_parent", "comment_user_id",
        "meta_key", "meta_value");

    public static WxrSpace SpaceOf(string uri)
    {
        if (uri.Length == 0) return WxrSpace.Rss;
        if (uri is "http://purl.org/rss/1.0/modules/content/") return WxrSpace.Content;
        if (uri is "http://purl.org/dc/elements/1.1/") return WxrSpace.DublinCore;

        var rest = uri.AsSpan();
        if (rest.StartsWith("https:")) rest = rest[6..];
        else if (rest.StartsWith("http:")) rest = rest[5..];
        const string export = "//wordpress.org/export/";
        if (!rest.StartsWith(export)) return WxrSpace.Foreign;
        rest = rest[export.Length..];
        if (rest.Length < 3 || !char.IsAsciiDigit(rest[0]) || rest[1] != '.' || !char.IsAsciiDigit(rest[2])) return WxrSpace.Foreign;
        return rest[3..].Trim('/') switch
        {
            "" => WxrSpace.WordPress,
            "excerpt" => WxrSpace.Excerpt,
            _ => WxrSpace.Foreign,
        };
    }

    /// <summary>Null for an element that is not read.</summary>
    public static string? KeyOf(WxrSpace space, string localName) => (space, localName) switch
    {
        (WxrSpace.WordPress, _) => WordPress.Contains(localName) ? localName : null,
        (WxrSpace.Rss, _) => Rss.Contains(localName) ? localName : null,
        (WxrSpace.Content, "encoded") => "content",
        (WxrSpace.Excerpt, "encoded") => "excerpt",
        (WxrSpace.DublinCore, "creator") => "creator",
        _ => null,
    };
}
