using System.Buffers.Text;
using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Broadsheet.Web.Reads;

/// <summary>
/// Begins and ends sessions, and looks whether they still hold. The sealed cookie has the session's number, its secret, and the person's security stamp and
/// role at the sign-in; whether they are so still, and how long ago the session was seen, the database says.
/// </summary>
internal sealed class Sessions(SessionStandings standings, SessionLifetimes lifetimes, Writes writes, IDatabaseEngine engine, KnownBrowsers browsers, TimeProvider clock)
{
    private const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;
    private const string NumberClaim = "session";
    private const string SecretClaim = "secret";
    private const string StampClaim = "stamp";
    private const string RoleClaim = "role";

    /// <summary>Somebody has proven who they are (<see cref="SignInDoor"/> sees to the second step). Always a new session; one that this browser had ends.</summary>
    public async Task BeginAsync(HttpContext http, Person person, SignInWay way, bool hasBothSteps = false)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var agent = http.Request.Headers.UserAgent.ToString();
        var wish = new Session
        {
            PersonId = person.Id,
            Hash = SessionLedger.HashOf(secret),
            Way = way.Key,
            WayLabel = way.Label,
            HasBothSteps = hasBothSteps,
            UserAgent = agent.Length > SessionLedger.MaxUserAgentLength ? agent[..SessionLedger.MaxUserAgentLength] : agent,
            Address = http.Connection.RemoteIpAddress is { } from ? (from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from).ToString() : null,
        };
        var (before, isKnown) = (CurrentPerson.Of(http)?.SessionId, browsers.IsKnown(http, person.Id));
        var begun = await writes.RunAsync((scope, ct) => SessionLedger.BeginAsync(scope, wish, before, isKnown, ct), http.RequestAborted);
        var claims = new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, person.Id.ToString(CultureInfo.InvariantCulture)),
            new Claim(NumberClaim, begun.Id.ToString(CultureInfo.InvariantCulture)),
            new Claim(SecretClaim, secret),
            new Claim(StampClaim, person.SecurityStamp ?? ""),
            new Claim(RoleClaim, person.Role.ToString()),
        ], Scheme);
        // The cookie lasts as long as the session can; how long it may lie unused, the row decides: no answer has to renew a cookie.
        await http.SignInAsync(Scheme, new ClaimsPrincipal(claims), new AuthenticationProperties { IsPersistent = true, IssuedUtc = begun.BeganAt, ExpiresUtc = begun.BeganAt + lifetimes.Of(person.Role).Longest });
        browsers.Remember(http, person.Id);
    }

    /// <summary>This browser's. Without effect for a guest.</summary>
    public async Task EndAsync(HttpContext http)
    {
        if (CurrentPerson.Of(http) is { } person) await writes.RunAsync((scope, ct) => SessionLedger.EndAsync(scope, person.Id, person.SessionId, ct), http.RequestAborted);
        await http.SignOutAsync(Scheme);
    }

    public async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var ct = context.HttpContext.RequestAborted;
        if (await HoldingAsync(context.Principal!, ct) is { } standing)
        {
            context.ReplacePrincipal(standing.Principal);
            await NoteSeenAsync(standing, ct);
            return;
        }
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(Scheme);
    }

    /// <summary>Whether a session would be let in now, by its times alone.</summary>
    public bool IsInTime(Role role, DateTimeOffset beganAt, DateTimeOffset seenAt)
    {
        var (now, lifetime) = (clock.GetUtcNow(), lifetimes.Of(role));
        return now - seenAt < lifetime.Idle && now - beganAt < lifetime.Longest;
    }

    private async Task<SessionStanding?> HoldingAsync(ClaimsPrincipal cookie, CancellationToken ct)
    {
        if (Number(cookie, ClaimTypes.NameIdentifier) is not { } id || Number(cookie, NumberClaim) is not { } number || await standings.OfAsync(id, number, ct) is not { } now) return null;
        var person = now.Principal.Person;
        return IsSecret(now.Hash, cookie.FindFirstValue(SecretClaim)) && now.Stamp == cookie.FindFirstValue(StampClaim)
            && person.Role == Permissions.Parse(cookie.FindFirstValue(RoleClaim)) && IsInTime(person.Role, person.SignedInAt, now.SeenAt) ? now : null;
    }

    /// <summary>Where it cannot be noted now (a full disk), the page is shown all the same.</summary>
    private async Task NoteSeenAsync(SessionStanding standing, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (now - standing.SeenAt < SessionLedger.SeenEvery) return;
        standings.Seen(standing, now);
        try
        {
            await writes.RunAsync((scope, token) => SessionLedger.SeenAsync(scope, standing.Principal.Person.SessionId, token), ct);
        }
        catch (Exception failure) when ((failure as StorageException ?? engine.AsStorageTrouble(failure)) is not null)
        {
        }
    }

    private static bool IsSecret(string hash, string? secret) => secret is not null && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(SessionLedger.HashOf(secret)));

    private static long? Number(ClaimsPrincipal cookie, string claim) => long.TryParse(cookie.FindFirstValue(claim), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
