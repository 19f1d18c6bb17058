using Broadsheet.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Caching;

/// <summary>Reads what other processes (an import, another node) have evicted, at most half a second later, and forgets it here too.</summary>
internal sealed partial class EvictionWatcher(IDatabaseEngine engine, IEnumerable<ICommitObserver> observers, SeenEvictions seen, TimeProvider clock, ILogger<EvictionWatcher> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Ids are given before commits, so that a smaller one may show up later: rows of the last seconds are looked at again.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(30);

    private readonly ICommitObserver[] _observers = [.. observers];
    private long? _counter;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                Log.Failed(log, problem.Message);
            }
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        var counter = await engine.ChangeCounterAsync(ct);
        if (counter is not null && counter == _counter) return;
        var since = clock.GetUtcNow() - Overlap;
        await using var db = engine.Open();
        var rows = await db.Evictions.Where(e => e.At > since).OrderBy(e => e.Id).ToListAsync(ct);
        var fresh = seen.Fresh(rows);
        if (fresh.Count > 0) foreach (var observer in _observers) observer.Committed(fresh);
        seen.ForgetBefore(since);
        _counter = counter;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1010, Level = LogLevel.Warning, Message = "Evictions of other processes could not be read: {Reason}")]
        public static partial void Failed(ILogger log, string reason);
    }
}
