using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using Broadsheet.Web.Data;
using Microsoft.AspNetCore.DataProtection;

namespace Broadsheet.Web.Features.SignIn.Mailed;

/// <summary>
/// What a mail that signs in carries: a sealed link, and a code of eight digits for the browser that asked. Neither is stored: both are made
/// of the request's number and the publication's keys.
/// </summary>
internal sealed class MailedTokens(IDataProtectionProvider protection)
{
    public const int CodeLength = 8;
    private const string CookieName = ".broadsheet.asked";

    private readonly IDataProtector _links = protection.CreateProtector("sign-in-mail");
    private readonly IDataProtector _asked = protection.CreateProtector("sign-in-asked");

    public string ToLink(long request) => _links.Protect(request.ToString(CultureInfo.InvariantCulture));

    /// <returns>Null where the token is not ours.</returns>
    public long? ReadLink(string token) => Open(_links, token);

    public static string Code(Publication publication, long request)
    {
        var mark = Base64Url.DecodeFromChars(publication.Mark(string.Create(CultureInfo.InvariantCulture, $"sign-in code {request}"), 8));
        return (BinaryPrimitives.ReadUInt64LittleEndian(mark) % 100_000_000).ToString("D8", CultureInfo.InvariantCulture);
    }

    /// <summary>The code of a mail is good only in the browser that asked for it.</summary>
    public void Remember(HttpContext http, long request) => http.Response.Cookies.Append(CookieName, _asked.Protect(request.ToString(CultureInfo.InvariantCulture)), Cookie(http, SignInLedger.Lifetime));

    public static void Forget(HttpContext http) => http.Response.Cookies.Delete(CookieName, Cookie(http, null));

    /// <returns>What this browser asked for last; null for nothing.</returns>
    public long? Asked(HttpContext http) => http.Request.Cookies[CookieName] is { } cookie ? Open(_asked, cookie) : null;

    private static CookieOptions Cookie(HttpContext http, TimeSpan? lifetime) => new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = "/account", MaxAge = lifetime };

    private static long? Open(IDataProtector protector, string token)
    {
        if (token.Length is 0 or > 1_000) return null;
        try
        {
            return long.TryParse(protector.Unprotect(token), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
