using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>
/// Deletes spam and trash that has lain long enough, for good. A comment that ever had a number keeps its place, without its words and its writer;
/// what was imported stays, since it would come again with the next import. What was decided on it stays in the log.
/// </summary>
internal static class PurgeLedger
{
    /// <summary>A moderator can reach what was taken for so long, whatever the settings say.</summary>
    public const int LeastDays = 15;

    /// <param name="before">What came there since is left alone.</param>
    /// <returns>How many; fewer than <paramref name="most"/>: these were the last.</returns>
    public static async Task<int> PurgeAsync(WriteScope scope, DateTimeOffset before, int most, CancellationToken ct)
    {
        var db = scope.Db;
        var found = new List<(long Id, long ArticleId)>();
        foreach (var standing in (Standing[])[Standing.Spam, Standing.Trashed])
            found.AddRange((await Old(db, standing, before).OrderBy(c => c.At).Take(most - found.Count).Select(c => new { c.Id, c.ArticleId }).ToListAsync(ct)).Select(c => (c.Id, c.ArticleId)));
        if (found.Count == 0) return 0;
        // A moderator may have been quicker: looked for again once nobody else can decide.
        foreach (var article in found.Select(f => f.ArticleId).Distinct().Order()) await CommentLedger.TakeTurnAsync(scope, article, ct);
        var candidates = found.ConvertAll(f => f.Id);
        var (gone, emptied) = (new List<long>(), new List<long>());
        foreach (var standing in (Standing[])[Standing.Spam, Standing.Trashed])
        {
            var rows = await Old(db, standing, before).Where(c => candidates.Contains(c.Id)).Select(c => new { c.Id, HasNumber = c.Number != null }).ToListAsync(ct);
            gone.AddRange(rows.Where(r => !r.HasNumber).Select(r => r.Id));
            emptied.AddRange(rows.Where(r => r.HasNumber).Select(r => r.Id));
            QueueLedger.Count(scope, standing == Standing.Spam ? Queue.Spam : Queue.Trash, -rows.Count(r => !r.HasNumber));
        }
        QueueLedger.Count(scope, Queue.Reported, -await db.ReportedComments.Where(r => gone.Contains(r.CommentId)).ExecuteDeleteAsync(ct));
        await db.Meta.Where(m => m.Owner == MetaOwner.Comment && gone.Contains(m.OwnerId)).ExecuteDeleteAsync(ct);
        await db.CommentRevisions.Where(r => emptied.Contains(r.CommentId)).ExecuteDeleteAsync(ct);
        await db.CommentPrints.Where(p => emptied.Contains(p.CommentId)).ExecuteDeleteAsync(ct);
        await db.Comments.Where(c => gone.Contains(c.Id)).ExecuteDeleteAsync(ct);
        await db.Comments.Where(c => emptied.Contains(c.Id)).ExecuteUpdateAsync(set => set.SetProperty(c => c.Body, "").SetProperty(c => c.BodyHtml, "").SetProperty(c => c.BodyHash, 0).SetProperty(c => c.AuthorName, "").SetProperty(c => c.AuthorEmail, "")
            .SetProperty(c => c.EmailFolded, "").SetProperty(c => c.AuthorUrl, "").SetProperty(c => c.AuthorIp, "").SetProperty(c => c.UserAgent, "").SetProperty(c => c.Screening, (string?)null), ct);
        return found.Count;
    }

    /// <summary>Unless it was decided on since, is answered by something, or its writer waits for another look.</summary>
    private static IQueryable<Comment> Old(BroadsheetDb db, Standing standing, DateTimeOffset before) => db.Comments
        .Where(c => c.Standing == standing && c.At < before && c.Format != CommentFormat.WordPress && (c.Number == null || c.Body != "")
            && !db.Decisions.Any(d => d.CommentId == c.Id && d.At >= before) && !db.Appeals.Any(a => a.CommentId == c.Id && a.State == AppealState.Open) && (c.Number != null || !db.Comments.Any(r => r.ParentId == c.Id)));
}
