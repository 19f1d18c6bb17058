using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Caching;

/// <summary>
/// Reads what other processes (an import, another node) have evicted, at most half a second later, and forgets it here too. Goes by
/// the rows' ids, so that no clock is compared with another, and what a failed look did not see, the next one does.
/// </summary>
internal sealed partial class EvictionWatcher(IDatabaseEngine engine, IEnumerable<ICommitObserver> observers, SeenEvictions seen, EvictionLog log, EvictionPosition position, Knocks knocks, TimeProvider clock, ILogger<EvictionWatcher> logger) : BackgroundService
{
    /// <summary>After so long without a look, rows may have been cleared away unread: what is held is not to be trusted.</summary>
    public static readonly TimeSpan LongestGap = TimeSpan.FromMinutes(10);

    /// <summary>Ids are given just before commits, so that a smaller one may show up after a greater. One that is not there after this long was rolled back.</summary>
    private static readonly TimeSpan Awaited = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>After a knock, for so long no other is heard: under many writes, one look is for all of them.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(20);

    private const int Batch = 5_000;

    /// <summary>At a first look, those that are committing just now are among so many last ids.</summary>
    private const int Committing = 1_000;

    /// <summary>At a first look, so many rows say which of other nodes' pages are fresh; a row more than that makes a page older.</summary>
    private const int History = 5_000;

    private readonly ICommitObserver[] _observers = [.. observers.Where(o => o is not (SeenEvictions or EvictionLog))];

    /// <summary>Ids below the highest that were not there, and when that was first noticed.</summary>
    private readonly Dictionary<long, long> _missing = [];

    private long? _counter;
    private long? _lookedAt;
    private long _highest;

    /// <summary>Evictions up to this id were carried out by forgetting everything.</summary>
    private long _forgotten;
    private (long Highest, long At) _earlier;
    private bool _isFailing;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await LookAsync(stoppingToken);
                if (_isFailing) Log.Again(logger);
                _isFailing = false;
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                // Once for all looks that fail in a row: they come twice a second.
                if (!_isFailing) Log.Failed(logger, problem.Message);
                _isFailing = true;
            }
            await Task.Delay(Breath, clock, stoppingToken);
            await knocks.WaitAsync(Interval, clock, stoppingToken);
        }
    }

    internal async Task LookAsync(CancellationToken ct)
    {
        var now = clock.GetTimestamp();
        var counter = await engine.ChangeCounterAsync(ct);
        var isGap = _lookedAt is not { } last || clock.GetElapsedTime(last, now) > LongestGap;
        if (isGap || counter is null || counter != _counter || _missing.Count > 0)
        {
            await using var db = engine.Open();
            if (isGap) await StartAnewAsync(db, ct);
            var floor = await ReadAsync(db, now, ct);
            if (isGap) log.Begin(floor);
            position.Reached(_missing.Count == 0 ? _highest : _missing.Keys.Min() - 1);
        }
        (_counter, _lookedAt) = (counter, now);
    }

    /// <summary>What was evicted up to now is unknown: nothing that is held may stay.</summary>
    private async Task StartAnewAsync(BroadsheetDb db, CancellationToken ct)
    {
        var highest = await db.Evictions.MaxAsync(e => (long?)e.Id, ct) ?? 0;
        _highest = Math.Max(0, highest - (log.IsKept ? History : Committing));
        _missing.Clear();
        _forgotten = Math.Max(0, highest - Committing);
        log.Missed();
        foreach (var observer in _observers) observer.Missed();
    }

    /// <returns>The highest id that has no row, of those between the last look and this one; what was before them where all have one.</returns>
    private async Task<long> ReadAsync(BroadsheetDb db, long now, CancellationToken ct)
    {
        var gap = _highest;
        if (_missing.Count > 0)
        {
            var ids = _missing.Keys.ToArray();
            var late = await db.Evictions.Where(e => ids.Contains(e.Id)).OrderBy(e => e.Id).ToListAsync(ct);
            foreach (var eviction in late) _missing.Remove(eviction.Id);
            CarryOut(late);
            foreach (var (id, at) in _missing)
                if (clock.GetElapsedTime(at, now) > Awaited) _missing.Remove(id);
        }
        List<Eviction> rows;
        do
        {
            var after = _highest;
            rows = await db.Evictions.Where(e => e.Id > after).OrderBy(e => e.Id).Take(Batch).ToListAsync(ct);
            foreach (var eviction in rows)
            {
                if (eviction.Id > _highest + 1) gap = eviction.Id - 1;
                for (var id = Math.Max(_highest + 1, eviction.Id - Committing); id < eviction.Id; id++) _missing[id] = now;
                _highest = eviction.Id;
            }
            CarryOut(rows);
        }
        while (rows.Count == Batch);
        if (clock.GetElapsedTime(_earlier.At, now) <= Awaited) return gap;
        seen.ForgetUpTo(_earlier.Highest - Committing);
        _earlier = (_highest, now);
        return gap;
    }

    private void CarryOut(List<Eviction> rows)
    {
        log.Committed(rows);
        // What came before a first look, the observers have forgotten already: with all they held.
        var fresh = rows.FindAll(e => e.Id > _forgotten && !seen.Take(e.Id));
        if (fresh.Count > 0) foreach (var observer in _observers) observer.Committed(fresh);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1010, Level = LogLevel.Warning, Message = "Evictions of other processes could not be read: {Reason}")]
        public static partial void Failed(ILogger log, string reason);

        [LoggerMessage(EventId = 1011, Level = LogLevel.Warning, Message = "Evictions of other processes are read again")]
        public static partial void Again(ILogger log);
    }
}
