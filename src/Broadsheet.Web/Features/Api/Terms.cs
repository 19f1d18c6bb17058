using System.Linq.Expressions;
using System.Text.Json.Serialization;
using Broadsheet.Core.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Api;

/// <summary>A category or a tag, with the members that WordPress gives.</summary>
internal sealed record TermView(
    long Id, int Count, string Description, string Link, string Name, string Slug, string Taxonomy, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Parent, IReadOnlyList<string> Meta);

/// <summary>Categories and tags.</summary>
internal static class Terms
{
    private static readonly string[] Short = ["id", "link", "name", "slug", "taxonomy"];

    private static readonly string[] Parameters = ["context", "page", "per_page", "search", "exclude", "include", "offset", "order", "orderby", "hide_empty", "post", "slug"];

    public static IEnumerable<ApiRoute> Routes { get; } =
    [
        new ApiRoute("/wp/v2/categories", r => ListAsync(r, Term.Category)) { Parameters = [.. Parameters, "parent"], Writing = Refusals.Create },
        new ApiRoute("/wp/v2/categories/{id}", r => ShowAsync(r, Term.Category)) { Parameters = ["context"], Writing = Refusals.Change },
        new ApiRoute("/wp/v2/tags", r => ListAsync(r, Term.Tag)) { Parameters = Parameters, Writing = Refusals.Create },
        new ApiRoute("/wp/v2/tags/{id}", r => ShowAsync(r, Term.Tag)) { Parameters = ["context"], Writing = Refusals.Change },
    ];

    /// <summary>The categories and tags of articles, short. One statement.</summary>
    public static async Task<List<(long ArticleId, string Taxonomy, ApiItem Item)>> OfArticlesAsync(ApiRequest request, List<long> articles)
    {
        var db = request.Db;
        var rows = await db.ArticleTerms.Where(t => articles.Contains(t.ArticleId)).Join(db.Terms.Where(t => t.Taxonomy == Term.Category || t.Taxonomy == Term.Tag), t => t.TermId, t => t.Id, (link, term) => new { link.ArticleId, term })
            .OrderBy(t => t.term.Name).ToListAsync(request.Ct);
        return rows.ConvertAll(r => (r.ArticleId, r.term.Taxonomy, Of(request, r.term, isShort: true)));
    }

    public static async Task<List<ApiItem>> ShortAsync(ApiRequest request, List<long> ids) =>
        (await request.Db.Terms.Where(t => ids.Contains(t.Id) && (t.Taxonomy == Term.Category || t.Taxonomy == Term.Tag)).ToListAsync(request.Ct)).ConvertAll(t => Of(request, t, isShort: true));

    /// <summary>Terms whose name or slug has the words.</summary>
    public static IQueryable<Term> Matching(IQueryable<Term> terms, string words)
    {
        var (folded, slug) = (words.ToLowerInvariant(), Slug.From(words, fallback: words.ToLowerInvariant()));
        return terms.Where(t => t.Name.ToLower().Contains(folded) || t.Slug.Contains(slug));
    }

    private static async Task<ApiAnswer> ListAsync(ApiRequest request, string taxonomy)
    {
        var query = request.Query;
        var page = ApiPage.Read(query);
        var by = query.Choice("orderby", "name", "id", "include", "name", "slug", "include_slugs", "term_group", "description", "count");
        var isAscending = query.Choice("order", "asc", "asc", "desc") == "asc";
        var terms = Filter(request, request.Db.Terms.Where(t => t.Taxonomy == taxonomy), taxonomy);
        if (request.Refusal() is { } refusal) return refusal;
        var total = await terms.CountAsync(request.Ct);
        var rows = total == 0 ? [] : by == "include" && query.Ids("include") is { } order
            ? [.. (await terms.ToListAsync(request.Ct)).OrderBy(t => order.IndexOf(t.Id)).Skip(page.Skip).Take(page.Size)]
            : await Sort(terms, by, isAscending).Skip(page.Skip).Take(page.Size).ToListAsync(request.Ct);
        return page.Answer(request, PathOf(taxonomy), await ApiItems.FinishAsync(request, rows.ConvertAll(t => Of(request, t, request.IsShort))), total);
    }

    private static async Task<ApiAnswer> ShowAsync(ApiRequest request, string taxonomy)
    {
        if (request.Refusal() is { } refusal) return refusal;
        var id = request.Id;
        return await request.Db.Terms.FirstOrDefaultAsync(t => t.Id == id && t.Taxonomy == taxonomy, request.Ct) is { } term
            ? await ApiItems.FinishOneAsync(request, Of(request, term, request.IsShort))
            : ApiAnswer.Problem(StatusCodes.Status404NotFound, "rest_term_invalid", "There is no such term.");
    }

    private static IQueryable<Term> Filter(ApiRequest request, IQueryable<Term> terms, string taxonomy)
    {
        var (query, db) = (request.Query, request.Db);
        if (query.Text("search") is { } words) terms = Matching(terms, words);
        if (query.Ids("include") is { } include) terms = terms.Where(t => include.Contains(t.Id));
        if (query.Ids("exclude") is { } exclude) terms = terms.Where(t => !exclude.Contains(t.Id));
        if (query.Words("slug")?.ConvertAll(Slug.Fold) is { } slugs) terms = terms.Where(t => slugs.Contains(t.Slug));
        if (query.Flag("hide_empty") == true) terms = terms.Where(t => t.Articles > 0);
        if (taxonomy == Term.Category && query.Ids("parent") is { } parents) terms = terms.Where(t => parents.Contains(t.ParentId ?? 0));
        if (query.Ids("post") is { } posts) terms = terms.Where(t => db.ArticleTerms.Any(l => l.TermId == t.Id && posts.Contains(l.ArticleId) && db.Articles.Any(a => a.Id == l.ArticleId && a.Status == ArticleStatus.Published)));
        return terms;
    }

    private static IQueryable<Term> Sort(IQueryable<Term> terms, string by, bool isAscending)
    {
        return by switch
        {
            "id" or "term_group" => By(t => t.Id),
            "slug" or "include_slugs" => By(t => t.Slug),
            "description" => By(t => t.DescriptionHtml),
            "count" => By(t => t.Articles),
            _ => By(t => t.Name),
        };

        IQueryable<Term> By<T>(Expression<Func<Term, T>> key) => isAscending ? terms.OrderBy(key).ThenBy(t => t.Id) : terms.OrderByDescending(key).ThenByDescending(t => t.Id);
    }

    private static ApiItem Of(ApiRequest request, Term term, bool isShort)
    {
        var isCategory = term.Taxonomy == Term.Category;
        var links = request.Site.Links;
        var view = new TermView(term.Id, term.Articles, term.DescriptionHtml, links.Absolute(isCategory ? links.ToCategory(term.Id) : links.ToTag(term.Slug)), term.Name, Slug.Escape(term.Slug).ToLowerInvariant(), term.Taxonomy, isCategory ? term.ParentId ?? 0 : null, []);
        return ApiItem.Of(term.Id, view, ApiJson.Default.TermView, LinksOf(request, term), isShort ? Short : null);
    }

    private static SortedDictionary<string, ApiLink[]> LinksOf(ApiRequest request, Term term)
    {
        var path = PathOf(term.Taxonomy);
        var links = new SortedDictionary<string, ApiLink[]>(StringComparer.Ordinal)
        {
            ["self"] = [new(request.To($"{path}/{term.Id}"))],
            ["collection"] = [new(request.To(path))],
            ["about"] = [new(request.To($"/wp/v2/taxonomies/{term.Taxonomy}"))],
            ["wp:post_type"] = [new(request.To($"/wp/v2/posts?{(term.Taxonomy == Term.Category ? "categories" : "tags")}={term.Id}"))],
            ["curies"] = ApiLink.Curies,
        };
        if (term.ParentId is { } parent and > 0) links["up"] = [new(request.To($"{path}/{parent}"), new EmbedTarget(EmbedKind.Term, parent))];
        return links;
    }

    private static string PathOf(string taxonomy) => taxonomy == Term.Category ? "/wp/v2/categories" : "/wp/v2/tags";
}
