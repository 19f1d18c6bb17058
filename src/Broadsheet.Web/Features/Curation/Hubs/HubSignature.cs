using System.Security.Cryptography;
using System.Text;

namespace Broadsheet.Web.Features.Curation.Hubs;

/// <summary><c>X-Hub-Signature: method=hex</c> over the body (WebSub, section 7.1).</summary>
internal static class HubSignature
{
    public static bool Holds(string? header, string secret, ReadOnlySpan<byte> body)
    {
        if (header?.Split('=', 2) is not [var method, var hex]) return false;
        var key = Encoding.UTF8.GetBytes(secret);
#pragma warning disable CA5350 // The recommendation names SHA-1, and hubs use it: as an HMAC it is not broken.
        var expected = method.Trim().ToLowerInvariant() switch
        {
            "sha1" => HMACSHA1.HashData(key, body),
            "sha256" => HMACSHA256.HashData(key, body),
            "sha384" => HMACSHA384.HashData(key, body),
            "sha512" => HMACSHA512.HashData(key, body),
            _ => null,
        };
#pragma warning restore CA5350
        return expected is not null && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(expected)), Encoding.ASCII.GetBytes(hex.Trim().ToLowerInvariant()));
    }
}
