using Broadsheet.Core.Publishing;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Api;

/// <summary>Something that a search found, whatever it is.</summary>
internal sealed record FoundView(long Id, string Title, string Url, string Type, string Subtype);

/// <summary>The search over everything that has an address: articles and pages, or categories and tags.</summary>
internal static class SearchAll
{
    public static IEnumerable<ApiRoute> Routes { get; } =
    [
        new ApiRoute("/wp/v2/search", request => request.Query.Text("type") == "term" ? TermsAsync(request) : PostsAsync(request)) { Parameters = ["context", "page", "per_page", "search", "type", "subtype", "exclude", "include"] },
    ];

    private static async Task<ApiAnswer> PostsAsync(ApiRequest request)
    {
        var query = request.Query;
        var page = ApiPage.Read(query);
        query.Choice("type", "post", "post", "term");
        var kinds = (query.Words("subtype") ?? ["any"]).SelectMany(KindsOf(query)).ToList();
        var (include, exclude, words) = (query.Ids("include"), query.Ids("exclude"), query.Text("search"));
        if (request.Refusal() is { } refusal) return refusal;
        var db = request.Db;
        var articles = db.Articles.Where(a => kinds.Contains(a.Kind) && a.Status == ArticleStatus.Published);
        if (include is not null) articles = articles.Where(a => include.Contains(a.Id));
        if (exclude is not null) articles = articles.Where(a => !exclude.Contains(a.Id));
        var found = words is null ? null : await PostFilter.SearchAsync(request, words);
        if (found is not null) articles = articles.Where(a => found.Contains(a.Id));
        var total = await articles.CountAsync(request.Ct);
        if (page.IsPastEnd(total)) return PastEnd(page, total);
        var ids = found is null ? await articles.NewestFirst().Skip(page.Skip).Take(page.Size).Select(a => a.Id).ToListAsync(request.Ct) : page.Of(found, await articles.Select(a => a.Id).ToListAsync(request.Ct));
        var rows = ids.Count == 0 ? [] : await db.Articles.Where(a => ids.Contains(a.Id)).AsRows(db).ToListAsync(request.Ct);
        return page.Answer(request, "/wp/v2/search", await ApiItems.FinishAsync(request, [.. rows.OrderBy(r => ids.IndexOf(r.Id)).Select(r => Of(request, r))]), total);
    }

    private static async Task<ApiAnswer> TermsAsync(ApiRequest request)
    {
        var query = request.Query;
        var page = ApiPage.Read(query);
        var subtypes = query.Words("subtype") ?? ["any"];
        foreach (var subtype in subtypes)
            if (subtype is not ("any" or Term.Category or Term.Tag)) query.Problems["subtype"] = "subtype must be one of: any, category, post_tag.";
        var (include, exclude, words) = (query.Ids("include"), query.Ids("exclude"), query.Text("search"));
        if (request.Refusal() is { } refusal) return refusal;
        var any = subtypes.Contains("any");
        var terms = request.Db.Terms.Where(t => (t.Taxonomy == Term.Category || t.Taxonomy == Term.Tag) && (any || subtypes.Contains(t.Taxonomy)));
        if (include is not null) terms = terms.Where(t => include.Contains(t.Id));
        if (exclude is not null) terms = terms.Where(t => !exclude.Contains(t.Id));
        if (words is not null) terms = Terms.Matching(terms, words);
        var total = await terms.CountAsync(request.Ct);
        if (page.IsPastEnd(total)) return PastEnd(page, total);
        var rows = await terms.OrderBy(t => t.Name).ThenBy(t => t.Id).Skip(page.Skip).Take(page.Size).ToListAsync(request.Ct);
        return page.Answer(request, "/wp/v2/search", await ApiItems.FinishAsync(request, rows.ConvertAll(t => Of(request, t))), total);
    }

    private static Func<string, IEnumerable<ArticleKind>> KindsOf(ApiQuery query) => subtype =>
    {
        switch (subtype)
        {
            case "post": return [ArticleKind.Article];
            case "page": return [ArticleKind.Page];
            case "any": return [ArticleKind.Article, ArticleKind.Page];
            default:
                query.Problems["subtype"] = "subtype must be one of: any, post, page.";
                return [];
        }
    };

    private static ApiAnswer PastEnd(ApiPage page, int total) => ApiAnswer.Problem(StatusCodes.Status400BadRequest, "rest_search_invalid_page_number", $"There are fewer pages: {page.Pages(total)}.");

    private static ApiItem Of(ApiRequest request, ArticleRow row)
    {
        var type = WordPressNames.Of(row.Kind);
        var self = new ApiLink(request.To($"/wp/v2/{(row.Kind == ArticleKind.Page ? "pages" : "posts")}/{row.Id}"), new EmbedTarget(EmbedKind.Post, row.Id));
        return ApiItem.Of(row.Id, new FoundView(row.Id, row.TitleHtml, request.Site.Links.Absolute(request.Site.Links.To(row)), "post", type), ApiJson.Default.FoundView, LinksOf(request, self, $"types/{type}"));
    }

    private static ApiItem Of(ApiRequest request, Term term)
    {
        var (links, isCategory) = (request.Site.Links, term.Taxonomy == Term.Category);
        var self = new ApiLink(request.To($"/wp/v2/{(isCategory ? "categories" : "tags")}/{term.Id}"), new EmbedTarget(EmbedKind.Term, term.Id));
        return ApiItem.Of(term.Id, new FoundView(term.Id, term.Name, links.Absolute(isCategory ? links.ToCategory(term.Id) : links.ToTag(term.Slug)), "term", term.Taxonomy), ApiJson.Default.FoundView, LinksOf(request, self, $"taxonomies/{term.Taxonomy}"));
    }

    private static SortedDictionary<string, ApiLink[]> LinksOf(ApiRequest request, ApiLink self, string about) => new(StringComparer.Ordinal)
    {
        ["self"] = [self],
        ["about"] = [new(request.To($"/wp/v2/{about}"))],
        ["collection"] = [new(request.To("/wp/v2/search"))],
    };
}
