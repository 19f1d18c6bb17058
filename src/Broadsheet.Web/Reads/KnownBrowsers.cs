using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Broadsheet.Web.Reads;

/// <summary>Remembers, in a sealed cookie, who has signed in from a browser before.</summary>
internal sealed class KnownBrowsers(IDataProtectionProvider protection)
{
    /// <summary>A household's.</summary>
    private const int MostPeople = 8;
    private const string CookieName = ".broadsheet.known";
    private readonly IDataProtector _protector = protection.CreateProtector("known-browser");

    public void Remember(HttpContext http, long personId)
    {
        var people = People(http).Where(id => id != personId).TakeLast(MostPeople - 1).Append(personId);
        http.Response.Cookies.Append(CookieName, _protector.Protect(string.Join(' ', people.Select(id => id.ToString(CultureInfo.InvariantCulture)))), new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps,
            MaxAge = TimeSpan.FromDays(365),
            Path = "/account",
        });
    }

    public bool IsKnown(HttpContext http, long? personId) => personId is { } id && People(http).Contains(id);

    private List<long> People(HttpContext http)
    {
        if (http.Request.Cookies[CookieName] is not { Length: > 0 and < 1_000 } cookie) return [];
        try
        {
            return [.. _protector.Unprotect(cookie).Split(' ').Select(id => long.Parse(id, NumberStyles.None, CultureInfo.InvariantCulture))];
        }
        catch (Exception problem) when (problem is CryptographicException or FormatException)
        {
            return [];
        }
    }
}
