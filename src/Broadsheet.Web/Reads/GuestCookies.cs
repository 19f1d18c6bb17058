using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;

namespace Broadsheet.Web.Reads;

/// <summary>What a guest wished to be remembered by.</summary>
internal sealed record Guest(string Name, string Email, string Url);

/// <summary>
/// A guest's details and the ids of their latest comments, kept in their browser for a year, only after they agreed
/// (WordPress: <c>comment_author_*</c> and <c>wp-comment-cookies-consent</c>). Sealed, so that nobody reads the comments of another by guessing.
/// </summary>
internal sealed class GuestCookies(IDataProtectionProvider protection)
{
    private const string DetailsName = "comment_author_broadsheet";
    private const string OwnName = "comment_author_own_broadsheet";
    private const int Remembered = 20;
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);
    private readonly IDataProtector _protector = protection.CreateProtector("guest");

    public Guest? Read(HttpContext http) => Open(http, DetailsName, GuestJson.Default.Guest);

    public IReadOnlyList<long> OwnComments(HttpContext http) => Open(http, OwnName, GuestJson.Default.Int64Array) ?? [];

    public void Remember(HttpContext http, Guest guest, long commentId)
    {
        Write(http, DetailsName, JsonSerializer.Serialize(guest, GuestJson.Default.Guest));
        Write(http, OwnName, JsonSerializer.Serialize([.. OwnComments(http).TakeLast(Remembered - 1), commentId], GuestJson.Default.Int64Array));
    }

    public static void Forget(HttpContext http)
    {
        http.Response.Cookies.Delete(DetailsName);
        http.Response.Cookies.Delete(OwnName);
    }

    private void Write(HttpContext http, string name, string value) => http.Response.Cookies.Append(name, _protector.Protect(value), new CookieOptions
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
        MaxAge = Lifetime,
        Path = "/",
    });

    private T? Open<T>(HttpContext http, string name, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) where T : class
    {
        if (http.Request.Cookies[name] is not { Length: > 0 and < 4_000 } cookie) return null;
        try
        {
            return JsonSerializer.Deserialize(_protector.Unprotect(cookie), type);
        }
        catch (Exception problem) when (problem is CryptographicException or JsonException or FormatException)
        {
            return null;
        }
    }
}

[JsonSerializable(typeof(Guest))]
[JsonSerializable(typeof(long[]))]
internal sealed partial class GuestJson : JsonSerializerContext;
