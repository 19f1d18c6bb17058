using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;

namespace Broadsheet.Web.Reads.Desk;

/// <summary>What was just done, told on the next page with the way back; carried in a sealed cookie for five minutes and shown once.</summary>
internal sealed class Notices(IDataProtectionProvider protection)
{
    private const string CookieName = ".broadsheet.notice";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("notice").ToTimeLimitedDataProtector();

    public void Say(HttpContext http, DeskShell.Notice notice) =>
        http.Response.Cookies.Append(CookieName, _protector.Protect(JsonSerializer.Serialize(notice, NoticeJson.Default.Notice), Lifetime), Cookie(http));

    public DeskShell.Notice? Take(HttpContext http)
    {
        if (http.Request.Cookies[CookieName] is not { Length: > 0 } cookie) return null;
        http.Response.Cookies.Delete(CookieName, Cookie(http));
        try
        {
            return JsonSerializer.Deserialize(_protector.Unprotect(cookie), NoticeJson.Default.Notice);
        }
        catch (Exception problem) when (problem is CryptographicException or JsonException)
        {
            return null;
        }
    }

    private static CookieOptions Cookie(HttpContext http) => new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = "/newsroom" };
}

[JsonSerializable(typeof(DeskShell.Notice))]
internal sealed partial class NoticeJson : JsonSerializerContext;
