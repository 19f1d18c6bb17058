using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Accounts;

/// <summary>Makes the comments that somebody wrote as a guest, from an address that they have proven since, those of their account.</summary>
internal sealed class ClaimComments(IDatabaseEngine engine, Writes writes, ReaderSites sites, DeskPages pages)
{
    public const string Done = "claimed";
    private const int Shown = 50;

    public static void Map(RouteGroupBuilder room)
    {
        room.MapGet("/claim/", (HttpContext http, ClaimComments action) => action.ShowAsync(http));
        room.MapPost("/claim/", (HttpContext http, ClaimComments action) => action.HandleAsync(http));
    }

    private async Task<IResult> ShowAsync(HttpContext http)
    {
        var (ct, id) = (http.RequestAborted, CurrentPerson.Of(http)!.Id);
        await using var db = engine.Open();
        if (await ProfileLedger.OfGuestAsync(db, id, ct) is not { } guest || await guest.CountAsync(ct) is var count && count == 0) return TypedResults.Redirect(AccountsRoom.Page);
        var newest = await OwnCommentRows.ReadAsync(db, await sites.OfAsync(http), guest.OrderByDescending(c => c.At).ThenByDescending(c => c.Id).Take(Shown), ct);
        return await pages.ShowAsync<ClaimPage>(http, new ClaimPage.Content(count, newest));
    }

    private async Task<IResult> HandleAsync(HttpContext http)
    {
        var id = CurrentPerson.Of(http)!.Id;
        await writes.RunAsync((scope, ct) => ProfileLedger.ClaimAsync(scope, id, ct), http.RequestAborted);
        return TypedResults.Redirect($"{AccountsRoom.Page}?said={Done}");
    }
}
