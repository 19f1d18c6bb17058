using Broadsheet.Core;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.SignIn.Invited;

/// <summary>
/// Somebody joins the staff by the link of an invitation. Opening it only asks. A link that was handed over proves no address: whoever has an account with that address
/// signs in first.
/// </summary>
internal sealed class AcceptInvitation(IDatabaseEngine engine, Writes writes, DeskPages pages, PublicationStore publications, InvitationTokens tokens, SignInDoor door, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder account)
    {
        account.MapGet("/invitation/{token}/", (HttpContext http, string token, AcceptInvitation action) => action.ShowAsync(http, token, "", null));
        account.MapPost("/invitation/{token}/", (HttpContext http, string token, AcceptInvitation action) => action.HandleAsync(http, token));
    }

    private async Task<IResult> ShowAsync(HttpContext http, string token, string name, Problem? problem)
    {
        if (await FindAsync(http, token) is not { } found) return await GoneAsync(http);
        if (found.MustSignIn)
            return await pages.SayAsync(http, StatusCodes.Status200OK, "Sign in first", $"This invitation is for {found.Invitation.Email}, and there is an account with that address. {(CurrentPerson.Of(http) is { } other ? $"You are signed in as {other.Name}, who is somebody else. " : "")}Sign in to the account that is invited; then you can join.", FreshSignIn.AsAnother(http.Request.Path), "Sign in");
        return await pages.ShowAsync<InvitationPage>(http, new InvitationPage.Content(found.Invitation.Email, found.Invitation.Role.ToString().ToLowerInvariant(), found.Person?.DisplayName, name, problem?.Message) { Here = CurrentPerson.Of(http) is { } here && here.Id != found.Person?.Id ? here.Name : null }, problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private async Task<IResult> HandleAsync(HttpContext http, string token)
    {
        var ct = http.RequestAborted;
        var name = (await http.Request.ReadFormAsync(ct))["name"].ToString();
        if (await FindAsync(http, token) is not { } found) return await GoneAsync(http);
        if (found.MustSignIn) return await ShowAsync(http, token, name, null);
        var publication = await publications.GetAsync(ct);
        var joined = await engine.OrTakenAsync(() => writes.RunAsync((scope, cancel) => InvitationLedger.AcceptAsync(scope, publication, found.Invitation.Id, name, found.IsMailed, cancel), ct), p => p);
        if (joined.Problem is { } problem) return problem.Field == "invitation" ? await GoneAsync(http) : await ShowAsync(http, token, name.Length > PersonName.MaxLength ? "" : name, problem);
        var here = CurrentPerson.Of(http) is { } current && current.Id == joined.Value.Id ? current : null;
        return await door.EnterAsync(http, joined.Value, here?.Way ?? (found.IsMailed ? SignInWay.Mail : SignInWay.Link), "", here?.HasBothSteps == true);
    }

    private async Task<Found?> FindAsync(HttpContext http, string token)
    {
        if (tokens.Read(token) is not { } read) return null;
        await using var db = engine.Open();
        if (await InvitationLedger.Open(db, clock.GetUtcNow()).FirstOrDefaultAsync(i => i.Id == read.Invitation, http.RequestAborted) is not { } invitation) return null;
        var person = await SignInLedger.OfAddressAsync(db.Users, invitation.EmailFolded, http.RequestAborted);
        return new Found(invitation, read.IsMailed, person, person is not null && !read.IsMailed && CurrentPerson.Of(http)?.Id != person.Id);
    }

    private Task<IResult> GoneAsync(HttpContext http) => pages.SayAsync(http, StatusCodes.Status404NotFound, "This invitation no longer works", "It was accepted or withdrawn already, or its week is over. Whoever invited you can send another.", "/", "To the publication");

    private sealed record Found(Invitation Invitation, bool IsMailed, Person? Person, bool MustSignIn);
}
