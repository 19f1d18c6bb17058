using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Decisions on very many comments: each bit is one write, which also notes how far the run has come, so that a run that was cut off goes on where it was.</summary>
internal static class BulkLedger
{
    /// <summary>Comments in one write: others wait for no more.</summary>
    public const int Bit = 200;

    /// <summary>The models learn from the first so many comments of a run: thousands alike say no more, and would keep other jobs waiting.</summary>
    private const int MostTaught = 1_000;

    /// <summary>What the outbox calls the job.</summary>
    public const string Job = "decide-many";

    /// <summary>The same for a run that asks the checks again.</summary>
    public const string ScreenJob = "screen-many";

    /// <param name="search">Leaves of the queue what the moderator asked for.</param>
    public static async Task StartAsync(WriteScope scope, BulkRun run, Func<IQueryable<Comment>, IQueryable<Comment>> search, CancellationToken ct)
    {
        var found = search(Of(scope.Db, run.From));
        (run.StartedAt, run.Total, run.UpTo) = (scope.Now, await found.CountAsync(ct), await found.MaxAsync(c => (long?)c.Id, ct) ?? 0);
        await BeginAsync(scope, run, ct);
    }

    /// <summary>Forgets what ended runs searched for, which may be an address, once nobody looks at them any more.</summary>
    public static Task ForgetAsync(WriteScope scope, DateTimeOffset before, CancellationToken ct) =>
        scope.Db.BulkRuns.Where(r => r.EndedAt < before && r.Search != "").ExecuteUpdateAsync(set => set.SetProperty(r => r.Search, ""), ct);

    /// <summary>The next bit.</summary>
    /// <returns>There is more to do.</returns>
    public static async Task<bool> GoOnAsync(WriteScope scope, long runId, Func<BulkRun, Func<IQueryable<Comment>, IQueryable<Comment>>> search, CancellationToken ct)
    {
        // Holds the row: whoever else goes on with this run waits, and finds how far it came.
        await scope.Db.BulkRuns.Where(r => r.Id == runId).ExecuteUpdateAsync(set => set.SetProperty(r => r.Done, r => r.Done), ct);
        if (await scope.Db.BulkRuns.AsTracking().FirstOrDefaultAsync(r => r.Id == runId && r.EndedAt == null, ct) is not { } run) return false;
        var (looked, changed, cursor) = run.IsStopped ? (0, 0, run.Cursor) : run.Undoes is { } undone ? await TakeBackAsync(scope, run, undone, ct) : await DecideAsync(scope, run, search(run), ct);
        (run.Done, run.Changed, run.Cursor) = (run.Done + looked, run.Changed + changed, cursor);
        if (looked < Bit) run.EndedAt = scope.Now;
        scope.EvictSoon(QueueLedger.Tag);
        return looked == Bit;
    }

    /// <summary>What the checks say now of the next comments: kept, and carried out where no moderator has decided.</summary>
    /// <param name="cursor">Of the last of them, from the highest id down.</param>
    /// <returns>There is more to do.</returns>
    public static async Task<bool> ScreenedAsync(WriteScope scope, long runId, IReadOnlyList<ScreenedAgain> screened, int looked, long cursor, CancellationToken ct)
    {
        await scope.Db.BulkRuns.Where(r => r.Id == runId).ExecuteUpdateAsync(set => set.SetProperty(r => r.Done, r => r.Done), ct);
        if (await scope.Db.BulkRuns.AsTracking().FirstOrDefaultAsync(r => r.Id == runId && r.EndedAt == null, ct) is not { } run || run.Cursor <= cursor) return false;
        var changed = run.IsStopped ? 0 : await DecisionLedger.ScreenAgainAsync(scope, screened, runId, ct);
        (run.Done, run.Changed, run.Cursor) = (run.Done + looked, run.Changed + changed, cursor);
        if (run.IsStopped || looked < Bit) run.EndedAt = scope.Now;
        scope.EvictSoon(QueueLedger.Tag);
        return run.EndedAt is null;
    }

    public static Task StopAsync(WriteScope scope, long runId, CancellationToken ct) =>
        scope.Db.BulkRuns.Where(r => r.Id == runId && r.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(r => r.IsStopped, true), ct);

    /// <summary>Decisions on so many that a notice cannot name them all: a run that is over already, so that they are taken back together.</summary>
    public static async Task<BulkRun> RecordAsync(WriteScope scope, IReadOnlyList<Decision> made, Standing from, Standing to, long personId, CancellationToken ct)
    {
        var run = new BulkRun { PersonId = personId, From = from, To = to, Total = made.Count, Done = made.Count, Changed = made.Count, StartedAt = scope.Now, EndedAt = scope.Now };
        scope.Db.BulkRuns.Add(run);
        await scope.FlushAsync(ct);
        var (ids, id) = (made.Select(d => d.Id).ToList(), run.Id);
        await scope.Db.Decisions.Where(d => ids.Contains(d.Id)).ExecuteUpdateAsync(set => set.SetProperty(d => d.RunId, id), ct);
        return run;
    }

    /// <returns>The run that takes it back; null where it goes on still, is itself one that takes back, or was taken back.</returns>
    public static async Task<long?> UndoAsync(WriteScope scope, long runId, long personId, CancellationToken ct)
    {
        // Two who ask at once get one undo.
        await scope.Db.BulkRuns.Where(r => r.Id == runId).ExecuteUpdateAsync(set => set.SetProperty(r => r.Done, r => r.Done), ct);
        if (await scope.Db.BulkRuns.FirstOrDefaultAsync(r => r.Id == runId && r.EndedAt != null && r.Undoes == null, ct) is not { } run) return null;
        if (await scope.Db.BulkRuns.AnyAsync(r => r.Undoes == runId, ct)) return null;
        var undo = new BulkRun { PersonId = personId, From = run.To, To = run.From, Undoes = runId, Total = run.Changed, StartedAt = scope.Now };
        undo.UpTo = await scope.Db.Decisions.Where(d => d.RunId == runId).MaxAsync(d => (long?)d.Id, ct) ?? 0;
        await BeginAsync(scope, undo, ct);
        return undo.Id;
    }

    /// <summary>A queue, without what its writers deleted: that is theirs to decide, not a run's.</summary>
    public static IQueryable<Comment> Of(BroadsheetDb db, Standing standing) =>
        standing == Standing.Trashed ? db.Comments.Where(c => c.Standing == standing && !db.TakenBack().Any(m => m.OwnerId == c.Id)) : db.Comments.Where(c => c.Standing == standing);

    private static async Task BeginAsync(WriteScope scope, BulkRun run, CancellationToken ct)
    {
        run.Cursor = run.UpTo + 1;
        scope.Db.BulkRuns.Add(run);
        await scope.FlushAsync(ct);
        scope.Enqueue(run.Screens ? ScreenJob : Job, run.Id.ToString(CultureInfo.InvariantCulture));
    }

    private static async Task<(int Looked, int Changed, long Cursor)> DecideAsync(WriteScope scope, BulkRun run, Func<IQueryable<Comment>, IQueryable<Comment>> search, CancellationToken ct)
    {
        var (from, cursor) = (run.From, run.Cursor);
        var ids = await search(Of(scope.Db, from).Where(c => c.Id < cursor)).OrderByDescending(c => c.Id).Take(Bit).Select(c => c.Id).ToListAsync(ct);
        if (ids.Count == 0) return (0, 0, cursor);
        // Someone without an account any more decides nothing: the run ends.
        if (run.PersonId is not { } person) return (0, 0, cursor);
        var result = await DecisionLedger.DecideAsync(scope, [.. ids.Select(id => new SeenComment(id, Standing: run.From))], new DecisionWish(run.To, person, "", run.Id, Teaches: run.Done < MostTaught), ct);
        return (ids.Count, result.Made.Count, ids[^1]);
    }

    private static async Task<(int Looked, int Changed, long Cursor)> TakeBackAsync(WriteScope scope, BulkRun run, long undone, CancellationToken ct)
    {
        var cursor = run.Cursor;
        var ids = await scope.Db.Decisions.Where(d => d.RunId == undone && d.Id < cursor).OrderByDescending(d => d.Id).Take(Bit).Select(d => d.Id).ToListAsync(ct);
        if (ids.Count == 0 || run.PersonId is not { } person) return (0, 0, cursor);
        return (ids.Count, (await DecisionLedger.UndoAsync(scope, ids, person, run.Id, ct)).Count, ids[^1]);
    }
}
