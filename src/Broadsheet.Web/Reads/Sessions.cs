using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Claims;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Reads;

/// <summary>
/// Begins sessions and looks whether they still hold: a session carries the person's security stamp and role, which the database
/// is asked for at most once a minute, and at once after a change.
/// </summary>
internal sealed class Sessions(IDatabaseEngine engine, TimeProvider clock) : ICommitObserver
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    private const string StampClaim = "stamp";
    private static readonly TimeSpan Trusted = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<long, Standing> _known = new();

    public static Task BeginAsync(HttpContext http, Person person)
    {
        var claims = new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, person.Id.ToString(CultureInfo.InvariantCulture)),
            new Claim(ClaimTypes.Name, person.DisplayName),
            new Claim(CurrentPerson.RoleClaim, person.Role.ToString()),
            new Claim(StampClaim, person.SecurityStamp ?? ""),
        ], CookieAuthenticationDefaults.AuthenticationScheme);
        return http.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new ClaimsPrincipal(claims), new AuthenticationProperties { IsPersistent = true });
    }

    public static Task EndAsync(HttpContext http) => http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);

    public async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var principal = context.Principal!;
        if (long.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && await OfAsync(id, context.HttpContext.RequestAborted) is { IsKnown: true } now
            && now.Stamp == principal.FindFirstValue(StampClaim) && now.Role == Permissions.Parse(principal.FindFirstValue(CurrentPerson.RoleClaim))) return;
        context.RejectPrincipal();
        await EndAsync(context.HttpContext);
    }

    public void Committed(IReadOnlyList<Eviction> evictions)
    {
        if (_known.IsEmpty) return;
        foreach (var id in _known.Keys)
            if (evictions.Any(e => e.Tag == PeopleLedger.Tag(id))) _known.TryRemove(id, out _);
    }

    public void Missed() => _known.Clear();

    private async ValueTask<Standing> OfAsync(long id, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (_known.TryGetValue(id, out var known) && now - known.At < Trusted) return known;
        await using var db = engine.Open();
        var stored = await db.Users.Where(p => p.Id == id).Select(p => new { p.SecurityStamp, p.Role }).FirstOrDefaultAsync(ct);
        // Sealed cookies only name people who were here, so that this holds no more than there are.
        return _known[id] = new Standing(stored is not null, stored?.SecurityStamp ?? "", stored?.Role ?? Role.Reader, now);
    }

    private sealed record Standing(bool IsKnown, string Stamp, Role Role, DateTimeOffset At);
}
