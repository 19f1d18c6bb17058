using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Broadsheet.Web.Data;
using Microsoft.AspNetCore.DataProtection;

namespace Broadsheet.Web.Features.SignIn.Social.Fediverse;

/// <summary>What a browser takes along to a server and shows when it comes back.</summary>
/// <param name="State">What the server gives back unchanged.</param>
/// <param name="Verifier">RFC 7636.</param>
internal sealed record MastodonTrip(string Host, string ClientId, string State, string Verifier, SetOut From);

/// <summary>Seals the trip into a cookie of a quarter of an hour, which the way back uses up.</summary>
internal sealed class MastodonWay(IDataProtectionProvider protection)
{
    private const string CookieName = ".broadsheet.mastodon";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);
    private readonly ITimeLimitedDataProtector _trips = protection.CreateProtector("mastodon-trip").ToTimeLimitedDataProtector();
    private readonly IDataProtector _secrets = protection.CreateProtector("mastodon-client");

    public string Seal(string secret) => _secrets.Protect(secret);

    /// <returns>Null where the keys have changed since.</returns>
    public string? Open(string secret)
    {
        try
        {
            return _secrets.Unprotect(secret);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public MastodonTrip Begin(HttpContext http, string host, string clientId, SetOut from)
    {
        var trip = new MastodonTrip(host, clientId, Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24)), Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)), from);
        http.Response.Cookies.Append(CookieName, _trips.Protect(JsonSerializer.Serialize(trip, TripJson.Default.MastodonTrip), Lifetime), Cookie(http, Lifetime));
        return trip;
    }

    /// <returns>Null where this browser did not set out, too long ago, or for another state. It is good once.</returns>
    public MastodonTrip? End(HttpContext http, string? state)
    {
        var cookie = http.Request.Cookies[CookieName];
        http.Response.Cookies.Delete(CookieName, Cookie(http, null));
        if (state is null || cookie is not { Length: > 0 and < 8_000 }) return null;
        try
        {
            var trip = JsonSerializer.Deserialize(_trips.Unprotect(cookie), TripJson.Default.MastodonTrip);
            return trip is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(trip.State), Encoding.UTF8.GetBytes(state)) ? trip : null;
        }
        catch (Exception problem) when (problem is CryptographicException or JsonException)
        {
            return null;
        }
    }

    public static string Challenge(string verifier) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    private static CookieOptions Cookie(HttpContext http, TimeSpan? lifetime) => new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = SocialRoom.Back, MaxAge = lifetime };
}

[JsonSerializable(typeof(MastodonTrip))]
internal sealed partial class TripJson : JsonSerializerContext;
