using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;

namespace Broadsheet.Web.Features.SignIn.Passkeys;

/// <summary>Signs in by a passkey that the browser offers: nothing is typed. One that has recognised its owner is both of two steps.</summary>
internal sealed class SignInWithPasskey(IDatabaseEngine engine, Writes writes, DeskPages pages, PasskeyCeremonies ceremonies, SignInDoor door)
{
    private const string Wrong = "This passkey did not sign you in: it is not (or no longer) known here, or it took too long. Try again, or choose another way.";

    public static void Map(RouteGroupBuilder account)
    {
        account.MapPost("/sign-in/passkey/options/", async (HttpContext http, PasskeyCeremonies ceremonies) => TypedResults.Text(await ceremonies.OptionsToUseAsync(http), "application/json"));
        account.MapPost("/sign-in/passkey/", (HttpContext http, SignInWithPasskey action) => action.HandleAsync(http));
    }

    private async Task<IResult> HandleAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        var form = await http.Request.ReadFormAsync(ct);
        var returnUrl = LocalAddress.Of(form["returnUrl"], "");
        if (await ceremonies.UsedAsync(http, form["credential"].ToString()) is not { } proof) return await AgainAsync(http, returnUrl);
        try
        {
            var person = await writes.RunAsync((scope, token) => PasskeyLedger.UseAsync(scope, proof.Used.CredentialId, proof.Used.SignCount, proof.Used.IsBackedUp, proof.Challenge, token), ct);
            return person is null ? await AgainAsync(http, returnUrl) : await door.EnterAsync(http, person, SignInWay.Passkey, returnUrl, proof.IsUserVerified);
        }
        catch (Exception failure) when (engine.IsUniqueViolation(failure))
        {
            // The challenge was answered before.
            return await AgainAsync(http, returnUrl);
        }
    }

    private Task<IResult> AgainAsync(HttpContext http, string returnUrl) => pages.ShowAsync<SignInPage>(http, new SignInPage.Content("", returnUrl, null) { PasskeyProblem = Wrong }, StatusCodes.Status403Forbidden);
}
