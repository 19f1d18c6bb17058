using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Broadsheet.Web.Reads;

/// <summary>Articles behind a password: the right one opens them for ten days on this browser (WordPress: <c>wp-postpass_*</c>).</summary>
internal sealed class PostPasswords(IDataProtectionProvider protection)
{
    public static readonly TimeSpan OpenFor = TimeSpan.FromDays(10);

    private const string CookieName = "wp-postpass_broadsheet";
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("post-password").ToTimeLimitedDataProtector();

    public bool IsOpen(HttpContext http, ArticleRow row) => row.Password is null || (http.Request.Cookies[CookieName] is { } cookie && Given(cookie) is { } given && Same(given, row.Password));

    /// <summary>Remembers what was given; whether it is right shows at the article.</summary>
    public void Remember(HttpContext http, string given) => http.Response.Cookies.Append(CookieName, _protector.Protect(given, OpenFor), new CookieOptions
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
        MaxAge = OpenFor,
        IsEssential = true,
    });

    private string? Given(string cookie)
    {
        try
        {
            return _protector.Unprotect(cookie);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static bool Same(string given, string password) => CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(password)));
}
