using System.Globalization;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Accounts;

/// <summary>What moderators have said to somebody, who says that they read it.</summary>
internal sealed class ReadWarnings(IDatabaseEngine engine, Writes writes, PublicationStore publications, DeskPages pages)
{
    private const int Most = 50;

    public static void Map(RouteGroupBuilder own)
    {
        own.MapGet("/warnings/", (HttpContext http, ReadWarnings action) => action.ShowAsync(http));
        own.MapPost("/warnings/", (HttpContext http, ReadWarnings action) => action.ReadAsync(http));
    }

    private async Task<IResult> ShowAsync(HttpContext http)
    {
        var (publication, me) = (await publications.GetAsync(http.RequestAborted), CurrentPerson.Of(http)!.Id);
        await using var db = engine.Open();
        var warnings = await db.Warnings.Where(w => w.PersonId == me).OrderBy(w => w.ReadAt != null).ThenByDescending(w => w.Id).Take(Most).ToListAsync(http.RequestAborted);
        return await pages.ShowAsync<WarningsPage>(http, new WarningsPage.Content([.. warnings.Select(w => new WarningsPage.Row(w.Id, w.Words, DeskTime.Of(publication, w.At), w.ReadAt is not null))]));
    }

    private async Task<IResult> ReadAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (long.TryParse(form["warning"], NumberStyles.None, CultureInfo.InvariantCulture, out var id)) await writes.RunAsync((scope, ct) => CommenterLedger.ReadAsync(scope, id, CurrentPerson.Of(http)!.Id, ct), http.RequestAborted);
        return TypedResults.Redirect("/account/warnings/");
    }
}
