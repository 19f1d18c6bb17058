using System.Globalization;
using System.Text.Json.Nodes;
using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.SignIn.ApplicationPasswords;

/// <summary>
/// Makes a program's request to the API its owner's, by name and application password. Found by the password's hash, not by the name: an unknown name, a wrong
/// password and another's password cost the same and are told the same. Who someone is and what they may do is read each time.
/// </summary>
/// <param name="throttle">A count of its own: a program with an old password does not slow its owner's sign-in.</param>
internal sealed class ApplicationSignIn(RequestDelegate next, IDatabaseEngine engine, Writes writes, TimeProvider clock, [FromKeyedServices(ApplicationSignIn.Throttle)] SignInThrottle throttle)
{
    public const string Throttle = "application passwords";

    public async Task InvokeAsync(HttpContext http)
    {
        if (!BasicCredentials.AreIn(http.Request))
        {
            await next(http);
            return;
        }
        var given = BasicCredentials.Read(http.Request);
        if (given is not null && await FindAsync(given, http.RequestAborted) is { } found)
        {
            http.User = new SignedInPrincipal(found.Person);
            await NoteUsedAsync(http, found);
            await next(http);
            return;
        }
        // Only what was wrong is counted: the right password is let in whatever strangers try, and no number of tries finds one.
        if (await throttle.TakeAsync(Account(given), http.Connection.RemoteIpAddress, isKnownBrowser: false) is not { } wait)
        {
            await RefuseAsync(http, StatusCodes.Status401Unauthorized, "incorrect_password", "This user name and this application password do not go together here.");
            return;
        }
        http.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        await RefuseAsync(http, StatusCodes.Status429TooManyRequests, "too_many_tries", "Too many tries with a wrong user name or application password. Wait before the next one.");
    }

    private async Task<Found?> FindAsync(BasicCredentials given, CancellationToken ct)
    {
        var hash = ApplicationPasswordLedger.HashOf(given.Password);
        await using var db = engine.Open();
        var row = await db.ApplicationPasswords.Where(a => a.Hash == hash).Join(db.Users, a => a.PersonId, p => p.Id, (a, p) => new
        {
            a.Uuid,
            a.UsedAt,
            a.HasBothSteps,
            p.Id,
            p.DisplayName,
            p.Role,
            p.Slug,
            p.NormalizedUserName,
            p.NormalizedEmail,
            p.TwoFactorEnabled,
        }).FirstOrDefaultAsync(ct);
        var folded = PeopleLedger.Fold(given.Name);
        if (row is null || folded.Length == 0 || !(folded == row.NormalizedUserName || folded == row.NormalizedEmail || Slug.Fold(given.Name) == row.Slug)) return null;
        // No browser's session, and never fresh: what asks for a fresh sign-in is out of a program's reach.
        return new Found(row.Uuid, row.UsedAt, new CurrentPerson(row.Id, row.DisplayName, row.Role, SignInWay.Application, 0, DateTimeOffset.MinValue, row.TwoFactorEnabled, row.HasBothSteps));
    }

    /// <summary>Where it cannot be noted now (a full disk), the program is answered all the same.</summary>
    private async Task NoteUsedAsync(HttpContext http, Found found)
    {
        if (found.UsedAt is { } used && clock.GetUtcNow() - used < ApplicationPasswordLedger.UsedEvery) return;
        var address = http.Connection.RemoteIpAddress is { } from ? (from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from).ToString() : null;
        try
        {
            await writes.RunAsync((scope, ct) => ApplicationPasswordLedger.UsedAsync(scope, found.Uuid, address, ct), http.RequestAborted);
        }
        catch (Exception failure) when ((failure as StorageException ?? engine.AsStorageTrouble(failure)) is not null)
        {
        }
    }

    private static string Account(BasicCredentials? given)
    {
        var folded = PeopleLedger.Fold(given?.Name ?? "");
        return folded.Length > PeopleLedger.MaxEmailLength ? folded[..PeopleLedger.MaxEmailLength] : folded;
    }

    /// <summary>As WordPress's clients know it. Without <c>WWW-Authenticate</c>: see <see cref="BasicCredentials"/>.</summary>
    private static Task RefuseAsync(HttpContext http, int status, string code, string message)
    {
        http.Response.StatusCode = status;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.AccessControlAllowOrigin = "*";
        return http.Response.WriteAsJsonAsync(new JsonObject { ["code"] = code, ["message"] = message, ["data"] = new JsonObject { ["status"] = status } }, http.RequestAborted);
    }

    private sealed record Found(Guid Uuid, DateTimeOffset? UsedAt, CurrentPerson Person);
}
