using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Features.Api;

/// <summary>Makes what the API says of an article or a page.</summary>
internal static class PostViews
{
    /// <summary>Text as HTML; letters of every script stay as they are.</summary>
    internal static HtmlEncoder Html { get; } = HtmlEncoder.Create(UnicodeRanges.All);

    private static readonly string[] Short = ["id", "date", "slug", "type", "link", "title", "excerpt", "author", "featured_media", "broadsheet_credit"];

    /// <param name="isOpen">The right password was given.</param>
    /// <param name="menuOrder">For pages.</param>
    public static ApiItem Of(ApiRequest request, ArticleRow row, IReadOnlyList<TermRow> terms, int? menuOrder, bool isShort, bool isOpen = false)
    {
        var (site, isPage) = (request.Site, row.Kind == ArticleKind.Page);
        var isHidden = row.IsProtected && !isOpen;
        var mine = terms.Where(t => t.ArticleId == row.Id).ToList();
        var view = new PostView
        {
            Id = row.Id,
            Date = ApiDates.Of(row.PublishedLocal ?? site.Publication.Local(row.ModifiedAt)),
            DateGmt = ApiDates.Utc(row.PublishedAt ?? row.ModifiedAt),
            Guid = new Rendered(Html.Encode(row.Guid)),
            Modified = ApiDates.Of(site.Publication.Local(row.ModifiedAt)),
            ModifiedGmt = ApiDates.Utc(row.ModifiedAt),
            Slug = Slug.Escape(row.Slug).ToLowerInvariant(),
            Status = WordPressNames.Of(row.Status),
            Type = WordPressNames.Of(row.Kind),
            Link = site.Links.Absolute(site.Links.To(row)),
            Title = new Rendered(row.TitleHtml),
            Content = new ProtectedHtml(isHidden ? "" : Rooted(site, row.BodyHtml), row.IsProtected),
            Excerpt = new ProtectedHtml(isHidden || row.Summary.Length == 0 ? "" : $"<p>{Html.Encode(row.Summary)}</p>\n", row.IsProtected),
            Author = row.AuthorId ?? 0,
            FeaturedMedia = row.FeaturedImageId ?? 0,
            Parent = isPage ? row.ParentId ?? 0 : null,
            MenuOrder = isPage ? menuOrder ?? 0 : null,
            CommentStatus = row.CommentsOpen && site.Publication.CommentsOpen ? "open" : "closed",
            PingStatus = row.PingsOpen ? "open" : "closed",
            Sticky = isPage ? null : row.IsSticky,
            Format = isPage ? null : row.PostFormat ?? "standard",
            Categories = isPage ? null : IdsOf(mine, Term.Category),
            Tags = isPage ? null : IdsOf(mine, Term.Tag),
            ClassList = PageViews.Article(site, row, mine).Classes.Split(' '),
            BroadsheetCredit = CreditMember.Of(row.Credit, site.Publication),
        };
        return ApiItem.Of(row.Id, view, ApiJson.Default.PostView, LinksOf(request, row), isShort ? Short : null);
    }

    /// <summary>The whole body; its links and pictures with the publication's address, since it is read elsewhere.</summary>
    public static string Rooted(ReaderSite site, string html) =>
        site.Links.Rooted(SafeHtml.FromStore(string.Concat(ArticleBody.Pages(SafeHtml.FromStore(html)).Select(p => p.Value)))).Value;

    private static List<long> IdsOf(List<TermRow> terms, string taxonomy) => [.. terms.Where(t => t.Taxonomy == taxonomy).Select(t => t.Id)];

    private static SortedDictionary<string, ApiLink[]> LinksOf(ApiRequest request, ArticleRow row)
    {
        var (id, type) = (row.Id, WordPressNames.Of(row.Kind));
        var list = request.To($"/wp/v2/{(row.Kind == ArticleKind.Page ? "pages" : "posts")}");
        var links = new SortedDictionary<string, ApiLink[]>(StringComparer.Ordinal)
        {
            ["self"] = [new($"{list}/{id}")],
            ["collection"] = [new(list)],
            ["about"] = [new(request.To($"/wp/v2/types/{type}"))],
            ["replies"] = [new(request.To($"/wp/v2/comments?post={id}"), new EmbedTarget(EmbedKind.RepliesTo, id))],
            ["wp:attachment"] = [new(request.To($"/wp/v2/media?parent={id}"))],
            ["curies"] = ApiLink.Curies,
        };
        if (row.AuthorId is { } author) links["author"] = [new(request.To($"/wp/v2/users/{author}"), new EmbedTarget(EmbedKind.Person, author))];
        if (row.FeaturedImageId is { } media) links["wp:featuredmedia"] = [new(request.To($"/wp/v2/media/{media}"), new EmbedTarget(EmbedKind.Media, media))];
        if (row is { Kind: ArticleKind.Page, ParentId: { } parent and > 0 }) links["up"] = [new(request.To($"/wp/v2/pages/{parent}"), new EmbedTarget(EmbedKind.Post, parent))];
        if (row.Kind == ArticleKind.Article)
            links["wp:term"] =
            [
                new(request.To($"/wp/v2/categories?post={id}"), new EmbedTarget(EmbedKind.TermsOf, id, Term.Category)) { Taxonomy = Term.Category },
                new(request.To($"/wp/v2/tags?post={id}"), new EmbedTarget(EmbedKind.TermsOf, id, Term.Tag)) { Taxonomy = Term.Tag },
            ];
        return links;
    }
}
