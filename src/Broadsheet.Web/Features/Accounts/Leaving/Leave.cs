using Broadsheet.Core;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Accounts.Leaving;

/// <summary>Somebody has their account deleted, after a day in which they can keep it. Only after a fresh sign-in: a browser that was left open deletes nobody.</summary>
internal sealed class Leave(IDatabaseEngine engine, Writes writes, DeskPages pages, TimeProvider clock)
{
    public const string Done = "leaving";
    public const string Stayed = "staying";
    private const string Page = "/account/leave/";

    public static void Map(RouteGroupBuilder room)
    {
        room.MapGet("/leave/", (HttpContext http, Leave action) => action.ShowAsync(http, null));
        room.MapPost("/leave/", (HttpContext http, Leave action) => action.HandleAsync(http));
        room.MapPost("/stay/", (HttpContext http, Leave action) => action.StayAsync(http));
    }

    private async Task<IResult> ShowAsync(HttpContext http, Problem? problem)
    {
        var person = CurrentPerson.Of(http)!;
        if (!person.IsFresh(clock.GetUtcNow())) return SignInAgain();
        await using var db = engine.Open();
        var comments = await db.Comments.CountAsync(c => c.PersonId == person.Id, http.RequestAborted);
        return await pages.ShowAsync<LeavePage>(http, new LeavePage.Content(person.Name, comments, problem?.Message), problem is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict);
    }

    private async Task<IResult> HandleAsync(HttpContext http)
    {
        var (ct, person) = (http.RequestAborted, CurrentPerson.Of(http)!);
        if (!person.IsFresh(clock.GetUtcNow())) return SignInAgain();
        var removes = (await http.Request.ReadFormAsync(ct))["comments"].ToString() == "remove";
        var problem = await writes.RunAsync((scope, token) => LeavingLedger.AskAsync(scope, person.Id, removes, token), ct);
        return problem is null ? TypedResults.Redirect($"{AccountsRoom.Page}?said={Done}") : await ShowAsync(http, problem);
    }

    private async Task<IResult> StayAsync(HttpContext http)
    {
        var id = CurrentPerson.Of(http)!.Id;
        await writes.RunAsync((scope, ct) => LeavingLedger.StayAsync(scope, id, ct), http.RequestAborted);
        return TypedResults.Redirect($"{AccountsRoom.Page}?said={Stayed}");
    }

    private static IResult SignInAgain() => TypedResults.Redirect(FreshSignIn.Address(Page));
}
