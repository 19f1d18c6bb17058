using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Features.Accounts;

/// <summary>Agrees to be named and pictured among those who like something, or no longer.</summary>
internal sealed class NameAmongLikers(Writes writes)
{
    public const string Done = "likes";

    public static void Map(RouteGroupBuilder room) => room.MapPost("/likes/", (HttpContext http, NameAmongLikers action) => action.HandleAsync(http));

    private async Task<IResult> HandleAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (person, shows) = (CurrentPerson.Of(http)!.Id, form["show"].ToString() == "1");
        await writes.RunAsync((scope, ct) => ReaderLedger.ShowLikesAsync(scope, person, shows, ct), http.RequestAborted);
        return TypedResults.Redirect($"{AccountsRoom.Page}?said={Done}");
    }
}
