using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>What was found where republished stories stood, and which findings wait for an editor.</summary>
internal static class OriginalLedger
{
    private static readonly int[] Days = [1, 3, 7, 30];
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    /// <summary>Those whose turn it is, of articles that are not in the trash and outlets that are looked at.</summary>
    public static IQueryable<OriginalCheck> Due(BroadsheetDb db, DateTimeOffset now) => db.OriginalChecks.Where(c => c.NextAt <= now && db.Articles.Any(a => a.Id == c.ArticleId && a.Status != ArticleStatus.Trashed)
        && !db.WireItems.Any(w => w.ArticleId == c.ArticleId && db.Outlets.Any(o => o.Id == w.OutletId && !o.ChecksOriginals)));

    /// <summary>Findings that no editor has seen.</summary>
    public static IQueryable<OriginalCheck> Waiting(BroadsheetDb db) => db.OriginalChecks.Where(c => c.Finding != OriginalFinding.Same && c.SeenAt == null);

    /// <summary>Takes the turn: of two servers on one database, one gets it.</summary>
    public static async Task<bool> ClaimAsync(WriteScope scope, long articleId, CancellationToken ct)
    {
        var later = scope.Now.AddHours(1);
        return await scope.Db.OriginalChecks.Where(c => c.ArticleId == articleId && c.NextAt <= scope.Now).ExecuteUpdateAsync(set => set.SetProperty(c => c.NextAt, later), ct) > 0;
    }

    /// <summary>Notes what was found; a finding that is new waits for an editor, also where an older one was seen.</summary>
    /// <param name="finding">Null: it could not be looked at, which says nothing; it is tried again tomorrow.</param>
    /// <param name="text">The original's words, kept the first time.</param>
    public static async Task FoundAsync(WriteScope scope, long articleId, OriginalFinding? finding, int likeness, string? text, CancellationToken ct)
    {
        if (await scope.Db.OriginalChecks.AsTracking().FirstOrDefaultAsync(c => c.ArticleId == articleId, ct) is not { } check) return;
        check.LookedAt = scope.Now;
        if (finding is not { } found)
        {
            check.NextAt = scope.Now.AddDays(1);
            return;
        }
        check.Text ??= text;
        check.Looks++;
        check.NextAt = scope.Now + (check.Looks < Days.Length ? TimeSpan.FromDays(Days[check.Looks] - Days[check.Looks - 1]) : Month);
        if (found != check.Finding || (found == OriginalFinding.Changed && likeness < check.Likeness))
        {
            (check.Finding, check.FoundAt, check.SeenAt) = (found, scope.Now, null);
        }
        check.Likeness = likeness;
    }

    /// <returns>Whether there was something to see.</returns>
    public static async Task<bool> SeeAsync(WriteScope scope, long articleId, bool isSeen, CancellationToken ct)
    {
        DateTimeOffset? at = isSeen ? scope.Now : null;
        return await scope.Db.OriginalChecks.Where(c => c.ArticleId == articleId && c.Finding != OriginalFinding.Same && (c.SeenAt == null) == isSeen).ExecuteUpdateAsync(set => set.SetProperty(c => c.SeenAt, at), ct) > 0;
    }
}
