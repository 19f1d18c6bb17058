using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Broadsheet.Web.Features.Following;

/// <summary>
/// What the links in mail carry: a number that only this publication could have sealed (its keys lie in the database, so that a backup has them).
/// Nothing of them is stored, so that whoever reads the database can follow or end nothing in another's name.
/// </summary>
internal sealed class FollowTokens(IDataProtectionProvider protection)
{
    private readonly IDataProtector _asks = protection.CreateProtector("follow-ask");
    private readonly IDataProtector _addresses = protection.CreateProtector("follow-manage");
    private readonly IDataProtector _ends = protection.CreateProtector("follow-end");
    private readonly IDataProtector _daily = protection.CreateProtector("follow-end-daily");

    /// <summary>Answers a question whether something was meant.</summary>
    public string ToConfirm(long ask) => Seal(_asks, ask);

    /// <summary>Shows and changes all that the address of a subscription follows.</summary>
    public string ToManage(long subscription) => Seal(_addresses, subscription);

    /// <summary>Ends one subscription.</summary>
    public string ToEnd(long subscription) => Seal(_ends, subscription);

    /// <summary>Ends all that the address of a subscription gets in its daily mail.</summary>
    public string ToEndDaily(long subscription) => Seal(_daily, subscription);

    /// <returns>Null where the token is not ours.</returns>
    public long? ReadConfirm(string token) => Open(_asks, token);

    public long? ReadManage(string token) => Open(_addresses, token);

    public (long Subscription, bool IsDaily)? ReadEnd(string token) => Open(_ends, token) is { } one ? (one, false) : Open(_daily, token) is { } daily ? (daily, true) : null;

    private static string Seal(IDataProtector protector, long number)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        return WebEncoders.Base64UrlEncode(protector.Protect(bytes));
    }

    private static long? Open(IDataProtector protector, string token)
    {
        if (token.Length is 0 or > 500) return null;
        try
        {
            var bytes = protector.Unprotect(WebEncoders.Base64UrlDecode(token));
            return bytes.Length == 8 ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : null;
        }
        catch (Exception problem) when (problem is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
