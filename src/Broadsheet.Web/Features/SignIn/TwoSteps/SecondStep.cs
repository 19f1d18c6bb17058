using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.SignIn.TwoSteps;

/// <summary>The second of two steps: a code of the app, or one of the recovery codes.</summary>
internal sealed class SecondStep(IDatabaseEngine engine, Writes writes, DeskPages pages, SignInDoor door, AuthenticatorCodes codes)
{
    public static void Map(RouteGroupBuilder account)
    {
        account.MapGet("/sign-in/second/", (HttpContext http, SecondStep action) => action.ShowAsync(http));
        account.MapPost("/sign-in/second/", (HttpContext http, SecondStep action) => action.HandleAsync(http));
    }

    private Task<IResult> ShowAsync(HttpContext http) => door.Read(http) is { } halfway ? AskAsync(http, halfway, null, StatusCodes.Status200OK) : Task.FromResult<IResult>(TypedResults.Redirect("/account/sign-in/"));

    private async Task<IResult> HandleAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        var typed = string.Concat((await http.Request.ReadFormAsync(ct))["code"].ToString().Take(100).Where(char.IsAsciiLetterOrDigit));
        await using var db = engine.Open();
        if (door.Read(http) is not { } halfway || await db.Users.FirstOrDefaultAsync(p => p.Id == halfway.PersonId, ct) is not { } person || person.SecurityStamp != halfway.Stamp)
            return TypedResults.Redirect("/account/sign-in/");
        var isOfApp = typed.Length <= AuthenticatorCodes.Length;
        if (isOfApp && await AppCodeAsync(db, person, typed, ct) is var (problem, status)) return await AskAsync(http, halfway, problem, status);
        if (!isOfApp && !await writes.RunAsync((scope, token) => TwoStepsLedger.UseRecoveryCodeAsync(scope, person.Id, typed, token), ct))
            return await AskAsync(http, halfway, "This is none of your recovery codes, or it was used before.", StatusCodes.Status422UnprocessableEntity);
        return await door.EnterAsync(http, person, halfway.Way, LocalAddress.Of(halfway.ReturnUrl, ""), hasBothSteps: person.TwoFactorEnabled);
    }

    /// <returns>Null: it is right, and used up by this.</returns>
    private async Task<(string Problem, int Status)?> AppCodeAsync(BroadsheetDb db, Person person, string code, CancellationToken ct)
    {
        // Recovery codes and passkeys are not counted: who knows the password and guesses here cannot shut its owner out.
        if (!await writes.RunAsync((scope, token) => TwoStepsLedger.CountTryAsync(scope, person.Id, token), ct))
            return ("Too many codes. Wait a quarter of an hour, or use a recovery code or a passkey.", StatusCodes.Status429TooManyRequests);
        var row = await db.TwoSteps.FirstOrDefaultAsync(t => t.PersonId == person.Id && t.OnAt != null, ct);
        // Switched off meanwhile, in another browser: nothing is asked for any more.
        if (row is null) return person.TwoFactorEnabled ? ("Sign in from the beginning: your two steps were changed meanwhile.", StatusCodes.Status422UnprocessableEntity) : null;
        if (codes.StepOf(row.Secret, code) is not { } step) return ("This is not the code that your app shows now.", StatusCodes.Status422UnprocessableEntity);
        return await writes.RunAsync((scope, token) => TwoStepsLedger.TakeStepAsync(scope, person.Id, step, token), ct) ? null : ("This code was used already. Wait for the next one.", StatusCodes.Status422UnprocessableEntity);
    }

    private Task<IResult> AskAsync(HttpContext http, Halfway halfway, string? problem, int status) => pages.ShowAsync<SecondStepPage>(http, new SecondStepPage.Content(problem, LocalAddress.Of(halfway.ReturnUrl, "")), status);
}
