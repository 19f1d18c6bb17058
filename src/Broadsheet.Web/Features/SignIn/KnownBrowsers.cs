using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Broadsheet.Web.Features.SignIn;

/// <summary>Remembers, in a sealed cookie, that a browser has signed in to an account before.</summary>
internal sealed class KnownBrowsers(IDataProtectionProvider protection)
{
    private const string CookieName = ".broadsheet.known";
    private readonly IDataProtector _protector = protection.CreateProtector("known-browser");

    public void Remember(HttpContext http, long personId) => http.Response.Cookies.Append(CookieName, _protector.Protect(personId.ToString(CultureInfo.InvariantCulture)), new CookieOptions
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
        MaxAge = TimeSpan.FromDays(365),
        Path = "/account",
    });

    public bool IsKnown(HttpContext http, long? personId)
    {
        if (personId is not { } id || http.Request.Cookies[CookieName] is not { Length: > 0 and < 1_000 } cookie) return false;
        try
        {
            return _protector.Unprotect(cookie) == id.ToString(CultureInfo.InvariantCulture);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
