using Broadsheet.Core.Discussion;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Readers' reports: each comment's weight while nobody has looked, and what came of them.</summary>
internal static class ReportLedger
{
    /// <summary>Without effect where this person, or this mark, has reported the comment before.</summary>
    /// <param name="holdAt">Reports of newcomers that hold a comment until a moderator has looked; 0 for never.</param>
    public static async Task ReportAsync(WriteScope scope, long articleId, CommentReport report, int holdAt, CancellationToken ct)
    {
        await CommentLedger.TakeTurnAsync(scope, articleId, ct);
        var (db, id, person, mark) = (scope.Db, report.CommentId, report.PersonId, report.Mark);
        if (await db.CommentReports.AnyAsync(r => r.CommentId == id && (person != null ? r.PersonId == person : r.Mark == mark), ct)) return;
        report.At = scope.Now;
        db.CommentReports.Add(report);
        var weight = await WeighAsync(db, id, await WeightOfAsync(db, person, ct), scope.Now, ct);
        if (weight.IsNew) QueueLedger.Count(scope, Queue.Reported, 1);
        scope.EvictSoon(QueueLedger.Tag);
        await scope.FlushAsync(ct);
        if (holdAt > 0 && weight.Row.Weight >= holdAt * ReportWeight.Newcomer) await HoldAsync(scope, id, weight.Row.Reports, ct);
    }

    /// <summary>A moderator has decided on a comment: its open reports are answered.</summary>
    /// <returns>How many were open.</returns>
    public static async Task<int> CloseAsync(WriteScope scope, Decision decision, CancellationToken ct)
    {
        var (db, id) = (scope.Db, decision.CommentId);
        if (await db.ReportedComments.Where(r => r.CommentId == id).ExecuteDeleteAsync(ct) == 0) return 0;
        QueueLedger.Count(scope, Queue.Reported, -1);
        var (decided, isUpheld, now) = (decision.Id, decision.To != Standing.Shown, scope.Now);
        var count = await db.CommentReports.Where(r => r.CommentId == id && r.HandledAt == null).ExecuteUpdateAsync(set => set.SetProperty(r => r.HandledAt, now).SetProperty(r => r.DecisionId, decided).SetProperty(r => r.IsUpheld, isUpheld), ct);
        await ReportAnswers.TellAsync(scope, decided, ct);
        return count;
    }

    /// <summary>A later decision, by whomever, on what was answered: who reported it reads what holds now.</summary>
    public static async Task ThinkAgainAsync(WriteScope scope, Decision decision, CancellationToken ct)
    {
        if (decision.From == decision.To || decision.To == Standing.Held) return;
        var (id, isUpheld) = (decision.CommentId, decision.To != Standing.Shown);
        await scope.Db.CommentReports.Where(r => r.CommentId == id && r.IsUpheld != null && r.IsUpheld != isUpheld).ExecuteUpdateAsync(set => set.SetProperty(r => r.IsUpheld, isUpheld), ct);
    }

    /// <summary>The comment's writer deleted it: nobody has to look any more, and nobody was right or wrong.</summary>
    public static async Task DropAsync(WriteScope scope, long id, CancellationToken ct)
    {
        if (await scope.Db.ReportedComments.Where(r => r.CommentId == id).ExecuteDeleteAsync(ct) > 0) QueueLedger.Count(scope, Queue.Reported, -1);
        var now = scope.Now;
        await scope.Db.CommentReports.Where(r => r.CommentId == id && r.HandledAt == null).ExecuteUpdateAsync(set => set.SetProperty(r => r.HandledAt, now), ct);
    }

    /// <summary>The decision is taken back: what it answered is open again.</summary>
    public static async Task ReopenAsync(WriteScope scope, Decision undone, CancellationToken ct)
    {
        var (db, id, decided) = (scope.Db, undone.CommentId, undone.Id);
        await ReportAnswers.WithdrawAsync(scope, decided, ct);
        if (await db.CommentReports.Where(r => r.DecisionId == decided).ExecuteUpdateAsync(set => set.SetProperty(r => r.HandledAt, (DateTimeOffset?)null).SetProperty(r => r.DecisionId, (long?)null).SetProperty(r => r.IsUpheld, (bool?)null), ct) == 0) return;
        var open = await db.CommentReports.Where(r => r.CommentId == id && r.HandledAt == null).Select(r => new { r.PersonId, r.At }).ToListAsync(ct);
        await db.ReportedComments.Where(r => r.CommentId == id).ExecuteDeleteAsync(ct);
        var row = new ReportedComment { CommentId = id, Reports = open.Count, Since = open.Min(r => r.At) };
        foreach (var report in open) row.Weight += await WeightOfAsync(db, report.PersonId, ct);
        db.ReportedComments.Add(row);
        QueueLedger.Count(scope, Queue.Reported, 1);
    }

    public static IQueryable<CommentReport> Open(BroadsheetDb db, IReadOnlyCollection<long> comments) => db.CommentReports.Where(r => comments.Contains(r.CommentId) && r.HandledAt == null);

    private static async Task<(ReportedComment Row, bool IsNew)> WeighAsync(BroadsheetDb db, long commentId, int weight, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.ReportedComments.AsTracking().FirstOrDefaultAsync(r => r.CommentId == commentId, ct) is { } known)
        {
            (known.Weight, known.Reports) = (known.Weight + weight, known.Reports + 1);
            return (known, false);
        }
        var row = new ReportedComment { CommentId = commentId, Weight = weight, Reports = 1, Since = now };
        db.ReportedComments.Add(row);
        return (row, true);
    }

    private static async Task<int> WeightOfAsync(BroadsheetDb db, long? personId, CancellationToken ct)
    {
        if (personId is not { } person) return ReportWeight.Guest;
        var record = await db.CommentReports.Where(r => r.PersonId == person && r.IsUpheld != null).GroupBy(r => r.IsUpheld).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        int Count(bool upheld) => record.Where(r => r.Key == upheld).Sum(r => r.Count);
        var isTrusted = await db.Users.AnyAsync(p => p.Id == person && p.Trust == CommenterTrust.Trusted, ct);
        return isTrusted ? ReportWeight.OfTrusted(Count(true), Count(false)) : ReportWeight.Of(Count(true), Count(false));
    }

    /// <summary>Unless a moderator has looked at it and let it stand: more of the same reports do not overrule that.</summary>
    private static async Task HoldAsync(WriteScope scope, long id, int reports, CancellationToken ct)
    {
        if (await scope.Db.Comments.AsTracking().FirstOrDefaultAsync(c => c.Id == id && c.Standing == Standing.Shown, ct) is not { } comment) return;
        if (await scope.Db.Decisions.AnyAsync(d => d.CommentId == id && d.PersonId != null && d.To == Standing.Shown, ct)) return;
        scope.Db.Decisions.Add(new Decision { CommentId = id, From = Standing.Shown, To = Standing.Held, At = scope.Now, Reason = reports == 1 ? "A reader reported it." : $"{reports} readers reported it." });
        await CommentLedger.DecideAsync(scope, comment, Standing.Held, ct);
    }
}
