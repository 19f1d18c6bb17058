using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>What becomes of work besides being done: it is given back, tried again or let go.</summary>
internal static class OutboxLedger
{
    /// <summary>Claims that nobody will use are ended. What another node has claimed since stays its own.</summary>
    /// <param name="claimed">As they were claimed, all at once.</param>
    public static Task<int> GiveBackAsync(WriteScope scope, IReadOnlyList<OutboxRow> claimed, CancellationToken ct)
    {
        var (ids, until) = (claimed.Select(r => r.Id).ToList(), claimed[0].ClaimedUntil);
        return scope.Db.Outbox.Where(o => ids.Contains(o.Id) && o.ClaimedUntil == until).ExecuteUpdateAsync(set => set.SetProperty(o => o.ClaimedUntil, (DateTimeOffset?)null), ct);
    }

    /// <summary>It is due at once, and has all its tries again.</summary>
    /// <param name="id">Null: all that is parked.</param>
    /// <returns>How many there were.</returns>
    public static Task<int> RetryAsync(WriteScope scope, long? id, CancellationToken ct)
    {
        var now = scope.Now;
        return scope.Db.Outbox.Where(o => o.Parked && (id == null || o.Id == id)).ExecuteUpdateAsync(set => set.SetProperty(o => o.Parked, false).SetProperty(o => o.Attempts, 0).SetProperty(o => o.DueAt, now).SetProperty(o => o.ClaimedUntil, (DateTimeOffset?)null), ct);
    }

    /// <returns>The job's name; null where it is parked no more.</returns>
    public static async Task<string?> DropAsync(WriteScope scope, long id, CancellationToken ct)
    {
        if (await scope.Db.Outbox.AsTracking().FirstOrDefaultAsync(o => o.Id == id && o.Parked, ct) is not { } row) return null;
        scope.Db.Outbox.Remove(row);
        return row.Job;
    }
}
