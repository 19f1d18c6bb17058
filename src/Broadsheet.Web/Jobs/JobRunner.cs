using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Jobs;

/// <summary>Takes jobs from the outbox: each is claimed, run, and forgotten when done; a failure is tried again later and later, then parked for a person to see.</summary>
internal sealed partial class JobRunner(IDatabaseEngine engine, Writes writes, IEnumerable<IJob> jobs, JobPace pace, JobMeter meter, TimeProvider clock, ILogger<JobRunner> log) : BackgroundService
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private const int MaxAttempts = 8;

    private readonly Dictionary<string, IJob> _jobs = jobs.ToDictionary(j => j.Name, StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(pace.Look, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await RunDueAsync(stoppingToken) > 0) { }
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                Log.NotClaimed(log, problem.Message);
            }
        }
    }

    private async Task<int> RunDueAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using (var db = engine.Open())
            if (!await db.Outbox.AnyAsync(o => !o.Parked && o.DueAt <= now && (o.ClaimedUntil == null || o.ClaimedUntil < now), ct)) return 0;
        var rows = await writes.RunAsync((scope, token) => engine.ClaimJobsAsync(scope.Db, now, now + Lease, 10, token), ct);
        try
        {
            foreach (var row in rows) await RunAsync(row, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await GiveBackAsync(rows);
            throw;
        }
        return rows.Count;
    }

    /// <summary>The program stops: whoever is started next need not wait for the end of our lease.</summary>
    private async Task GiveBackAsync(IReadOnlyList<OutboxRow> rows)
    {
        try
        {
            await writes.RunAsync((scope, token) => OutboxLedger.GiveBackAsync(scope, rows, token), CancellationToken.None);
        }
        catch (StorageException problem)
        {
            Log.NotGivenBack(log, problem.Message);
        }
    }

    private async Task RunAsync(OutboxRow row, CancellationToken ct)
    {
        string? error = null;
        try
        {
            if (!_jobs.TryGetValue(row.Job, out var job)) throw new InvalidOperationException($"There is no job {row.Job}.");
            await job.RunAsync(row.Payload, ct);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            error = problem.Message;
            Log.JobFailed(log, row.Job, row.Id, row.Attempts + 1, problem);
        }
        meter.Finished(row.Job, error is null ? "done" : row.Attempts + 1 >= MaxAttempts ? "parked" : "retried");
        // Even if the program stops just now: what is done is not done again.
        await writes.RunAsync(async (scope, token) =>
        {
            if (await scope.Db.Outbox.AsTracking().FirstOrDefaultAsync(o => o.Id == row.Id, token) is not { } stored) return;
            if (error is null) scope.Db.Outbox.Remove(stored);
            else
            {
                stored.Attempts++;
                (stored.LastError, stored.ClaimedUntil) = (error.Length > 1_000 ? error[..1_000] : error, null);
                stored.DueAt = scope.Now + TimeSpan.FromSeconds(Math.Pow(4, stored.Attempts));
                stored.Parked = stored.Attempts >= MaxAttempts;
            }
        }, CancellationToken.None);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 3001, Level = LogLevel.Warning, Message = "The job {Job} ({Id}) failed at attempt {Attempt}")]
        public static partial void JobFailed(ILogger log, string job, long id, int attempt, Exception failure);

        [LoggerMessage(EventId = 3002, Level = LogLevel.Warning, Message = "Jobs could not be taken: {Reason}")]
        public static partial void NotClaimed(ILogger log, string reason);

        [LoggerMessage(EventId = 3003, Level = LogLevel.Warning, Message = "Jobs that were begun are begun again only in five minutes: {Reason}")]
        public static partial void NotGivenBack(ILogger log, string reason);
    }
}
