using System.Globalization;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Theming;
using Broadsheet.Web.Theming.Views;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Moderation.Numbers;

/// <summary>What moderation came to, month by month, for everyone, where the publication wishes so.</summary>
internal sealed class ShowNumbers(IDatabaseEngine engine, ReaderSites sites, PageViews views)
{
    private const int Months = 24;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/discussion/numbers/", (HttpContext http, ShowNumbers action) => action.ShowAsync(http));

    private async Task<IResult> ShowAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        var site = await sites.OfAsync(http);
        http.Response.Headers.CacheControl = "no-cache";
        if (!site.Publication.ShowsModeration)
            return new ThemedPage("error", views.Site(site, "/"), HeadViews.Page(site, "Nothing here", "", null, "noindex"), StatusCodes.Status404NotFound).With("error", new ErrorView(StatusCodes.Status404NotFound, "Nothing here", "This publication does not show its numbers of moderation.", []));
        await using var db = engine.Open();
        var months = await db.ModerationDays.GroupBy(d => new { d.Day.Year, d.Day.Month }).OrderByDescending(g => g.Key.Year).ThenByDescending(g => g.Key.Month).Take(Months)
            .Select(g => new { g.Key.Year, g.Key.Month, Received = g.Sum(d => d.Received), Held = g.Sum(d => d.Held), Caught = g.Sum(d => d.Caught), Removed = g.Sum(d => d.Removed), Reports = g.Sum(d => d.Reports), Appeals = g.Sum(d => d.Appeals), Granted = g.Sum(d => d.Granted), Notices = g.Sum(d => d.Notices) }).ToListAsync(ct);
        string Number(int n) => n.ToString("N0", site.Culture);
        var view = new NumbersView([.. months.Select(m => new MonthView(new DateTime(m.Year, m.Month, 1).ToString("Y", site.Culture), Number(m.Received), Number(m.Held), Number(m.Caught), Number(m.Removed), Number(m.Reports), Number(m.Appeals), Number(m.Granted), Number(m.Notices)))]);
        return new ThemedPage("numbers", views.Site(site, "/discussion/numbers/"), HeadViews.Page(site, "How comments are moderated here", "", null, null)).With("numbers", view);
    }
}
