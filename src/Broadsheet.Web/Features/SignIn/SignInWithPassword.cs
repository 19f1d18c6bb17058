using System.Globalization;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.SignIn;

/// <summary>E-mail address and password. An unknown address takes as long, and is told the same, as a wrong password.</summary>
internal sealed class SignInWithPassword(IDatabaseEngine engine, Writes writes, DeskPages pages, SignInThrottle throttle, KnownBrowsers browsers, SignInDoor door, TimeProvider clock)
{
    private const string Wrong = "This address and this password do not go together here.";

    /// <summary>How soon a refusal comes, whoever has the address. A password that came from WordPress takes longer to look at than ours, and longer still when it has spaces or quotes at its ends: waiting hides it, and costs no processor.</summary>
    private static readonly TimeSpan RefusedAfter = TimeSpan.FromMilliseconds(800);
    private static readonly PasswordHasher<Person> Hasher = new();
    private static readonly string NobodysHash = Hasher.HashPassword(new Person(), "a password that nobody has");

    public static void Map(IEndpointRouteBuilder account)
    {
        account.MapGet("/sign-in/", (HttpContext http, SignInWithPassword action) => action.ShowAsync(http));
        account.MapPost("/sign-in/", (HttpContext http, SignInWithPassword action) => action.HandleAsync(http));
    }

    private Task<IResult> ShowAsync(HttpContext http)
    {
        var returnUrl = LocalAddress.Of(http.Request.Query["returnUrl"], "");
        // Who is signed in already may be asked to prove it again, or wish to be someone else.
        return CurrentPerson.Of(http) is { } person && http.Request.Query["again"].ToString() is not ("1" or "other")
            ? Task.FromResult<IResult>(TypedResults.Redirect(SignInDoor.Destination(returnUrl, person.Role)))
            : pages.ShowAsync<SignInPage>(http, new SignInPage.Content("", returnUrl, null) { Again = http.Request.Query["again"] == "1" ? CurrentPerson.Of(http)?.Name : null });
    }

    private async Task<IResult> HandleAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        var form = await http.Request.ReadFormAsync(ct);
        var begun = clock.GetTimestamp();
        var (email, password, returnUrl) = (Cut(form["email"].ToString().Trim(), PeopleLedger.MaxEmailLength), form["password"].ToString(), LocalAddress.Of(form["returnUrl"], ""));
        var folded = PeopleLedger.Fold(email);
        await using var db = engine.Open();
        var person = await db.Users.OrderBy(p => p.Id).FirstOrDefaultAsync(p => p.NormalizedEmail == folded, ct);
        var (from, isKnown) = (http.Connection.RemoteIpAddress, browsers.IsKnown(http, person?.Id));
        if (await throttle.TakeAsync(folded, from, isKnown) is { } wait)
        {
            // After the answer, so that its time does not tell whose address has an account.
            if (person is not null && throttle.IsNews(folded)) http.Response.OnCompleted(() => writes.RunAsync((scope, token) => AccountMailLedger.TellAsync(scope, person, MailKind.WrongPasswords, person.Id, token, most: 1), CancellationToken.None));
            var minutes = (int)Math.Ceiling(wait.TotalMinutes);
            http.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return await pages.ShowAsync<SignInPage>(http, new SignInPage.Content(email, returnUrl, $"Too many tries. Wait {minutes} {(minutes == 1 ? "minute" : "minutes")}, or use a sign-in link."), StatusCodes.Status429TooManyRequests);
        }
        var verdict = password.Length > PeopleLedger.MaxPasswordLength ? PasswordVerificationResult.Failed : Verify(person, password);
        if (person?.PasswordHash is null || verdict == PasswordVerificationResult.Failed)
        {
            if (RefusedAfter - clock.GetElapsedTime(begun) is { Ticks: > 0 } left) await Task.Delay(left, clock, ct);
            return await pages.ShowAsync<SignInPage>(http, new SignInPage.Content(email, returnUrl, Wrong), StatusCodes.Status403Forbidden);
        }
        await throttle.SucceededAsync(folded, from, isKnown);
        if (verdict == PasswordVerificationResult.SuccessRehashNeeded)
        {
            var hash = Hasher.HashPassword(person, password);
            await writes.RunAsync((scope, token) => PeopleLedger.RehashAsync(scope, person.Id, hash, token), ct);
        }
        return await door.EnterAsync(http, person, SignInWay.Password, returnUrl);
    }

    /// <summary>Ours is looked at in any case, if only nobody's: else the time it takes would tell whose account came from WordPress.</summary>
    internal static PasswordVerificationResult Verify(Person? person, string password)
    {
        var isWordPress = person?.PasswordHash is { } stored && WordPressPasswords.IsOne(stored);
        var verdict = Hasher.VerifyHashedPassword(person ?? new Person(), isWordPress ? NobodysHash : person?.PasswordHash ?? NobodysHash, password);
        if (!isWordPress) return verdict;
        return WordPressPasswords.Verify(person!.PasswordHash!, password) ? PasswordVerificationResult.SuccessRehashNeeded : PasswordVerificationResult.Failed;
    }

    private static string Cut(string text, int max) => text.Length > max ? text[..max] : text;
}
