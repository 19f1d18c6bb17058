using System.Globalization;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Curation.Wire;

/// <summary>What came in, newest first: one row for a story, with the other outlets that tell it; narrowed by standing, outlet, who has it, language and words.</summary>
internal sealed class ShowWire(IDatabaseEngine engine, ReaderSites sites, PublicAddress address, DeskPages pages, TimeProvider clock)
{
    private const int PageSize = 40;

    public static void Map(RouteGroupBuilder room) => room.MapGet("/", (HttpContext http, ShowWire action) => action.ShowAsync(http));

    private async Task<IResult> ShowAsync(HttpContext http)
    {
        var (ct, query, person, site) = (http.RequestAborted, http.Request.Query, CurrentPerson.Of(http)!, await sites.OfAsync(http));
        var filter = new WireFilter(WireNames.States.Any(s => s.Key == query["state"]) ? query["state"].ToString() : "new",
            long.TryParse(query["outlet"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null,
            long.TryParse(query["with"], NumberStyles.None, CultureInfo.InvariantCulture, out var with) ? with : null,
            query["language"].ToString() is { Length: > 0 and <= 35 } tag ? tag : null, query["q"].ToString().Replace("\0", "", StringComparison.Ordinal).Trim() is { Length: <= 200 } q ? q : "");
        var page = int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is > 0 and < 10_000 ? n : 1;
        await using var db = engine.Open();
        var rows = await filter.Apply(db, person.Id, clock.GetUtcNow()).OrderByDescending(w => w.PublishedAt).ThenByDescending(w => w.Id).Skip((page - 1) * PageSize).Take(PageSize + 1).Select(WireRow.From).ToListAsync(ct);
        var groups = rows.Select(r => r.GroupId).Distinct().ToList();
        var ids = rows.Select(r => r.Id).ToList();
        var others = rows.Count == 0 ? [] : await WireFilter.Visible(db).Where(w => groups.Contains(w.GroupId) && !ids.Contains(w.Id)).OrderBy(w => w.PublishedAt).Take(500).Select(WireRow.From).ToListAsync(ct);
        var languages = await WireFilter.Visible(db).Where(w => w.Language != null).Select(w => w.Language!).Distinct().OrderBy(l => l).Take(50).ToListAsync(ct);
        var outlets = await OutletLedger.Kept(db).OrderBy(o => o.Name).Take(1_000).Select(o => KeyValuePair.Create(o.Id, o.Name)).ToListAsync(ct);
        return await pages.ShowAsync<WirePage>(http, new WirePage.Content
        {
            Filter = new WirePage.Filters(filter.State, filter.Outlet, filter.With, filter.Language ?? "", filter.Words),
            Here = $"{http.Request.Path}{http.Request.QueryString}",
            Outlets = outlets,
            Languages = languages,
            Curators = WireRow.CuratorsOf(site),
            Rows = [.. rows.Take(PageSize).Select(r => r.ToView(site, person.Id, others.Where(o => o.GroupId == r.GroupId)))],
            Newer = page > 1 ? Url(query, page - 1) : null,
            Older = rows.Count > PageSize ? Url(query, page + 1) : null,
            Nominate = NominateStory.Bookmarklet(address.Of(http.Request)),
        });
    }

    private static string Url(IQueryCollection query, int page)
    {
        var kept = query.Where(q => q.Key is "state" or "outlet" or "with" or "language" or "q").SelectMany(q => q.Value, (q, value) => KeyValuePair.Create(q.Key, value));
        return QueryHelpers.AddQueryString(WireNames.Page, kept.Append(KeyValuePair.Create("page", (string?)page.ToString(CultureInfo.InvariantCulture))));
    }
}
