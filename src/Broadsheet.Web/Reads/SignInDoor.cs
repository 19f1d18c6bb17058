using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Microsoft.AspNetCore.DataProtection;

namespace Broadsheet.Web.Reads;

/// <summary>
/// The one door behind all ways in: whoever has proven who they are comes through here. Where their account asks for two steps and the way was one, a sealed
/// cookie notes that the first is done, and the second is asked for.
/// </summary>
internal sealed class SignInDoor(Sessions sessions, IDataProtectionProvider protection, TimeProvider clock)
{
    private const string CookieName = ".broadsheet.halfway";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private readonly IDataProtector _protector = protection.CreateProtector("sign-in-halfway");

    /// <param name="returnUrl">A path of the publication (<see cref="LocalAddress"/>); empty for none.</param>
    /// <param name="hasBothSteps">The way was both: a passkey that has recognised its owner.</param>
    public async Task<IResult> EnterAsync(HttpContext http, Person person, SignInWay way, string returnUrl, bool hasBothSteps = false)
    {
        if (!person.TwoFactorEnabled || hasBothSteps)
        {
            await sessions.BeginAsync(http, person, way, hasBothSteps);
            http.Response.Cookies.Delete(CookieName, Cookie(http, null));
            return TypedResults.Redirect(Destination(returnUrl, person.Role));
        }
        var halfway = new Halfway(person.Id, person.SecurityStamp ?? "", way.Key, way.Label, returnUrl, (clock.GetUtcNow() + Patience).ToUnixTimeMilliseconds());
        http.Response.Cookies.Append(CookieName, _protector.Protect(JsonSerializer.Serialize(halfway, HalfwayJson.Default.Halfway)), Cookie(http, Patience));
        return TypedResults.Redirect("/account/sign-in/second/");
    }

    /// <returns>Who has taken the first step in this browser, a moment ago; null for nobody.</returns>
    public Halfway? Read(HttpContext http)
    {
        if (http.Request.Cookies[CookieName] is not { Length: > 0 and < 8_000 } cookie) return null;
        try
        {
            return JsonSerializer.Deserialize(_protector.Unprotect(cookie), HalfwayJson.Default.Halfway) is { } halfway && halfway.Until > clock.GetUtcNow().ToUnixTimeMilliseconds() ? halfway : null;
        }
        catch (Exception problem) when (problem is CryptographicException or JsonException)
        {
            return null;
        }
    }

    public static string Destination(string returnUrl, Role role) => returnUrl.Length > 0 ? returnUrl : role.IsStaff() ? "/newsroom/" : "/";

    private static CookieOptions Cookie(HttpContext http, TimeSpan? lifetime) => new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = "/account", MaxAge = lifetime };
}

/// <summary>The first of two steps is done.</summary>
/// <param name="Stamp">The person's, at that moment: a new password meanwhile ends it.</param>
/// <param name="Until">In milliseconds since 1970.</param>
internal sealed record Halfway(long PersonId, string Stamp, string WayKey, string WayLabel, string ReturnUrl, long Until)
{
    [JsonIgnore]
    public SignInWay Way => new(WayKey, WayLabel);
}

[JsonSerializable(typeof(Halfway))]
internal sealed partial class HalfwayJson : JsonSerializerContext;
