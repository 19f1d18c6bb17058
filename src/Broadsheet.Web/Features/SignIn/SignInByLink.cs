using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.SignIn;

/// <summary>A link that signs in once. Opening it only asks: mail scanners open links, too; the button uses it up.</summary>
internal sealed class SignInByLink(IDatabaseEngine engine, Writes writes, DeskPages pages, SignInDoor door, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder account)
    {
        account.MapGet("/sign-in/link/{secret}/", (HttpContext http, string secret, SignInByLink action) => action.AskAsync(http, secret));
        account.MapPost("/sign-in/link/{secret}/", (HttpContext http, string secret, SignInByLink action) => action.HandleAsync(http, secret));
    }

    private async Task<IResult> AskAsync(HttpContext http, string secret)
    {
        await using var db = engine.Open();
        if (await PeopleLedger.FindLinkAsync(db, secret, clock.GetUtcNow(), http.RequestAborted) is not { PersonId: { } id }) return await GoneAsync(http);
        var person = await db.Users.Where(p => p.Id == id).Select(p => new { p.DisplayName, p.Email }).SingleAsync(http.RequestAborted);
        return await pages.ShowAsync<LinkPage>(http, new LinkPage.Content(person.DisplayName, person.Email ?? ""));
    }

    private async Task<IResult> HandleAsync(HttpContext http, string secret)
    {
        var ct = http.RequestAborted;
        var person = await writes.RunAsync(async (scope, token) =>
            await PeopleLedger.UseLinkAsync(scope, secret, token) is { PersonId: { } id } ? await scope.Db.Users.FirstOrDefaultAsync(p => p.Id == id, token) : null, ct);
        return person is null ? await GoneAsync(http) : await door.EnterAsync(http, person, SignInWay.Link, "");
    }

    private Task<IResult> GoneAsync(HttpContext http) => pages.SayAsync(http, StatusCodes.Status404NotFound, "This link no longer works",
        "It was used already, or its 24 hours are over. Whoever runs this publication can make a new one.", "/account/sign-in/", "Sign in with a password");
}
