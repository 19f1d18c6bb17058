using System.Globalization;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.SignIn.Mailed;

/// <summary>Asks for a mail that signs in. The answer is the same whether the address has an account, has been sent enough, or does not exist.</summary>
internal sealed class AskForMail(Writes writes, DeskPages pages, MailedTokens tokens, MailedPace pace, PublicationStore publications, PublicAddress address, CountedNetworks networks, KnownBrowsers browsers, IDatabaseEngine engine)
{
    public static void Map(IEndpointRouteBuilder account) => account.MapPost("/sign-in/mail/", (HttpContext http, AskForMail action) => action.HandleAsync(http));

    private async Task<IResult> HandleAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (email, returnUrl) = (form["email"].ToString().Trim(), LocalAddress.Of(form["returnUrl"], ""));
        if (!FollowLedger.IsAddress(email))
            return await pages.ShowAsync<SignInPage>(http, new SignInPage.Content(email.Length > PeopleLedger.MaxEmailLength ? "" : email, returnUrl, null) { MailProblem = "Give an e-mail address, such as ann@example.org." }, StatusCodes.Status422UnprocessableEntity);
        if (networks.Of(http.Connection.RemoteIpAddress) is { } network && await pace.TakeAsync(network) is { } wait)
        {
            http.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return await pages.ShowAsync<SignInPage>(http, new SignInPage.Content(email, returnUrl, null) { MailProblem = "From your network, very many have asked for such mail. Please wait an hour, or sign in with a password." }, StatusCodes.Status429TooManyRequests);
        }
        var publication = await publications.GetAsync(http.RequestAborted);
        await using var db = engine.Open();
        var isKnown = browsers.IsKnown(http, (await SignInLedger.OfAddressAsync(db.Users, PeopleLedger.Fold(email), http.RequestAborted))?.Id);
        var me = CurrentPerson.Of(http)?.Id;
        var adds = me is not null && await db.Users.AnyAsync(p => p.Id == me && (p.Email == null || p.Email == ""), http.RequestAborted);
        var request = await writes.RunAsync((scope, token) => SignInLedger.AskAsync(scope, publication, email, address.Of(http.Request), returnUrl.Length <= MaxReturnLength ? returnUrl : "", isKnown, adds, token), http.RequestAborted);
        // A number that nobody has stands for what was not sent.
        tokens.Remember(http, request ?? 0);
        return TypedResults.Redirect("/account/sign-in/code/");
    }

    private const int MaxReturnLength = 2_000;
}
