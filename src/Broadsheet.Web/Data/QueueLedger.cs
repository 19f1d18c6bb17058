using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Keeps the lengths of the moderators' queues, in the writes that change them.</summary>
internal static class QueueLedger
{
    /// <summary>Told whenever a queue has changed: by this tag, no page is kept.</summary>
    public const string Tag = "queues";

    /// <summary>Rows made into one at a time.</summary>
    private const int Most = 5_000;

    /// <summary>A comment comes, goes, or changes its standing.</summary>
    /// <param name="before">Null for one that comes.</param>
    /// <param name="after">Null for one that goes.</param>
    public static void Move(WriteScope scope, Standing? before, Standing? after)
    {
        if (QueueOf(before) is { } from) Count(scope, from, -1);
        if (QueueOf(after) is { } to) Count(scope, to, 1);
    }

    /// <summary>Comments that came together.</summary>
    public static void Count(WriteScope scope, IEnumerable<Comment> added)
    {
        foreach (var (standing, count) in added.CountBy(c => c.Standing))
            if (QueueOf(standing) is { } queue) Count(scope, queue, count);
    }

    public static void Count(WriteScope scope, Queue queue, long delta)
    {
        if (delta == 0) return;
        scope.Later(CommentStatements.CountQueue, (int)queue, delta);
        scope.EvictSoon(Tag);
    }

    public static async Task<IReadOnlyDictionary<Queue, int>> LengthsAsync(BroadsheetDb db, CancellationToken ct) =>
        (await db.QueueCounts.GroupBy(c => c.Queue).Select(g => new { g.Key, Sum = g.Sum(c => c.Delta) }).ToListAsync(ct)).ToDictionary(c => c.Key, c => (int)Math.Clamp(c.Sum, 0, int.MaxValue));

    /// <summary>Makes the rows of each queue into one.</summary>
    /// <returns>There may be more.</returns>
    public static async Task<bool> FoldAsync(WriteScope scope, CancellationToken ct)
    {
        var rows = await scope.Db.QueueCounts.OrderBy(c => c.Id).Take(Most).ToListAsync(ct);
        if (rows.Count < 2 * Enum.GetValues<Queue>().Length) return false;
        var ids = rows.ConvertAll(r => r.Id);
        // Another process may have taken the same ones: then all of this is taken back, and nothing counts twice.
        if (await scope.Db.QueueCounts.Where(c => ids.Contains(c.Id)).ExecuteDeleteAsync(ct) != rows.Count) throw new InvalidOperationException("The queues are being counted by another process.");
        foreach (var queue in rows.GroupBy(r => r.Queue)) scope.Db.QueueCounts.Add(new QueueCount { Queue = queue.Key, Delta = queue.Sum(r => r.Delta) });
        return rows.Count == Most;
    }

    private static Queue? QueueOf(Standing? standing) => standing switch { Standing.Held => Queue.Held, Standing.Spam => Queue.Spam, Standing.Trashed => Queue.Trash, _ => null };
}
