using Broadsheet.Core;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Makes and unmakes rules for addresses at which nothing is, and keeps which of those readers ask for.</summary>
internal static class RedirectLedger
{
    /// <summary>Whoever holds the rules in memory reads them again.</summary>
    public const string Tag = "redirections";

    public const int Most = 5_000;

    /// <summary>Addresses that lead nowhere are kept so many, for so long.</summary>
    public const int MostMissed = 2_000;
    public static readonly TimeSpan MissedFor = TimeSpan.FromDays(90);

    /// <summary>In place of the rule of the same address, where there is one.</summary>
    /// <param name="by">Null where nobody asked for it.</param>
    /// <returns>What stood there before, to bring back; null for nothing. Or a problem of the field <c>from</c> or <c>to</c>.</returns>
    public static async Task<Outcome<Redirection?>> PutAsync(WriteScope scope, RedirectRule rule, long? by, CancellationToken ct)
    {
        var db = scope.Db;
        var all = await db.Redirections.AsNoTracking().Select(r => new RedirectRule(r.Source, r.Target, r.Kind)).ToListAsync(ct);
        if (RedirectRules.IsCircle(all, rule)) return new Problem("to", "With the other rules it would lead readers round in a circle.");
        var folded = rule.From.ToLowerInvariant();
        var stored = await db.Redirections.AsTracking().FirstOrDefaultAsync(r => r.Folded == folded, ct);
        var before = stored is null ? null : new Redirection { Source = stored.Source, Target = stored.Target, Kind = stored.Kind };
        if (stored is null)
        {
            if (all.Count >= Most) return new Problem("from", $"There are {Most:N0} rules already: delete some, or say several in one with a star.");
            db.Redirections.Add(stored = new Redirection { Folded = folded });
        }
        (stored.Source, stored.Target, stored.Kind, stored.PersonId, stored.At) = (rule.From, rule.To, rule.Kind, by, scope.Now);
        if (!rule.IsPrefix) await db.MissedAddresses.Where(m => m.Path == rule.From).ExecuteDeleteAsync(ct);
        scope.EvictSoon(Tag);
        return before;
    }

    /// <returns>The rule that was there; null where it is gone already.</returns>
    public static async Task<Redirection?> DeleteAsync(WriteScope scope, long id, CancellationToken ct)
    {
        if (await scope.Db.Redirections.AsTracking().FirstOrDefaultAsync(r => r.Id == id, ct) is not { } stored) return null;
        scope.Db.Redirections.Remove(stored);
        scope.EvictSoon(Tag);
        return stored;
    }

    public static Task<int> ForgetMissedAsync(WriteScope scope, string path, CancellationToken ct) => scope.Db.MissedAddresses.Where(m => m.Path == path).ExecuteDeleteAsync(ct);

    public static void CountHit(WriteScope scope, string from, int hits) => scope.Later("UPDATE redirections SET hits = hits + $1, last_hit_at = $2 WHERE folded = $3", hits, scope.Now, from.ToLowerInvariant());

    /// <summary>Adds to those that are known, and takes in new ones while there is room.</summary>
    public static async Task CountMissedAsync(WriteScope scope, IReadOnlyList<MissedAddress> missed, CancellationToken ct)
    {
        var room = MostMissed - await scope.Db.MissedAddresses.CountAsync(ct);
        var paths = missed.Select(m => m.Path).ToList();
        var known = (await scope.Db.MissedAddresses.Where(m => paths.Contains(m.Path)).Select(m => m.Path).ToListAsync(ct)).ToHashSet(StringComparer.Ordinal);
        foreach (var one in missed.Where(m => known.Contains(m.Path) || room-- > 0))
            scope.Later("""
                INSERT INTO missed_addresses (path, hits, first_at, last_at, linked_from) VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT (path) DO UPDATE SET hits = missed_addresses.hits + excluded.hits, last_at = excluded.last_at, linked_from = CASE WHEN excluded.linked_from = '' THEN missed_addresses.linked_from ELSE excluded.linked_from END
                """, one.Path, one.Hits, scope.Now, scope.Now, one.LinkedFrom);
    }

    /// <summary>Those that nobody asked for lately, and, where there is little room, those that were asked for once.</summary>
    public static async Task PurgeMissedAsync(WriteScope scope, CancellationToken ct)
    {
        var (old, week) = (scope.Now - MissedFor, scope.Now - TimeSpan.FromDays(7));
        await scope.Db.MissedAddresses.Where(m => m.LastAt < old).ExecuteDeleteAsync(ct);
        if (await scope.Db.MissedAddresses.CountAsync(ct) > MostMissed / 2) await scope.Db.MissedAddresses.Where(m => m.Hits == 1 && m.LastAt < week).ExecuteDeleteAsync(ct);
    }
}
