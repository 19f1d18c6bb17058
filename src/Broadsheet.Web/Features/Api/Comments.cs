using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Api;

/// <summary>Comments that every reader sees: shown, under articles that are public and want no password.</summary>
internal static class Comments
{
    /// <summary>Replies of one article in <c>_embedded</c> (WordPress: its largest page).</summary>
    private const int MaxEmbedded = 100;

    private static readonly string[] StaffOnly = ["author", "author_exclude", "author_email"];

    public static IEnumerable<ApiRoute> Routes { get; } =
    [
        new ApiRoute("/wp/v2/comments", ListAsync)
        {
            Parameters = ["context", "page", "per_page", "search", "after", "before", "exclude", "include", "offset", "order", "orderby", "parent", "parent_exclude", "post", "status", "type"],
            Writing = Refusals.Comment,
        },
        new ApiRoute("/wp/v2/comments/{id}", ShowAsync) { Parameters = ["context"], Writing = Refusals.ChangeComment },
    ];

    /// <summary>The newest replies of each article. Two statements.</summary>
    public static async Task<List<(long ArticleId, ApiItem Item)>> OfArticlesAsync(ApiRequest request, List<long> articles)
    {
        var db = request.Db;
        var found = await PlacedAsync(request, db.PublicWords().Where(a => articles.Contains(a.Id))
            .SelectMany(a => db.Comments.Where(c => c.ArticleId == a.Id && c.Standing == Standing.Shown && c.Kind == CommentKind.Comment).OrderByDescending(c => c.At).ThenByDescending(c => c.Id).Take(MaxEmbedded)));
        return [.. found.OrderByDescending(p => p.Comment.At).ThenByDescending(p => p.Comment.Id).Select(p => (p.Comment.ArticleId, CommentViews.Of(request, p, isShort: true)))];
    }

    public static async Task<List<ApiItem>> ShortAsync(ApiRequest request, List<long> ids) =>
        (await PlacedAsync(request, Public(request).Where(c => ids.Contains(c.Id)))).ConvertAll(p => CommentViews.Of(request, p, isShort: true));

    private static async Task<ApiAnswer> ListAsync(ApiRequest request)
    {
        var query = request.Query;
        var page = ApiPage.Read(query);
        var by = query.Choice("orderby", "date_gmt", "date", "date_gmt", "id", "include", "parent", "post", "type");
        var isAscending = query.Choice("order", "desc", "asc", "desc") == "asc";
        var (comments, search) = (Filter(request, Public(request)), query.Text("search"));
        if (request.Refusal() is { } refusal) return refusal;
        if (StaffOnly.Where(query.Has).Concat(Forbidden(query)).ToList() is { Count: > 0 } names)
            return request.Forbid("rest_forbidden_param", $"Only staff may choose comments by: {string.Join(", ", names)}");
        if (search is { } words)
        {
            var found = await SearchAsync(request, words);
            comments = comments.Where(c => found.Contains(c.Id));
        }
        var total = await comments.CountAsync(request.Ct);
        // Ids first: the join with the articles is made for one page, not for the thread.
        var ids = total == 0 ? [] : by == "include" && query.Ids("include") is { } order
            ? page.Of(order, await comments.Select(c => c.Id).ToListAsync(request.Ct))
            : await Sort(comments, by, isAscending).Skip(page.Skip).Take(page.Size).Select(c => c.Id).ToListAsync(request.Ct);
        var rows = ids.Count == 0 ? [] : await PlacedAsync(request, request.Db.Comments.Where(c => ids.Contains(c.Id)));
        var items = rows.OrderBy(r => ids.IndexOf(r.Comment.Id)).Select(r => CommentViews.Of(request, r, request.IsShort)).ToList();
        return page.Answer(request, "/wp/v2/comments", await ApiItems.FinishAsync(request, items), total);
    }

    private static async Task<ApiAnswer> ShowAsync(ApiRequest request)
    {
        if (request.Refusal() is { } refusal) return refusal;
        var id = request.Id;
        if ((await PlacedAsync(request, Public(request, withPings: true).Where(c => c.Id == id))) is [var row]) return await ApiItems.FinishOneAsync(request, CommentViews.Of(request, row, request.IsShort));
        return await request.Db.Comments.AnyAsync(c => c.Id == id, request.Ct)
            ? request.Forbid("rest_cannot_read", "Only staff may read this comment: sign in first.")
            : ApiAnswer.Problem(StatusCodes.Status404NotFound, "rest_comment_invalid_id", "There is no such comment.");
    }

    private static IQueryable<Comment> Public(ApiRequest request, bool withPings = false) =>
        request.Db.PublicComments().Where(c => c.Kind == CommentKind.Comment || (withPings && (c.Kind == CommentKind.Pingback || c.Kind == CommentKind.Trackback)));

    private static IQueryable<Comment> Filter(ApiRequest request, IQueryable<Comment> comments)
    {
        var query = request.Query;
        if (query.Ids("post") is { } posts) comments = comments.Where(c => posts.Contains(c.ArticleId));
        if (query.Ids("parent") is { } parents) comments = comments.Where(c => (c.ParentId != null && parents.Contains(c.ParentId.Value)) || (c.ParentId == null && parents.Contains(0)));
        if (query.Ids("parent_exclude") is { } others) comments = comments.Where(c => !others.Contains(c.ParentId ?? 0));
        if (query.Ids("include") is { } include) comments = comments.Where(c => include.Contains(c.Id));
        if (query.Ids("exclude") is { } exclude) comments = comments.Where(c => !exclude.Contains(c.Id));
        if (query.Local("after") is { } after) comments = comments.Where(c => c.AtLocal > after);
        if (query.Local("before") is { } before) comments = comments.Where(c => c.AtLocal < before);
        return comments;
    }

    private static IEnumerable<string> Forbidden(ApiQuery query)
    {
        if (query.Text("status") is not (null or "approve" or "approved")) yield return "status";
        if (query.Text("type") is not (null or "comment")) yield return "type";
    }

    private static async Task<List<long>> SearchAsync(ApiRequest request, string words)
    {
        var terms = SearchWords.Query(words);
        return terms.Length == 0 ? [] : (await request.Engine.SearchAsync(request.Db, terms, comments: true, 0, PostFilter.MaxFound, request.Ct)).ConvertAll(d => d.CommentId ?? 0);
    }

    private static IQueryable<Comment> Sort(IQueryable<Comment> comments, string by, bool isAscending) => (by, isAscending) switch
    {
        ("id", true) => comments.OrderBy(c => c.Id),
        ("id", false) => comments.OrderByDescending(c => c.Id),
        ("parent", true) => comments.OrderBy(c => c.ParentId).ThenBy(c => c.Id),
        ("parent", false) => comments.OrderByDescending(c => c.ParentId).ThenByDescending(c => c.Id),
        ("post", true) => comments.OrderBy(c => c.ArticleId).ThenBy(c => c.Id),
        ("post", false) => comments.OrderByDescending(c => c.ArticleId).ThenByDescending(c => c.Id),
        (_, true) => comments.OrderBy(c => c.At).ThenBy(c => c.Id),
        _ => comments.OrderByDescending(c => c.At).ThenByDescending(c => c.Id),
    };

    /// <summary>Comments with the articles that they stand under.</summary>
    private static async Task<List<PlacedComment>> PlacedAsync(ApiRequest request, IQueryable<Comment> comments)
    {
        var rows = await comments.AsRows().ToListAsync(request.Ct);
        if (rows.Count == 0) return [];
        var ids = rows.Select(r => r.ArticleId).Distinct().ToList();
        var articles = await request.Db.Articles.Where(a => ids.Contains(a.Id)).AsRows(request.Db).ToDictionaryAsync(a => a.Id, request.Ct);
        return [.. rows.Where(r => articles.ContainsKey(r.ArticleId)).Select(r => new PlacedComment(r, articles[r.ArticleId]))];
    }
}

internal sealed record PlacedComment(CommentRow Comment, ArticleRow Article);
