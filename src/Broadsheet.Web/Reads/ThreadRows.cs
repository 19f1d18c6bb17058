using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Reads;

/// <summary>A comment as the thread, the feeds and the API need it.</summary>
internal sealed record CommentRow(
    long Id, long ArticleId, long? ParentId, CommentKind Kind, Standing Standing, long? PersonId, string AuthorName, string EmailFolded, string AuthorUrl, DateTimeOffset At, DateTime AtLocal,
    int? Number, int Reply, string? Path, int Depth, long? ShownParentId, int ShownReplies, int RepliesBelow, int LastReply, int Likes, int PersonLikes, DateTimeOffset? EditedAt, DateTimeOffset? FeaturedAt,
    long? ImportedId, string BodyHtml)
{
    public CommentNumber? FullNumber => Number is { } n ? new CommentNumber(n, Reply) : null;
}

/// <summary>A part of a thread as it was read.</summary>
/// <param name="Comments">In the order of reading.</param>
/// <param name="Next">Where the next part begins; null where this is the last.</param>
/// <param name="Pings">Shown with the first page.</param>
/// <param name="Featured">What staff put on top, newest choice first.</param>
/// <param name="ReplyTo">The shown comment that is to be answered, on this page or not; null for none.</param>
internal sealed record ThreadPage(List<CommentRow> Comments, ThreadCursor? Next, List<CommentRow> Pings, List<CommentRow> Featured, CommentRow? ReplyTo)
{
    public static readonly ThreadPage Empty = new([], null, [], [], null);
}

internal static class ThreadRows
{
    /// <summary>As many stand on top at most.</summary>
    public const int MaxFeatured = 5;

    public static IQueryable<CommentRow> AsRows(this IQueryable<Comment> comments) => comments.Select(c => new CommentRow(
        c.Id, c.ArticleId, c.ParentId, c.Kind, c.Standing, c.PersonId, c.AuthorName, c.EmailFolded, c.AuthorUrl, c.At, c.AtLocal, c.Number, c.Reply, c.Path, c.Depth, c.ShownParentId, c.ShownReplies, c.RepliesBelow, c.LastReply,
        c.Likes, c.PersonLikes, c.EditedAt, c.FeaturedAt, c.ImportedId, c.BodyHtml));

    /// <summary>
    /// A part of a thread: its top-level comments and the first replies of each, found by the index (article, number, reply), whatever the thread's length.
    /// Pings, featured comments and the comment that is to be answered come along where they are wanted: always one statement, with a part for each.
    /// </summary>
    public static async Task<ThreadPage> ThreadPageAsync(this BroadsheetDb db, long articleId, ThreadPart part, ThreadExtras extras, CancellationToken ct)
    {
        var comments = db.Comments.Where(c => c.ArticleId == articleId);
        var (low, high) = part.Replies;
        // Joined, not "in": where numbers may be missing, that is a condition with "or", for which PostgreSQL would read the whole thread.
        var wanted = Tops(comments, part) is { } tops ? tops.Join(comments.Where(c => c.Reply <= high), number => number, c => c.Number, (_, c) => c) : Named(comments, part, low, high);
        wanted = wanted.Where(c => c.Standing == Standing.Shown || c.ShownReplies > 0);
        if (extras.Pings) wanted = wanted.Concat(comments.Where(c => c.Number == null && c.Standing == Standing.Shown && (c.Kind == CommentKind.Pingback || c.Kind == CommentKind.Trackback)));
        if (extras.Featured) wanted = wanted.Concat(comments.Where(c => c.FeaturedAt != null && c.Standing == Standing.Shown).OrderByDescending(c => c.FeaturedAt).Take(MaxFeatured));
        if (extras.ReplyTo is { } answered) wanted = wanted.Concat(comments.Where(c => c.Id == answered && c.Number != null && c.Standing == Standing.Shown));
        var rows = await wanted.AsRows().ToListAsync(ct);
        return Sort(rows, part, extras);
    }

    /// <summary>The numbers of the top-level comments in an order that numbers do not give: one more than fit, to know whether there is a next part.</summary>
    private static IQueryable<int?>? Tops(IQueryable<Comment> comments, ThreadPart part)
    {
        if (part.Order is not (ThreadOrder.Liked or ThreadOrder.Replied) || part.Branch is not null) return null;
        var tops = comments.Where(c => c.Reply == 0 && c.Number != null && (c.Standing == Standing.Shown || c.ShownReplies > 0));
        var most = part.Size + 1;
        var isLiked = part.Order == ThreadOrder.Liked;
        if (part.After is not { } after) return (isLiked ? tops.OrderByDescending(c => c.PersonLikes).ThenByDescending(c => c.Number) : tops.OrderByDescending(c => c.RepliesBelow).ThenByDescending(c => c.Number)).Take(most).Select(c => c.Number);
        // Two ranges of the index, each read from its beginning: with "or" a database would read all before them.
        var (value, number) = (after.Value, after.Number);
        return isLiked
            ? tops.Where(c => c.PersonLikes == value && c.Number < number).OrderByDescending(c => c.Number).Take(most).Select(c => c.Number)
                .Concat(tops.Where(c => c.PersonLikes < value).OrderByDescending(c => c.PersonLikes).ThenByDescending(c => c.Number).Take(most).Select(c => c.Number))
            : tops.Where(c => c.RepliesBelow == value && c.Number < number).OrderByDescending(c => c.Number).Take(most).Select(c => c.Number)
                .Concat(tops.Where(c => c.RepliesBelow < value).OrderByDescending(c => c.RepliesBelow).ThenByDescending(c => c.Number).Take(most).Select(c => c.Number));
    }

    private static IQueryable<Comment> Named(IQueryable<Comment> comments, ThreadPart part, int low, int high)
    {
        if (part.Branch is { } top) return comments.Where(c => c.Number == top && (c.Reply == 0 || (c.Reply >= low && c.Reply <= high)));
        int?[] numbers = [.. part.Numbers.Select(n => (int?)n)];
        return comments.Where(c => numbers.Contains(c.Number) && c.Reply <= high);
    }

    private static ThreadPage Sort(List<CommentRow> rows, ThreadPart part, ThreadExtras extras)
    {
        var threads = rows.Where(r => r.Number is not null && part.Holds(r)).DistinctBy(r => r.Id).GroupBy(r => r.Number!.Value).ToDictionary(g => g.Key, g => g.OrderBy(r => r.Path, StringComparer.Ordinal).ToList());
        IEnumerable<int> order = threads.Keys;
        ThreadCursor? next = null;
        if (part.Branch is null && part.Order is ThreadOrder.Liked or ThreadOrder.Replied)
        {
            // Featured or answered comments of other pages have come along without their top-level comment.
            var tops = threads.Values.Where(t => t[0].Reply == 0 && part.IsAfter(t[0])).Select(t => t[0]).OrderByDescending(part.ValueOf).ThenByDescending(t => t.Number).Take(part.Size + 1).ToList();
            if (tops.Count > part.Size) next = new ThreadCursor(part.ValueOf(tops[part.Size - 1]), tops[part.Size - 1].Number!.Value);
            order = tops.Take(part.Size).Select(t => t.Number!.Value);
        }
        else if (part.Order == ThreadOrder.Newest && part.Branch is null)
        {
            order = threads.Keys.OrderDescending();
            if (part.First > 1) next = new ThreadCursor(0, part.First);
        }
        else
        {
            order = threads.Keys.Order();
        }
        return new ThreadPage(
            [.. order.SelectMany(n => threads[n])], next, [.. rows.Where(r => r.Number is null).OrderBy(r => r.Id)],
            extras.Featured ? [.. rows.Where(r => r.FeaturedAt is not null && r.Standing == Standing.Shown).DistinctBy(r => r.Id).OrderByDescending(r => r.FeaturedAt).Take(MaxFeatured)] : [],
            extras.ReplyTo is { } answered ? rows.Find(r => r.Id == answered && r.Standing == Standing.Shown) : null);
    }
}
