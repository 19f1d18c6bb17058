using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;

namespace Broadsheet.Web.Features.SignIn.Social;

/// <summary>Somebody has come back from a provider, and it is to be decided who they are here.</summary>
/// <param name="Provider">Its key.</param>
/// <param name="LinkTo">The person who asked to add it to their account; null where somebody signs in.</param>
/// <param name="ReturnUrl">Where they came from: a path, or empty.</param>
internal sealed record ArrivedLogin(string Provider, ProviderIdentity Identity, long? LinkTo, string ReturnUrl);

/// <summary>Where a reader set out for a provider, for the page that tells them that it did not work.</summary>
internal sealed record SetOut(string ReturnUrl, long? LinkTo);

/// <summary>Keeps both in sealed cookies of the reader's browser, for half an hour: until they have given a name, or signed in another way.</summary>
internal sealed class SealedLogins(IDataProtectionProvider protection)
{
    private const string Arrived = ".broadsheet.arrived";
    private const string Left = ".broadsheet.setout";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    private readonly ITimeLimitedDataProtector _arrived = protection.CreateProtector("arrived-login").ToTimeLimitedDataProtector();
    private readonly ITimeLimitedDataProtector _left = protection.CreateProtector("set-out").ToTimeLimitedDataProtector();

    public void Keep(HttpContext http, ArrivedLogin login) => http.Response.Cookies.Append(Arrived, _arrived.Protect(JsonSerializer.Serialize(login, LoginJson.Default.ArrivedLogin), Lifetime), Cookie(http, Lifetime));

    public ArrivedLogin? Read(HttpContext http) => Open(_arrived, http.Request.Cookies[Arrived]) is { } json ? JsonSerializer.Deserialize(json, LoginJson.Default.ArrivedLogin) : null;

    public static void Forget(HttpContext http)
    {
        http.Response.Cookies.Delete(Arrived, Cookie(http, null));
        http.Response.Cookies.Delete(Left, Cookie(http, null));
    }

    public void KeepSetOut(HttpContext http, SetOut from) => http.Response.Cookies.Append(Left, _left.Protect(JsonSerializer.Serialize(from, LoginJson.Default.SetOut), Lifetime), Cookie(http, Lifetime));

    public SetOut? ReadSetOut(HttpContext http) => Open(_left, http.Request.Cookies[Left]) is { } json ? JsonSerializer.Deserialize(json, LoginJson.Default.SetOut) : null;

    private static CookieOptions Cookie(HttpContext http, TimeSpan? lifetime) => new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = "/account", MaxAge = lifetime };

    private static string? Open(ITimeLimitedDataProtector protector, string? cookie)
    {
        if (cookie is not { Length: > 0 and < 8_000 }) return null;
        try
        {
            return protector.Unprotect(cookie);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

[JsonSerializable(typeof(ArrivedLogin))]
[JsonSerializable(typeof(SetOut))]
internal sealed partial class LoginJson : JsonSerializerContext;
