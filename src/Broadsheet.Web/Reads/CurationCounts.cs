using System.Globalization;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Reads;

/// <summary>What of curation waits for somebody, for the front desk.</summary>
/// <param name="Stories">New ones, and put-off ones whose day has come; each story once, however many outlets tell it.</param>
/// <param name="Mine">Open ones that this person has taken on or was given; each story once.</param>
/// <param name="Originals">Changed, gone or withdrawn, and not seen.</param>
/// <param name="Outlets">Whose feed is gone or fails.</param>
internal sealed record CurationCounts(int Stories, int Mine, int Originals, int Outlets)
{
    public static async Task<CurationCounts> OfAsync(BroadsheetDb db, long personId, DateTimeOffset now, CancellationToken ct)
    {
        var open = Open(db, now);
        return new CurationCounts(await open.Select(w => w.GroupId).Distinct().CountAsync(ct), await open.Where(w => w.AssignedTo == personId).Select(w => w.GroupId).Distinct().CountAsync(ct), await OriginalLedger.Waiting(db).CountAsync(ct),
            await OutletLedger.Kept(db).CountAsync(o => !o.IsPaused && (o.IsGone || o.Failures > 2), ct));
    }

    /// <summary>Those that this person has taken on or was given, newest first; of a story that several outlets tell, the latest telling.</summary>
    public static async Task<IReadOnlyList<OwnStory>> OwnAsync(BroadsheetDb db, long personId, DateTimeOffset now, int most, CancellationToken ct)
    {
        var own = Open(db, now).Where(w => w.AssignedTo == personId);
        return await own.Where(w => !own.Any(o => o.GroupId == w.GroupId && (o.PublishedAt > w.PublishedAt || (o.PublishedAt == w.PublishedAt && o.Id > w.Id)))).OrderByDescending(w => w.PublishedAt).ThenByDescending(w => w.Id).Take(most).Select(w => new OwnStory(w.Id, w.Title, w.OutletName, w.PublishedAt)).ToListAsync(ct);
    }

    private static IQueryable<WireItem> Open(BroadsheetDb db, DateTimeOffset now) =>
        db.WireItems.Where(w => (w.State == WireState.New || (w.State == WireState.Snoozed && w.SnoozedUntil <= now)) && (w.OutletId == null || db.Outlets.Any(o => o.Id == w.OutletId && o.DeletedAt == null)));
}

internal sealed record OwnStory(long Id, string Title, string Outlet, DateTimeOffset At)
{
    public string Url => string.Create(CultureInfo.InvariantCulture, $"/newsroom/wire/{Id}/");
}
