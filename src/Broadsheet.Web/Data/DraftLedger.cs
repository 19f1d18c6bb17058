using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Who is at an article, and the words of theirs that are not saved yet.</summary>
internal static class DraftLedger
{
    /// <summary>An editor is heard of every 20 seconds.</summary>
    public static readonly TimeSpan Absent = TimeSpan.FromSeconds(60);

    /// <summary>Words that nobody came back for.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <param name="fields">Null where only the presence is told; of what was never saved, that alone leaves no trace.</param>
    public static async Task KeepAsync(WriteScope scope, long personId, ArticleKind kind, long articleId, long draft, string? fields, CancellationToken ct)
    {
        // On PostgreSQL two requests of one browser may come at once: the second waits at its person, and then finds the row.
        await scope.Db.Users.Where(p => p.Id == personId).ExecuteUpdateAsync(set => set.SetProperty(p => p.Role, p => p.Role), ct);
        var row = await scope.Db.DeskDrafts.AsTracking().FirstOrDefaultAsync(d => d.PersonId == personId && d.Kind == kind && d.ArticleId == articleId && d.Draft == draft, ct);
        if (row is null && fields is null && articleId == 0) return;
        if (row is null) scope.Db.DeskDrafts.Add(row = new DeskDraft { PersonId = personId, Kind = kind, ArticleId = articleId, Draft = draft, Since = scope.Now });
        else if (scope.Now - row.SeenAt > Absent) (row.Since, row.TakenById) = (scope.Now, null);
        row.SeenAt = scope.Now;
        if (fields is not null) (row.Fields, row.KeptAt) = (fields, scope.Now);
    }

    /// <summary>Saved, or not wanted.</summary>
    public static Task DropAsync(WriteScope scope, long personId, ArticleKind kind, long articleId, long draft, CancellationToken ct) =>
        scope.Db.DeskDrafts.Where(d => d.PersonId == personId && d.Kind == kind && d.ArticleId == articleId && d.Draft == draft).ExecuteUpdateAsync(set => set.SetProperty(d => d.Fields, (string?)null).SetProperty(d => d.KeptAt, (DateTimeOffset?)null), ct);

    /// <summary>Tells the others who are there that somebody has taken over; their words stay theirs.</summary>
    public static async Task TakeOverAsync(WriteScope scope, long personId, ArticleKind kind, long articleId, CancellationToken ct)
    {
        long? by = personId;
        await scope.Db.DeskDrafts.Where(d => d.Kind == kind && d.ArticleId == articleId && d.PersonId != personId).ExecuteUpdateAsync(set => set.SetProperty(d => d.TakenById, by), ct);
        await scope.Db.DeskDrafts.Where(d => d.Kind == kind && d.ArticleId == articleId && d.PersonId == personId).ExecuteUpdateAsync(set => set.SetProperty(d => d.TakenById, (long?)null), ct);
    }

    /// <summary>Forgets who has gone and left nothing, and what is too old.</summary>
    public static Task<int> ForgetAsync(WriteScope scope, CancellationToken ct)
    {
        var (gone, old) = (scope.Now - TimeSpan.FromDays(1), scope.Now - Kept);
        return scope.Db.DeskDrafts.Where(d => (d.Fields == null && d.SeenAt < gone) || d.SeenAt < old).ExecuteDeleteAsync(ct);
    }

    /// <summary>Others who are at an article now, who came first first; each once, in however many windows.</summary>
    public static async Task<List<(string Name, DateTimeOffset Since)>> OthersAsync(BroadsheetDb db, long personId, ArticleKind kind, long articleId, DateTimeOffset now, CancellationToken ct)
    {
        var since = now - Absent;
        var rows = await db.DeskDrafts.Where(d => d.Kind == kind && d.ArticleId == articleId && d.PersonId != personId && d.SeenAt >= since && d.TakenById == null)
            .Join(db.Users, d => d.PersonId, p => p.Id, (d, p) => new { p.Id, p.DisplayName, d.Since }).OrderBy(r => r.Since).Take(100).ToListAsync(ct);
        return [.. rows.DistinctBy(r => r.Id).Take(10).Select(r => (r.DisplayName, r.Since))];
    }
}
