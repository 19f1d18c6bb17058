using Broadsheet.Core;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.SignIn.ApplicationPasswords;

/// <summary>One's own application passwords: made, shown once, revoked.</summary>
internal sealed class ShowApplicationPasswords(IDatabaseEngine engine, Writes writes, PublicationStore publications, PublicAddress address, DeskPages pages, TimeProvider clock)
{
    public static void Map(RouteGroupBuilder own)
    {
        // Programs that ask people for one lead here with the name that they go by, as they do in WordPress.
        own.MapGet("/application-passwords/", (HttpContext http, ShowApplicationPasswords action) => action.ShowAsync(http, Name(http.Request.Query["app_name"].ToString()), null, StatusCodes.Status200OK));
        own.MapPost("/application-passwords/", (HttpContext http, ShowApplicationPasswords action) => action.HandleAsync(http));
    }

    private async Task<IResult> ShowAsync(HttpContext http, string name, Problem? problem, int status)
    {
        var (ct, person, publication) = (http.RequestAborted, CurrentPerson.Of(http)!, await publications.GetAsync(http.RequestAborted));
        await using var db = engine.Open();
        var own = await db.ApplicationPasswords.Where(a => a.PersonId == person.Id).OrderBy(a => a.CreatedAt).ThenBy(a => a.Name).ToListAsync(ct);
        return await pages.ShowAsync<ApplicationPasswordsPage>(http, new ApplicationPasswordsPage.Content(
            [.. own.Select(a => new ApplicationPasswordsPage.Entry(a.Uuid, a.Name, DeskTime.Of(publication, a.CreatedAt), a.UsedAt is { } used ? DeskTime.Of(publication, used) : null, a.Address))],
            DoorOf(person, publication), name, problem?.Message, Said(http.Request.Query["said"].ToString())), status);
    }

    private async Task<IResult> HandleAsync(HttpContext http)
    {
        var (ct, person) = (http.RequestAborted, CurrentPerson.Of(http)!);
        var form = await http.Request.ReadFormAsync(ct);
        if (form["all"] == "revoke")
        {
            await writes.RunAsync((scope, token) => ApplicationPasswordLedger.RevokeAsync(scope, person.Id, null, token), ct);
            return TypedResults.Redirect($"{BasicCredentials.Page}?said=all");
        }
        if (Guid.TryParse(form["revoke"], out var uuid))
        {
            await writes.RunAsync((scope, token) => ApplicationPasswordLedger.RevokeAsync(scope, person.Id, uuid, token), ct);
            return TypedResults.Redirect($"{BasicCredentials.Page}?said=revoked");
        }
        var name = Name(form["name"].ToString());
        if (DoorOf(person, await publications.GetAsync(ct)) != ApplicationPasswordsPage.Door.Open) return await ShowAsync(http, name, null, StatusCodes.Status403Forbidden);
        if (name.Length == 0) return await ShowAsync(http, name, new Problem("name", "Give it the name of the program that will use it."), StatusCodes.Status422UnprocessableEntity);
        return await MakeAsync(http, person, name);
    }

    private async Task<IResult> MakeAsync(HttpContext http, CurrentPerson person, string name)
    {
        var ct = http.RequestAborted;
        Outcome<string> made;
        try
        {
            made = await writes.RunAsync((scope, token) => ApplicationPasswordLedger.MakeAsync(scope, person.Id, name, person.HasBothSteps, token), ct);
        }
        catch (Exception failure) when (engine.IsUniqueViolation(failure))
        {
            made = ApplicationPasswordLedger.NameIsTaken;
        }
        if (made.Problem is { } problem) return await ShowAsync(http, name, problem, StatusCodes.Status422UnprocessableEntity);
        await using var db = engine.Open();
        var login = await db.Users.Where(p => p.Id == person.Id).Select(p => p.Email ?? p.UserName).FirstAsync(ct);
        // No redirect: it is in this answer and nowhere else.
        return await pages.ShowAsync<NewApplicationPasswordPage>(http, new NewApplicationPasswordPage.Content(name, string.Join(' ', made.Value.Chunk(4).Select(c => new string(c))), login ?? person.Name, $"{address.Of(http.Request)}/wp-json/"));
    }

    private ApplicationPasswordsPage.Door DoorOf(CurrentPerson person, Publication publication)
    {
        // The password stands for all steps that its owner took, so they are taken first.
        if (person.LacksStep(publication)) return person.HasTwoSteps ? ApplicationPasswordsPage.Door.TakeSecondStep : ApplicationPasswordsPage.Door.SetUpTwoSteps;
        return person.IsFresh(clock.GetUtcNow()) ? ApplicationPasswordsPage.Door.Open : ApplicationPasswordsPage.Door.SignInAgain;
    }

    private static string Name(string typed)
    {
        var name = string.Concat(typed.Where(c => !char.IsControl(c))).Trim();
        return name.Length > ApplicationPasswordLedger.MaxNameLength ? name[..ApplicationPasswordLedger.MaxNameLength].TrimEnd() : name;
    }

    private static string? Said(string word) => word switch
    {
        "revoked" => "It is revoked: the program can sign in no more.",
        "all" => "All are revoked: no program can sign in for you.",
        _ => null,
    };
}
