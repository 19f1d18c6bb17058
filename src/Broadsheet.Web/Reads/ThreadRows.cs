using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Reads;

/// <summary>A comment as the thread, the feeds and the API need it.</summary>
internal sealed record CommentRow(
    long Id, long ArticleId, long? ParentId, CommentKind Kind, Standing Standing, long? PersonId, string AuthorName, string AuthorUrl, DateTimeOffset At, DateTime AtLocal,
    int? Number, int Reply, int Depth, long? ShownParentId, int ShownReplies, long? ImportedId, string BodyHtml)
{
    public CommentNumber? FullNumber => Number is { } n ? new CommentNumber(n, Reply) : null;
}

internal static class ThreadRows
{
    public static IQueryable<CommentRow> AsRows(this IQueryable<Comment> comments) => comments.Select(c => new CommentRow(
        c.Id, c.ArticleId, c.ParentId, c.Kind, c.Standing, c.PersonId, c.AuthorName, c.AuthorUrl, c.At, c.AtLocal, c.Number, c.Reply, c.Depth, c.ShownParentId, c.ShownReplies, c.ImportedId, c.BodyHtml));

    /// <summary>One page of a thread in reading order: one range of the index (article, number, path). Pings, which have no number, come with page 1 where there are any.</summary>
    public static async Task<List<CommentRow>> ThreadPageAsync(this BroadsheetDb db, long articleId, int page, int pageSize, bool withPings, CancellationToken ct)
    {
        var (first, last) = ((page - 1) * pageSize + 1, page * pageSize);
        var numbered = db.Comments.Where(c => c.ArticleId == articleId && c.Number >= first && c.Number <= last && (c.Standing == Standing.Shown || c.ShownReplies > 0))
            .OrderBy(c => c.Number).ThenBy(c => c.Path).AsRows();
        if (!withPings) return await numbered.ToListAsync(ct);
        var pings = db.Comments.Where(c => c.ArticleId == articleId && c.Number == null && c.Standing == Standing.Shown && (c.Kind == CommentKind.Pingback || c.Kind == CommentKind.Trackback)).OrderBy(c => c.Id).AsRows();
        var rows = await numbered.ToListAsync(ct);
        rows.AddRange(await pings.ToListAsync(ct));
        return rows;
    }
}
