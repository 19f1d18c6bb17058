using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Features.Accounts;

/// <summary>Takes a login elsewhere away from one's account, unless nothing else would be left to sign in by.</summary>
internal sealed class RemoveLogin(Writes writes, TimeProvider clock)
{
    public const string Done = "login-removed";
    public const string Last = "login-last";

    public static void Map(RouteGroupBuilder room) => room.MapPost("/ways/remove/", (HttpContext http, RemoveLogin action) => action.HandleAsync(http));

    private async Task<IResult> HandleAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (!CurrentPerson.Of(http)!.IsFresh(clock.GetUtcNow())) return TypedResults.Redirect(FreshSignIn.Address($"{AccountsRoom.Page}#ways"));
        var (person, provider, key) = (CurrentPerson.Of(http)!.Id, form["provider"].ToString(), form["key"].ToString());
        var isDone = await writes.RunAsync((scope, ct) => LoginLedger.RemoveAsync(scope, person, provider, key, ct), http.RequestAborted);
        return TypedResults.Redirect($"{AccountsRoom.Page}?said={(isDone ? Done : Last)}");
    }
}
