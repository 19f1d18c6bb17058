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

/// <summary>A page of a thread as it was read.</summary>
/// <param name="Comments">In reading order.</param>
/// <param name="Pings">Shown with the first page.</param>
/// <param name="ReplyTo">The shown comment that is to be answered, on this page or not; null for none.</param>
internal sealed record ThreadPage(List<CommentRow> Comments, List<CommentRow> Pings, CommentRow? ReplyTo);

internal static class ThreadRows
{
    public static IQueryable<CommentRow> AsRows(this IQueryable<Comment> comments) => comments.Select(c => new CommentRow(
        c.Id, c.ArticleId, c.ParentId, c.Kind, c.Standing, c.PersonId, c.AuthorName, c.AuthorUrl, c.At, c.AtLocal, c.Number, c.Reply, c.Depth, c.ShownParentId, c.ShownReplies, c.ImportedId, c.BodyHtml));

    /// <summary>
    /// One page of a thread in reading order: one range of the index (article, number, path). Pings, which have no number, come along where they are wanted,
    /// and so does the comment that is to be answered: always one statement, with a part for each.
    /// </summary>
    public static async Task<ThreadPage> ThreadPageAsync(this BroadsheetDb db, long articleId, int page, int pageSize, bool withPings, long? replyTo, CancellationToken ct)
    {
        var (first, last) = ((page - 1) * pageSize + 1, page * pageSize);
        var wanted = db.Comments.Where(c => c.ArticleId == articleId && c.Number >= first && c.Number <= last && (c.Standing == Standing.Shown || c.ShownReplies > 0));
        if (withPings) wanted = wanted.Concat(db.Comments.Where(c => c.ArticleId == articleId && c.Number == null && c.Standing == Standing.Shown && (c.Kind == CommentKind.Pingback || c.Kind == CommentKind.Trackback)));
        // Only where it is not on this page: no row comes twice.
        if (replyTo is { } answered) wanted = wanted.Concat(db.Comments.Where(c => c.Id == answered && c.ArticleId == articleId && (c.Number < first || c.Number > last) && c.Standing == Standing.Shown));
        var rows = await wanted.OrderBy(c => c.Number).ThenBy(c => c.Path).AsRows().ToListAsync(ct);
        return new ThreadPage(rows.FindAll(r => r.Number >= first && r.Number <= last), [.. rows.Where(r => r.Number is null).OrderBy(r => r.Id)], replyTo is null ? null : rows.Find(r => r.Id == replyTo && r.Standing == Standing.Shown));
    }
}
