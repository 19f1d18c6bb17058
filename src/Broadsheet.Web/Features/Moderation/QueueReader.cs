using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Moderation;

/// <param name="Next">Where the next page begins; null after the last one.</param>
internal sealed record QueueSlice(List<Comment> Comments, string? Next);

/// <summary>One page of a queue: a range of an index, whatever the queue's length.</summary>
internal static class QueueReader
{
    public const int PageSize = 25;

    /// <param name="before">A cursor that an earlier slice gave; null, or one that cannot be read, begins at the top.</param>
    public static Task<QueueSlice> ReadAsync(BroadsheetDb db, QueueView view, QueueSearch search, string? before, long personId, CancellationToken ct) => view switch
    {
        QueueView.Reported => ReportedAsync(db, search, Cursor(before), ct),
        QueueView.Appealed => AppealedAsync(db, search, Cursor(before), ct),
        QueueView.Mine => MineAsync(db, search, Cursor(before), personId, ct),
        _ => StandingAsync(db, QueueNames.StandingOf(view)!.Value, search, Cursor(before), ct),
    };

    /// <summary>Newest first: by the index of standing, time and id.</summary>
    private static async Task<QueueSlice> StandingAsync(BroadsheetDb db, Standing standing, QueueSearch search, (long First, long Id)? before, CancellationToken ct)
    {
        var comments = search.In(db.Comments.Where(c => c.Standing == standing));
        if (before is { } from && At(from.First) is { } at) comments = comments.Where(c => c.At < at || (c.At == at && c.Id < from.Id));
        var rows = await comments.OrderByDescending(c => c.At).ThenByDescending(c => c.Id).Take(PageSize + 1).ToListAsync(ct);
        return Slice(rows, c => c, c => (c.At.ToUnixTimeMilliseconds(), c.Id));
    }

    /// <summary>What most readers, and those who are mostly right, report comes first.</summary>
    private static async Task<QueueSlice> ReportedAsync(BroadsheetDb db, QueueSearch search, (long First, long Id)? before, CancellationToken ct)
    {
        var reported = db.ReportedComments.AsQueryable();
        if (before is { } from) reported = reported.Where(r => r.Weight < from.First || (r.Weight == from.First && r.CommentId < from.Id));
        var rows = await reported.Join(search.In(db.Comments), r => r.CommentId, c => c.Id, (r, c) => new { r.Weight, Comment = c }).OrderByDescending(r => r.Weight).ThenByDescending(r => r.Comment.Id).Take(PageSize + 1).ToListAsync(ct);
        return Slice(rows, r => r.Comment, r => (r.Weight, r.Comment.Id));
    }

    /// <summary>Who has waited longest comes first.</summary>
    private static async Task<QueueSlice> AppealedAsync(BroadsheetDb db, QueueSearch search, (long First, long Id)? after, CancellationToken ct)
    {
        var open = db.Appeals.Where(a => a.State == AppealState.Open);
        if (after is { } from && At(from.First) is { } at) open = open.Where(a => a.At > at || (a.At == at && a.CommentId > from.Id));
        var rows = await open.Join(search.In(db.Comments), a => a.CommentId, c => c.Id, (a, c) => new { a.At, Comment = c }).OrderBy(r => r.At).ThenBy(r => r.Comment.Id).Take(PageSize + 1).ToListAsync(ct);
        return Slice(rows, r => r.Comment, r => (r.At.ToUnixTimeMilliseconds(), r.Comment.Id));
    }

    /// <summary>By one's own last decision on each comment, newest first.</summary>
    private static async Task<QueueSlice> MineAsync(BroadsheetDb db, QueueSearch search, (long First, long Id)? before, long personId, CancellationToken ct)
    {
        var mine = db.Decisions.Where(d => d.PersonId == personId && !db.Decisions.Any(later => later.CommentId == d.CommentId && later.PersonId == personId && later.Id > d.Id));
        if (before is { } from) mine = mine.Where(d => d.Id < from.First);
        var rows = await mine.Join(search.In(db.Comments), d => d.CommentId, c => c.Id, (d, c) => new { d.Id, Comment = c }).OrderByDescending(r => r.Id).Take(PageSize + 1).ToListAsync(ct);
        return Slice(rows, r => r.Comment, r => (r.Id, r.Comment.Id));
    }

    private static QueueSlice Slice<T>(List<T> rows, Func<T, Comment> comment, Func<T, (long First, long Id)> place)
    {
        var next = rows.Count > PageSize ? place(rows[PageSize - 1]) : ((long First, long Id)?)null;
        return new QueueSlice([.. rows.Take(PageSize).Select(comment)], next is { } at ? string.Create(CultureInfo.InvariantCulture, $"{at.First}.{at.Id}") : null);
    }

    private static (long First, long Id)? Cursor(string? text)
    {
        var parts = (text ?? "").Split('.');
        return parts.Length == 2 && long.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var first) && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? (first, id) : null;
    }

    /// <returns>Null for what is no moment.</returns>
    private static DateTimeOffset? At(long milliseconds) => milliseconds is > -62_000_000_000_000 and < 250_000_000_000_000 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
}
