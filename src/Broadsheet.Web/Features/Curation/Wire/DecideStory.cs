using System.Globalization;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Broadsheet.Web.Features.Curation.Wire;

/// <summary>Takes stories on, gives them to others, puts them off, dismisses them; a decision holds for all outlets' tellings, and can be taken back.</summary>
internal sealed class DecideStory(Writes writes, Notices notices, TimeProvider clock)
{
    private const int MostDays = 60;

    public static void Map(RouteGroupBuilder room)
    {
        room.MapPost("/{id:long}/dismiss/", (HttpContext http, long id, DecideStory action) => action.DismissAsync(http, id));
        room.MapPost("/{id:long}/snooze/", (HttpContext http, long id, DecideStory action) => action.SnoozeAsync(http, id));
        room.MapPost("/{id:long}/assign/", (HttpContext http, long id, DecideStory action) => action.AssignAsync(http, id));
        room.MapPost("/{id:long}/reopen/", (HttpContext http, long id, DecideStory action) => action.ReopenAsync(http, id));
    }

    private async Task<IResult> DismissAsync(HttpContext http, long id)
    {
        var ids = await writes.RunAsync((scope, ct) => WireDecisions.DecideAsync(scope, id, WireState.Dismissed, null, ct), http.RequestAborted);
        return await BackAsync(http, id, ids.Count switch { 0 => "It was decided on already.", 1 => "Dismissed.", var n => $"Dismissed, with {n - 1} other {(n == 2 ? "outlet's telling" : "outlets' tellings")}." }, ids);
    }

    private async Task<IResult> SnoozeAsync(HttpContext http, long id)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var days = int.TryParse(form["days"], NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is > 0 and <= MostDays ? n : 1;
        var ids = await writes.RunAsync((scope, ct) => WireDecisions.DecideAsync(scope, id, WireState.Snoozed, clock.GetUtcNow().AddDays(days), ct), http.RequestAborted);
        return await BackAsync(http, id, ids.Count == 0 ? "It was decided on already." : days == 1 ? "Snoozed until tomorrow." : $"Snoozed for {days} days.", ids);
    }

    private async Task<IResult> AssignAsync(HttpContext http, long id)
    {
        var (ct, person, form) = (http.RequestAborted, CurrentPerson.Of(http)!.Id, await http.Request.ReadFormAsync(http.RequestAborted));
        long? to = long.TryParse(form["to"], NumberStyles.None, CultureInfo.InvariantCulture, out var chosen) && chosen > 0 ? chosen : null;
        var isGiven = form["deed"] == "give";
        var done = await writes.RunAsync((scope, token) => WireDecisions.AssignAsync(scope, id, has => isGiven ? to : has == person ? null : person, token), ct);
        notices.Say(http, done is null ? new DeskShell.Notice("Nothing changed: the story is not here any more, or this person may not curate.") : new DeskShell.Notice(
            done.Now is null ? "It is nobody's." : done.Now == person ? "It is yours." : $"It is with {done.Name}: it stands on their front desk.", $"{WireNames.PathOf(id)}assign/",
            [KeyValuePair.Create("deed", "give"), KeyValuePair.Create("to", done.Before?.ToString(CultureInfo.InvariantCulture) ?? ""), KeyValuePair.Create("back", LocalAddress.Of(form["back"], WireNames.Page))]));
        return await GoAsync(http);
    }

    private async Task<IResult> ReopenAsync(HttpContext http, long id)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var ids = form["ids"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries).Take(100).Select(i => long.TryParse(i, NumberStyles.None, CultureInfo.InvariantCulture, out var one) ? one : 0).Append(id).Distinct().ToList();
        var count = await writes.RunAsync((scope, ct) => WireDecisions.ReopenAsync(scope, ids, ct), http.RequestAborted);
        notices.Say(http, new DeskShell.Notice(count == 0 ? "Nothing changed." : "It is new again."));
        return await GoAsync(http);
    }

    private async Task<IResult> BackAsync(HttpContext http, long id, string message, IReadOnlyList<long> ids)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        notices.Say(http, ids.Count == 0 ? new DeskShell.Notice(message) : new DeskShell.Notice(message, $"{WireNames.PathOf(id)}reopen/", [KeyValuePair.Create("ids", string.Join(',', ids.Take(100))), KeyValuePair.Create("back", LocalAddress.Of(form["back"], WireNames.Page))]));
        return await GoAsync(http);
    }

    private static async Task<RedirectHttpResult> GoAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        return TypedResults.Redirect(LocalAddress.Of(form["back"], WireNames.Page));
    }
}
