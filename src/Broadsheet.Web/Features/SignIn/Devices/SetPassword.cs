using System.Globalization;
using Broadsheet.Core;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.SignIn.Devices;

/// <summary>
/// Sets one's password. The present one is asked for, unless there is none, or its owner has just come in through their mailbox: that is how a
/// forgotten password is replaced. All other sessions end, and a mail tells it.
/// </summary>
internal sealed class SetPassword(IDatabaseEngine engine, Writes writes, PublicationStore publications, DeskPages pages, SignInThrottle throttle, Sessions sessions, TimeProvider clock)
{
    public const string Done = "password";

    public static void Map(RouteGroupBuilder own)
    {
        own.MapGet("/password/", (HttpContext http, SetPassword action) => action.ShowAsync(http, null, StatusCodes.Status200OK));
        own.MapPost("/password/", (HttpContext http, SetPassword action) => action.HandleAsync(http));
    }

    private async Task<IResult> ShowAsync(HttpContext http, Problem? problem, int status)
    {
        var person = await OwnAsync(http);
        return await pages.ShowAsync<PasswordPage>(http, new PasswordPage.Content(person.Email ?? "", AskOf(http, person), problem?.Field, problem?.Message), status);
    }

    private async Task<IResult> HandleAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        var form = await http.Request.ReadFormAsync(ct);
        var (current, wanted) = (form["current-password"].ToString(), form["new-password"].ToString());
        var (here, person) = (CurrentPerson.Of(http)!, await OwnAsync(http));
        if (person.Email is not { Length: > 0 }) return await ShowAsync(http, null, StatusCodes.Status409Conflict);
        switch (AskOf(http, person))
        {
            case PasswordPage.Ask.SignInAgain:
                return await ShowAsync(http, null, StatusCodes.Status403Forbidden);
            case PasswordPage.Ask.Current:
                // Whoever sits at a browser that was left open may not guess without end. A count of its own, lest they slow its owner's sign-in.
                var account = string.Create(CultureInfo.InvariantCulture, $"password of {person.Id}");
                if (await throttle.TakeAsync(account, http.Connection.RemoteIpAddress, isKnownBrowser: true) is { } wait)
                    return await ShowAsync(http, new Problem("current-password", string.Create(CultureInfo.InvariantCulture, $"Too many tries. Wait {Math.Ceiling(wait.TotalMinutes):0} min, or sign in again by a mailed code.")), StatusCodes.Status429TooManyRequests);
                if (current.Length > PeopleLedger.MaxPasswordLength || SignInWithPassword.Verify(person, current) == PasswordVerificationResult.Failed)
                    return await ShowAsync(http, new Problem("current-password", "This is not your present password."), StatusCodes.Status403Forbidden);
                await throttle.SucceededAsync(account, http.Connection.RemoteIpAddress, isKnownBrowser: true);
                break;
        }
        if (PeopleLedger.CheckPassword(wanted, person.Email ?? "", person.DisplayName, (await publications.GetAsync(ct)).Title) is { } problem) return await ShowAsync(http, problem with { Field = "new-password" }, StatusCodes.Status422UnprocessableEntity);
        var hash = PeopleLedger.HashOf(wanted)!;
        var changed = await writes.RunAsync((scope, token) => PeopleLedger.SetPasswordAsync(scope, person.Id, hash, token), ct);
        await sessions.BeginAsync(http, changed, here.Way, here.HasBothSteps);
        return TypedResults.Redirect($"{ShowSessions.Page}?said={Done}");
    }

    private PasswordPage.Ask AskOf(HttpContext http, Person person)
    {
        var here = CurrentPerson.Of(http)!;
        var isFresh = here.IsFresh(clock.GetUtcNow());
        if (person.PasswordHash is null) return isFresh ? PasswordPage.Ask.Nothing : PasswordPage.Ask.SignInAgain;
        return isFresh && (here.Way == SignInWay.Mail || here.Way == SignInWay.Link) ? PasswordPage.Ask.Nothing : PasswordPage.Ask.Current;
    }

    private async Task<Person> OwnAsync(HttpContext http)
    {
        var id = CurrentPerson.Of(http)!.Id;
        await using var db = engine.Open();
        return await db.Users.SingleAsync(p => p.Id == id, http.RequestAborted);
    }
}
