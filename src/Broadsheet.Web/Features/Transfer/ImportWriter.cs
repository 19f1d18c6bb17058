using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using Broadsheet.Web.Caching;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Transfer;

/// <summary>A piece of an import that is written together; prepared before, so that writing it is short.</summary>
internal interface IImportStep
{
    /// <summary>Writes (a part of) it, and tells the progress what was done.</summary>
    /// <returns>False when there is more of it to write in a later transaction.</returns>
    Task<bool> WriteAsync(WriteScope scope, ImportProgress progress, CancellationToken ct);
}

/// <summary>
/// Writes an import's steps in short transactions, each with the place that the import has reached; between them it leaves the database
/// to others, so that a comment posted meanwhile waits for one transaction at most.
/// </summary>
internal sealed class ImportWriter(Writes writes, long runId, ImportProgress progress)
{
    /// <summary>What a transaction may take, its commit included.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(38);

    /// <summary>Short enough to be worth a commit.</summary>
    private static readonly TimeSpan LeastWork = TimeSpan.FromMilliseconds(6);

    /// <summary>What other processes, which look every millisecond, have between two transactions.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(4);

    private static readonly TimeSpan EvictionInterval = TimeSpan.FromSeconds(1);
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly double _secondsBefore = progress.Seconds;
    private long _evictedAt = Stopwatch.GetTimestamp();
    private TimeSpan _commit = TimeSpan.FromMilliseconds(12);
    private TimeSpan _step = TimeSpan.FromMilliseconds(6);

    public ImportProgress Progress => progress;

    /// <summary>The longest transaction so far.</summary>
    public TimeSpan Longest { get; private set; }

    /// <summary>For tests: told before each commit.</summary>
    public Action<ImportProgress>? BeforeCommit { get; set; }

    /// <summary>Writes all steps in their order.</summary>
    public async Task WriteAllAsync(ChannelReader<Task<IImportStep>> steps, CancellationToken ct)
    {
        IImportStep? unfinished = null;
        while (unfinished is not null || await steps.WaitToReadAsync(ct))
        {
            var first = unfinished ?? await await steps.ReadAsync(ct);
            unfinished = null;
            await RunAsync(async (scope, token) =>
            {
                var started = Stopwatch.GetTimestamp();
                for (var step = first; step is not null; step = Next(steps, started))
                {
                    var began = Stopwatch.GetTimestamp();
                    if (!await step.WriteAsync(scope, progress, token)) unfinished = step;
                    _step = Mean(_step, Stopwatch.GetElapsedTime(began));
                    if (unfinished is not null) return;
                }
            }, ct);
        }
        await steps.Completion;
    }

    public Task WriteAsync(IImportStep step, CancellationToken ct) => RunAsync((scope, token) => step.WriteAsync(scope, progress, token), ct);

    /// <summary>One transaction with its checkpoint.</summary>
    public Task RunAsync(Func<WriteScope, CancellationToken, Task> work, CancellationToken ct) => RunAsideAsync(async (scope, token) =>
    {
        await work(scope, token);
        if (Stopwatch.GetElapsedTime(_evictedAt) > EvictionInterval) EvictSoon(scope);
        await CheckAsync(scope, token);
        BeforeCommit?.Invoke(progress);
    }, ct);

    /// <summary>One transaction that prepares later ones, beside them: it reaches nothing, so that it writes no checkpoint.</summary>
    public async Task RunAsideAsync(Func<WriteScope, CancellationToken, Task> work, CancellationToken ct)
    {
        var (started, inside) = (Stopwatch.GetTimestamp(), TimeSpan.Zero);
        await writes.RunAsync(async (scope, token) =>
        {
            var began = Stopwatch.GetTimestamp();
            await work(scope, token);
            inside = Stopwatch.GetElapsedTime(began);
        }, ct);
        var took = Stopwatch.GetElapsedTime(started);
        if (took > Longest) Longest = took;
        _commit = Mean(_commit, took - inside);
        await Task.Delay(Pause, ct);
        await writes.YieldAsync(ct);
    }

    /// <summary>The next step where it is ready: no transaction waits for words to be rendered.</summary>
    private IImportStep? Next(ChannelReader<Task<IImportStep>> steps, long started)
    {
        var left = Budget - _commit - _step;
        return Stopwatch.GetElapsedTime(started) < (left > LeastWork ? left : LeastWork) && steps.TryPeek(out var next) && next.IsCompletedSuccessfully && steps.TryRead(out next) ? next.GetAwaiter().GetResult() : null;
    }

    /// <summary>Follows what was measured last, without following each outlier.</summary>
    private static TimeSpan Mean(TimeSpan before, TimeSpan measured) => before * 0.8 + measured * 0.2;

    private async Task CheckAsync(WriteScope scope, CancellationToken ct)
    {
        progress.Seconds = _secondsBefore + Stopwatch.GetElapsedTime(_started).TotalSeconds;
        var run = await scope.Db.ImportRuns.AsTracking().SingleAsync(r => r.Id == runId, ct);
        run.Checkpoint = progress.Item;
        run.Progress = JsonSerializer.Serialize(progress, ImportProgressJson.Default.ImportProgress);
        if (progress.Phase == ImportPhase.Done) run.FinishedAt = scope.Now;
    }

    /// <summary>Lists grow while readers look on, a few times a minute.</summary>
    private void EvictSoon(WriteScope scope)
    {
        foreach (var tag in (ReadOnlySpan<string>)[CacheTags.Home, CacheTags.Lists, CacheTags.Comments, SiteIndex.Tag]) scope.EvictSoon(tag);
        _evictedAt = Stopwatch.GetTimestamp();
    }
}
