using Broadsheet.Web.Data;
using Broadsheet.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Caching;

/// <summary>
/// Clears away evictions that every process has long seen, or has given up on (<see cref="EvictionWatcher.LongestGap"/>). The last row stays:
/// ids go on from it.
/// </summary>
internal sealed class ForgetEvictions(IDatabaseEngine engine, Writes writes, TimeProvider clock) : IRecurring
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private const int Batch = 5_000;

    public TimeSpan Every => TimeSpan.FromMinutes(5);

    public async Task<bool> RunAsync(CancellationToken ct)
    {
        var until = clock.GetUtcNow() - Kept;
        await using var db = engine.Open();
        var last = await db.Evictions.MaxAsync(e => (long?)e.Id, ct);
        // In the order of their ids, which is nearly that of their times: an index by time would cost each comment its entry.
        var old = await db.Evictions.Where(e => e.Id < last).OrderBy(e => e.Id).Take(Batch).Where(e => e.At < until).Select(e => e.Id).ToListAsync(ct);
        if (old.Count == 0) return false;
        await writes.RunAsync((scope, token) => EvictionLedger.ForgetAsync(scope, old, token), ct);
        return old.Count == Batch;
    }
}
