using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Curation.Wire;

/// <summary>Which stories are shown.</summary>
/// <param name="State">One of <see cref="WireNames.States"/>.</param>
/// <param name="With">Who has it; 0 for nobody, null for anybody.</param>
/// <param name="Language">A tag of BCP 47; null for any.</param>
/// <param name="Words">As typed; empty for all.</param>
internal sealed record WireFilter(string State, long? Outlet, long? With, string? Language, string Words)
{
    /// <summary>Those of outlets that are here, and those given by hand.</summary>
    public static IQueryable<WireItem> Visible(BroadsheetDb db) => db.WireItems.Where(w => w.OutletId == null || db.Outlets.Any(o => o.Id == w.OutletId && o.DeletedAt == null));

    /// <summary>Of a story that several outlets tell, the latest telling alone, where nothing asks for one outlet's.</summary>
    public IQueryable<WireItem> Apply(BroadsheetDb db, long personId, DateTimeOffset now)
    {
        var visible = Visible(db);
        var found = State switch
        {
            "mine" => visible.Where(w => w.AssignedTo == personId && w.State != WireState.Dismissed && w.State != WireState.Taken),
            "snoozed" => visible.Where(w => w.State == WireState.Snoozed && w.SnoozedUntil > now),
            "taken" => visible.Where(w => w.State == WireState.Taken),
            "dismissed" => visible.Where(w => w.State == WireState.Dismissed),
            "all" => visible,
            _ => visible.Where(w => w.State == WireState.New || (w.State == WireState.Snoozed && w.SnoozedUntil <= now)),
        };
        if (State is "new" or "mine" && Outlet is null && With is null && Language is null && Words.Length == 0)
        {
            var all = found;
            found = found.Where(w => !all.Any(o => o.GroupId == w.GroupId && (o.PublishedAt > w.PublishedAt || (o.PublishedAt == w.PublishedAt && o.Id > w.Id))));
        }
        if (Outlet is { } outlet) found = found.Where(w => w.OutletId == outlet);
        if (With is { } with) found = with == 0 ? found.Where(w => w.AssignedTo == null) : found.Where(w => w.AssignedTo == with);
        if (Language is { } language) found = found.Where(w => w.Language == language);
        foreach (var word in SearchWords.Fold(Words).Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(SearchWords.MaxTerms)) found = found.Where(w => w.Folded.Contains(word));
        return found;
    }
}
