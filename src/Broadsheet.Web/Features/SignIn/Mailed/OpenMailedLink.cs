using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.SignIn.Mailed;

/// <summary>The link of the mail. Opening it only asks: mail scanners open links, too; the button uses it up. Whoever is new here gives a name.</summary>
internal sealed class OpenMailedLink(IDatabaseEngine engine, Writes writes, DeskPages pages, PublicationStore publications, MailedTokens tokens, SignInDoor door, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder account)
    {
        account.MapGet("/sign-in/mail/{token}/", (HttpContext http, string token, OpenMailedLink action) => action.ShowAsync(http, token, "", null));
        account.MapPost("/sign-in/mail/{token}/", (HttpContext http, string token, OpenMailedLink action) => action.HandleAsync(http, token));
    }

    /// <summary>The session begins, and whoever came from somewhere goes back there.</summary>
    internal static async Task<IResult> EnterAsync(HttpContext http, Person person, SignInRequest request, SignInDoor door)
    {
        MailedTokens.Forget(http);
        return await door.EnterAsync(http, person, SignInWay.Mail, LocalAddress.Of(request.ReturnUrl, ""));
    }

    private async Task<IResult> ShowAsync(HttpContext http, string token, string name, string? problem)
    {
        await using var db = engine.Open();
        if (await FindAsync(db, token, http.RequestAborted) is not { } request) return await GoneAsync(http);
        var person = await SignInLedger.OfAddressAsync(db.Users, request.EmailFolded, http.RequestAborted);
        return await pages.ShowAsync<MailedPage>(http, new MailedPage.Content(request.Email, person?.DisplayName, name, problem) { Mine = person is null ? (await WithoutAddressAsync(http, db))?.Name : null }, problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private async Task<IResult> HandleAsync(HttpContext http, string token)
    {
        var ct = http.RequestAborted;
        var form = await http.Request.ReadFormAsync(ct);
        var name = form["name"].ToString().Trim();
        await using var db = engine.Open();
        if (await FindAsync(db, token, ct) is not { } request) return await GoneAsync(http);
        if (form["deed"] == "add" && await WithoutAddressAsync(http, db) is { } own) return await AddAsync(http, request, own);
        var isNew = await SignInLedger.OfAddressAsync(db.Users, request.EmailFolded, ct) is null;
        var publication = await publications.GetAsync(ct);
        var person = await engine.OrTakenAsync(() => writes.RunAsync((scope, cancel) => SignInLedger.UseAsync(scope, publication, request.Id, isNew ? name : null, cancel), ct), p => p);
        return person.Problem is not { } problem ? await EnterAsync(http, person.Value, request, door)
            : problem.Field == "mail" ? await GoneAsync(http) : await ShowAsync(http, token, name.Length > PersonName.MaxLength ? "" : name, problem.Message);
    }

    private async Task<IResult> AddAsync(HttpContext http, SignInRequest request, CurrentPerson own)
    {
        if (!own.IsFresh(clock.GetUtcNow())) return TypedResults.Redirect(FreshSignIn.Address(http.Request.Path));
        if (!await writes.RunAsync((scope, ct) => SignInLedger.AddAddressAsync(scope, request.Id, own.Id, ct), http.RequestAborted)) return await GoneAsync(http);
        MailedTokens.Forget(http);
        return TypedResults.Redirect("/account/?said=address");
    }

    /// <returns>Who is signed in, where their account has no address; else null.</returns>
    private static async Task<CurrentPerson?> WithoutAddressAsync(HttpContext http, BroadsheetDb db) =>
        CurrentPerson.Of(http) is { } person && await db.Users.AnyAsync(p => p.Id == person.Id && (p.Email == null || p.Email == ""), http.RequestAborted) ? person : null;

    private async Task<SignInRequest?> FindAsync(BroadsheetDb db, string token, CancellationToken ct) => tokens.ReadLink(token) is { } id ? await SignInLedger.FindAsync(db, id, clock.GetUtcNow(), ct) : null;

    private Task<IResult> GoneAsync(HttpContext http) => pages.SayAsync(http, StatusCodes.Status404NotFound, "This link no longer works", "It was used already, or its half hour is over.", "/account/sign-in/", "Ask for another");
}
