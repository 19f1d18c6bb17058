using System.Globalization;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Features.SignIn.Devices;

/// <summary>Signs out another of one's browsers, all others, or all.</summary>
internal sealed class EndSessions(Writes writes, Sessions sessions)
{
    public const string One = "one";
    public const string Others = "others";

    public static void Map(RouteGroupBuilder own) => own.MapPost("/sessions/", (HttpContext http, EndSessions action) => action.HandleAsync(http));

    private async Task<IResult> HandleAsync(HttpContext http)
    {
        var (ct, person) = (http.RequestAborted, CurrentPerson.Of(http)!);
        var form = await http.Request.ReadFormAsync(ct);
        switch (form["all"].ToString())
        {
            case "all":
                await writes.RunAsync((scope, token) => SessionLedger.EndAllAsync(scope, person.Id, null, token), ct);
                await sessions.EndAsync(http);
                return TypedResults.Redirect("/account/sign-in/");
            case "others":
                await writes.RunAsync((scope, token) => SessionLedger.EndAllAsync(scope, person.Id, person.SessionId, token), ct);
                return TypedResults.Redirect($"{ShowSessions.Page}?said={Others}");
        }
        if (long.TryParse(form["session"], NumberStyles.None, CultureInfo.InvariantCulture, out var id)) await writes.RunAsync((scope, token) => SessionLedger.EndAsync(scope, person.Id, id, token), ct);
        return TypedResults.Redirect($"{ShowSessions.Page}?said={One}");
    }
}
