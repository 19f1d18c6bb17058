using System.Security.Cryptography;
using System.Text;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Api;

/// <summary>Articles (WordPress: posts) and pages.</summary>
internal static class Posts
{
    private static readonly string[] Parameters =
    [
        "context", "page", "per_page", "search", "after", "modified_after", "author", "author_exclude", "before", "modified_before", "exclude", "include", "offset", "order", "orderby", "slug", "status",
    ];

    public static IEnumerable<ApiRoute> Routes { get; } =
    [
        new ApiRoute("/wp/v2/posts", r => ListAsync(r, ArticleKind.Article)) { Parameters = [.. Parameters, "tax_relation", "categories", "categories_exclude", "tags", "tags_exclude", "sticky", "format"], Writing = Refusals.Create },
        new ApiRoute("/wp/v2/posts/{id}", r => ShowAsync(r, ArticleKind.Article)) { Parameters = ["context", "password"], Writing = Refusals.Change },
        new ApiRoute("/wp/v2/pages", r => ListAsync(r, ArticleKind.Page)) { Parameters = [.. Parameters, "menu_order", "parent", "parent_exclude"], Writing = Refusals.Create },
        new ApiRoute("/wp/v2/pages/{id}", r => ShowAsync(r, ArticleKind.Page)) { Parameters = ["context", "password"], Writing = Refusals.Change },
    ];

    /// <summary>The short form of articles, pages and attachments that everyone may see.</summary>
    public static async Task<List<ApiItem>> ShortAsync(ApiRequest request, List<long> ids)
    {
        var rows = await request.Db.Articles.Where(a => ids.Contains(a.Id) && a.Status == ArticleStatus.Published && (a.Kind == ArticleKind.Article || a.Kind == ArticleKind.Page)).AsRows(request.Db).ToListAsync(request.Ct);
        return rows.ConvertAll(r => PostViews.Of(request, r, [], null, isShort: true));
    }

    private static async Task<ApiAnswer> ListAsync(ApiRequest request, ArticleKind kind)
    {
        var (page, filter) = (ApiPage.Read(request.Query), new PostFilter(request, kind));
        if (request.Refusal() is { } refusal) return refusal;
        var articles = await filter.ApplyAsync(Public(request, kind));
        var (ids, total) = await filter.PageAsync(articles, page);
        if (page.IsPastEnd(total)) return ApiAnswer.Problem(StatusCodes.Status400BadRequest, "rest_post_invalid_page_number", $"There are fewer pages: {page.Pages(total)}.");
        var items = await ItemsAsync(request, kind, ids, request.IsShort);
        return page.Answer(request, kind == ArticleKind.Page ? "/wp/v2/pages" : "/wp/v2/posts", await ApiItems.FinishAsync(request, items), total);
    }

    /// <summary>Rows and terms: two statements; for pages, rows and menu orders.</summary>
    private static async Task<List<ApiItem>> ItemsAsync(ApiRequest request, ArticleKind kind, IReadOnlyList<long> ids, bool isShort)
    {
        if (ids.Count == 0) return [];
        var db = request.Db;
        var withBody = !isShort && (request.Fields is null || request.Fields.Has("content"));
        var rows = await db.Articles.Where(a => ids.Contains(a.Id)).AsRows(db, withBody).ToDictionaryAsync(r => r.Id, request.Ct);
        var terms = kind == ArticleKind.Page ? [] : await TermRow.OfAsync(db, ids, request.Ct);
        var orders = kind == ArticleKind.Page ? await db.Articles.Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.MenuOrder, request.Ct) : [];
        return [.. ids.Where(rows.ContainsKey).Select(id => PostViews.Of(request, rows[id], terms, orders.GetValueOrDefault(id), isShort))];
    }

    private static async Task<ApiAnswer> ShowAsync(ApiRequest request, ArticleKind kind)
    {
        if (request.Refusal() is { } refusal) return refusal;
        var (db, id) = (request.Db, request.Id);
        if (await Public(request, kind).Where(a => a.Id == id).AsRows(db, withBody: true).FirstOrDefaultAsync(request.Ct) is not { } row) return await AbsentAsync(request, kind);
        var isOpen = false;
        if (row.Password is { } password && request.Query.Text("password") is { } given)
        {
            if (!IsSame(given, password)) return ApiAnswer.Problem(StatusCodes.Status403Forbidden, "rest_post_incorrect_password", "This is not the password.");
            isOpen = true;
        }
        var terms = kind == ArticleKind.Page ? [] : await TermRow.OfAsync(db, [id], request.Ct);
        var order = kind == ArticleKind.Page ? await db.Articles.Where(a => a.Id == id).Select(a => a.MenuOrder).FirstOrDefaultAsync(request.Ct) : 0;
        return await ApiItems.FinishOneAsync(request, PostViews.Of(request, row, terms, order, request.IsShort, isOpen));
    }

    /// <summary>As WordPress has it: what is there and not public asks for a sign-in.</summary>
    internal static async Task<ApiAnswer> AbsentAsync(ApiRequest request, ArticleKind kind)
    {
        var id = request.Id;
        return await request.Db.Articles.AnyAsync(a => a.Id == id && a.Kind == kind && a.Status != ArticleStatus.Trashed && a.Status != ArticleStatus.AutoDraft, request.Ct)
            ? request.Forbid("rest_forbidden", "Only staff may read this: sign in first.")
            : ApiAnswer.Problem(StatusCodes.Status404NotFound, "rest_post_invalid_id", "There is no such post.");
    }

    private static IQueryable<Article> Public(ApiRequest request, ArticleKind kind) => request.Db.Articles.Where(a => a.Kind == kind && a.Status == ArticleStatus.Published);

    private static bool IsSame(string given, string password) => CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(password)));
}
