using System.Text.Encodings.Web;
using System.Text.Json;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Theming.Views;

namespace Broadsheet.Web.Reads;

/// <summary>What stands in <c>head</c>: the links by which readers' programs find feeds and the API, and data for search engines.</summary>
internal static class HeadViews
{
    /// <summary>For data in a script element: nothing in it can end the element.</summary>
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Default };

    public static HeadView Page(ReaderSite site, string title, string description, string? canonicalPath, string? robots = null, IEnumerable<HeadLink>? links = null)
    {
        var full = title.Length > 0 ? $"{title} – {site.Publication.Title}" : site.Publication.Tagline.Length > 0 ? $"{site.Publication.Title} – {site.Publication.Tagline}" : site.Publication.Title;
        return new HeadView(full, description, canonicalPath is null ? null : site.Links.Absolute(canonicalPath), robots ?? (site.Publication.IsIndexed ? null : "noindex, nofollow"),
            [.. SiteLinks(site), .. links ?? []], "website", null, SafeHtml.Empty);
    }

    public static HeadView Article(ReaderSite site, ArticleRow row, ArticleView view, string? canonical, IEnumerable<HeadLink> links)
    {
        var head = Page(site, view.TitleText, view.Summary, null, null, [.. links, new HeadLink("shortlink", site.Links.Absolute($"/?p={row.Id}"))]);
        var image = view.Image is { } picture ? site.Links.Absolute(picture.Url) : null;
        return head with { Canonical = canonical, OgType = "article", Image = image, JsonLd = JsonLd(site, row, view, image) };
    }

    private static IEnumerable<HeadLink> SiteLinks(ReaderSite site) =>
    [
        new("alternate", site.Links.Absolute(site.Links.ToFeed("/")), "application/rss+xml", $"{site.Publication.Title} » Feed"),
        new("alternate", site.Links.Absolute(site.Links.Slash("/feed/atom")), "application/atom+xml", $"{site.Publication.Title} » Atom feed"),
        new("alternate", site.Links.Absolute(site.Links.Slash("/comments/feed")), "application/rss+xml", $"{site.Publication.Title} » Comments feed"),
        new("https://api.w.org/", site.Links.Absolute("/wp-json/")),
    ];

    /// <summary>schema.org NewsArticle; a republished item names its original (<c>isBasedOn</c>) and the outlet.</summary>
    private static SafeHtml JsonLd(ReaderSite site, ArticleRow row, ArticleView view, string? image)
    {
        if (row.IsProtected) return SafeHtml.Empty;
        var data = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["@context"] = "https://schema.org",
            ["@type"] = row.Kind == ArticleKind.Page ? "WebPage" : "NewsArticle",
            ["headline"] = view.TitleText,
            ["url"] = site.Links.Absolute(view.Url),
            ["mainEntityOfPage"] = site.Links.Absolute(view.Url),
            ["datePublished"] = view.Published?.Iso,
            ["dateModified"] = view.Modified?.Iso,
            ["description"] = view.Summary,
            ["inLanguage"] = row.Language ?? site.Publication.Language,
            ["commentCount"] = row.CommentsShown,
            ["publisher"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["@type"] = "NewsMediaOrganization", ["name"] = site.Publication.Title, ["url"] = site.Links.Absolute("/") },
        };
        if (view.Author is { } author)
        {
            var writer = new Dictionary<string, object?>(StringComparer.Ordinal) { ["@type"] = "Person", ["name"] = row.Credit?.Author ?? author.Name };
            if (row.Credit?.Author is null) writer["url"] = site.Links.Absolute(author.Url);
            data["author"] = writer;
        }
        if (image is not null) data["image"] = image;
        if (row.Changes is { Count: > 0 } changes)
            data["correction"] = changes.Select(c => new Dictionary<string, object?>(StringComparer.Ordinal) { ["@type"] = "CorrectionComment", ["text"] = c.Note, ["datePublished"] = PageViews.Change(site, c).At.Iso, ["url"] = site.Links.Absolute(Links.ToChange(c.RevisionId)) }).ToList();
        if (row.Credit is { } credit)
        {
            data["sourceOrganization"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["@type"] = "Organization", ["name"] = credit.Outlet };
            if (credit.OriginalUrl is { } original) data["isBasedOn"] = original.AbsoluteUri;
        }
        foreach (var empty in data.Where(d => d.Value is null or "").Select(d => d.Key).ToList()) data.Remove(empty);
        return SafeHtml.FromStore(JsonSerializer.Serialize(data, Json));
    }
}
