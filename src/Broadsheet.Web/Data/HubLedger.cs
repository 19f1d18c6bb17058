using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Subscriptions at hubs (WebSub): asked for, confirmed by the hub, renewed before they end.</summary>
internal static class HubLedger
{
    /// <summary>A subscription is renewed so long before its end.</summary>
    public static readonly TimeSpan Early = TimeSpan.FromDays(1);

    private static readonly TimeSpan Again = TimeSpan.FromHours(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>Those whose hub is to be asked now: not yet, or not for long; and not a moment ago.</summary>
    public static IQueryable<Outlet> Due(BroadsheetDb db, DateTimeOffset now)
    {
        var (soon, lately) = (now + Early, now - Again);
        return OutletLedger.Kept(db).Where(o => o.HubUrl != null && o.TopicUrl != null && !o.IsPaused && !o.IsGone && (o.HubUntil == null || o.HubUntil < soon) && (o.HubAskedAt == null || o.HubAskedAt < lately));
    }

    /// <summary>Notes that the hub is being asked, and under which name and secret it will answer.</summary>
    /// <param name="secret">Null where the hub is not reached safely: then what it brings is not believed, and the outlet asked instead.</param>
    /// <returns>Whether it is this server's turn.</returns>
    public static async Task<bool> AskAsync(WriteScope scope, long id, string key, string? secret, CancellationToken ct)
    {
        var lately = scope.Now - Again;
        return await scope.Db.Outlets.Where(o => o.Id == id && (o.HubAskedAt == null || o.HubAskedAt < lately))
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.HubAskedAt, scope.Now).SetProperty(o => o.HubKey, o => o.HubKey ?? key).SetProperty(o => o.HubSecret, o => o.HubSecret ?? secret), ct) > 0;
    }

    public static Task<Outlet?> FindAsync(BroadsheetDb db, string key, CancellationToken ct) => OutletLedger.Kept(db).FirstOrDefaultAsync(o => o.HubKey == key, ct);

    /// <param name="lease">As the hub gives it; at least an hour and at most 30 days count.</param>
    public static Task ConfirmAsync(WriteScope scope, long id, TimeSpan lease, CancellationToken ct)
    {
        var until = scope.Now + (lease < Again ? Again : lease > Longest ? Longest : lease);
        return scope.Db.Outlets.Where(o => o.Id == id).ExecuteUpdateAsync(set => set.SetProperty(o => o.HubUntil, until), ct);
    }

    public static Task EndAsync(WriteScope scope, long id, CancellationToken ct) =>
        scope.Db.Outlets.Where(o => o.Id == id).ExecuteUpdateAsync(set => set.SetProperty(o => o.HubUntil, (DateTimeOffset?)null), ct);
}
