using System.Globalization;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;

namespace Broadsheet.Web.Features.Newsroom.People;

/// <summary>Invites people, withdraws invitations, and gives people other roles or signs them out.</summary>
internal sealed class ChangePeople(Writes writes, ShowPeople page, Notices notices, PublicAddress address)
{
    public static void Map(RouteGroupBuilder room)
    {
        room.MapPost("/invite/", (HttpContext http, ChangePeople action) => action.InviteAsync(http));
        room.MapPost("/withdraw/", (HttpContext http, ChangePeople action) => action.WithdrawAsync(http));
        room.MapPost("/sign-out/", (HttpContext http, ChangePeople action) => action.SignOutAsync(http));
        room.MapPost("/role/", (HttpContext http, ChangePeople action) => action.ChangeRoleAsync(http));
    }

    private async Task<IResult> InviteAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (email, role) = (form["email"].ToString().Trim(), Permissions.Parse(form["role"]));
        if (role is not { } wished || !wished.IsStaff()) return await page.ShowAsync(http, email, Role.Author, "Choose a role.");
        if (!FollowLedger.IsAddress(email)) return await page.ShowAsync(http, email, wished, "Give an e-mail address, such as ann@example.org.");
        var by = CurrentPerson.Of(http)!.Id;
        var refused = await writes.RunAsync(async (scope, ct) =>
        {
            var wrong = await InvitationLedger.InviteAsync(scope, email, wished, by, ct);
            if (wrong is null) AuditLedger.Note(scope, by, "people", $"{email} was invited as {Word(wished)}.");
            return wrong;
        }, http.RequestAborted);
        if (refused is { } problem) return await page.ShowAsync(http, email, wished, problem.Message);
        notices.Say(http, new DeskShell.Notice(address.IsConfigured ? $"{email} is invited by mail." : $"{email} is invited. The mail has no link, since the publication was not told its own address (PublicUrl): hand over the one below."));
        return TypedResults.Redirect(ShowPeople.Page);
    }

    private async Task<IResult> WithdrawAsync(HttpContext http)
    {
        var id = Id((await http.Request.ReadFormAsync(http.RequestAborted))["id"]);
        var by = CurrentPerson.Of(http)!.Id;
        var count = await writes.RunAsync(async (scope, ct) =>
        {
            var withdrawn = await InvitationLedger.WithdrawAsync(scope, id, ct);
            if (withdrawn > 0) AuditLedger.Note(scope, by, "people", "An invitation was withdrawn.");
            return withdrawn;
        }, http.RequestAborted);
        notices.Say(http, new DeskShell.Notice(count == 0 ? "This invitation was accepted or withdrawn already." : "The invitation is withdrawn: its links no longer work."));
        return TypedResults.Redirect(ShowPeople.Page);
    }

    private async Task<IResult> ChangeRoleAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var id = Id(form["id"]);
        if (Permissions.Parse(form["role"]) is not { } role) return TypedResults.Redirect(ShowPeople.Page);
        var by = CurrentPerson.Of(http)!.Id;
        var before = await writes.RunAsync(async (scope, ct) =>
        {
            var done = await PeopleLedger.ChangeRoleAsync(scope, id, role, ct);
            if (done.Problem is null && done.Value.Before != role) AuditLedger.Note(scope, by, "people", $"{done.Value.Name} was {Word(done.Value.Before)} and is {Word(role)} now.");
            return done;
        }, http.RequestAborted);
        notices.Say(http, before.Problem is { } problem ? new DeskShell.Notice(problem.Message) : before.Value.Before == role ? new DeskShell.Notice("Nothing changed.")
            : new DeskShell.Notice($"{before.Value.Name} was {Word(before.Value.Before)} and is {Word(role)} now: from their next sign-in on.", $"{ShowPeople.Page}role/", [KeyValuePair.Create("id", id.ToString(CultureInfo.InvariantCulture)), KeyValuePair.Create("role", before.Value.Before.ToString())]));
        return TypedResults.Redirect(ShowPeople.Page);
    }

    private async Task<IResult> SignOutAsync(HttpContext http)
    {
        var id = Id((await http.Request.ReadFormAsync(http.RequestAborted))["id"]);
        var count = await writes.RunAsync((scope, ct) => SessionLedger.EndAllAsync(scope, id, id == CurrentPerson.Of(http)!.Id ? CurrentPerson.Of(http)!.SessionId : null, ct), http.RequestAborted);
        notices.Say(http, new DeskShell.Notice(count == 0 ? "They were signed in nowhere else." : $"Signed out of {(count == 1 ? "one browser" : $"{count} browsers")}. Application passwords go on working until they are revoked."));
        return TypedResults.Redirect(ShowPeople.Page);
    }

    private static string Word(Role role) => role.ToString().ToLowerInvariant();

    private static long Id(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;
}
