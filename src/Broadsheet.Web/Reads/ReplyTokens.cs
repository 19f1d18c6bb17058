using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Broadsheet.Web.Reads;

/// <summary>What a form's token says.</summary>
/// <param name="At">When the form was rendered, or its sum asked for.</param>
/// <param name="Bits">How hard its sum is; 0 for none.</param>
/// <param name="Serial">Of the sum: no other has it.</param>
internal readonly record struct ReplyToken(DateTimeOffset At, int Bits, long Serial);

/// <summary>Proves that a form was rendered here, for which article and when. Stands in pages that all readers share; it is no session. One that was asked for by a browser carries a sum, too.</summary>
internal sealed class ReplyTokens(IDataProtectionProvider protection)
{
    public static readonly TimeSpan ValidFor = TimeSpan.FromDays(7);

    /// <summary>What the clocks of two processes may differ by.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    private const int Plain = 16;
    private const int WithWork = Plain + 1 + sizeof(long);

    private readonly IDataProtector _protector = protection.CreateProtector("reply-token");

    /// <param name="bits">How hard the sum is; 0 for none.</param>
    public string Make(long articleId, DateTimeOffset now, int bits = 0)
    {
        Span<byte> facts = stackalloc byte[WithWork];
        BinaryPrimitives.WriteInt64LittleEndian(facts, articleId);
        BinaryPrimitives.WriteInt64LittleEndian(facts[8..], now.ToUnixTimeMilliseconds());
        facts[Plain] = (byte)bits;
        RandomNumberGenerator.Fill(facts[(Plain + 1)..]);
        return WebEncoders.Base64UrlEncode(_protector.Protect(facts[..(bits > 0 ? WithWork : Plain)].ToArray()));
    }

    /// <returns>Null where the token is missing, not ours, another article's, or too old.</returns>
    public ReplyToken? Read(string? token, long articleId, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(token) || token.Length > 500) return null;
        try
        {
            var facts = _protector.Unprotect(WebEncoders.Base64UrlDecode(token));
            if (facts.Length is not (Plain or WithWork) || BinaryPrimitives.ReadInt64LittleEndian(facts) != articleId) return null;
            var at = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(facts.AsSpan(8)));
            if (at > now + Ahead || now - at > ValidFor) return null;
            return facts.Length == Plain ? new ReplyToken(at, 0, 0) : new ReplyToken(at, facts[Plain], BinaryPrimitives.ReadInt64LittleEndian(facts.AsSpan(Plain + 1)));
        }
        catch (Exception problem) when (problem is CryptographicException or FormatException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }
}

/// <summary>Shows a held comment to whoever holds the link that its writer was sent to (WordPress: <c>moderation-hash</c>).</summary>
internal sealed class ModerationHashes(IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>A link to look at once, not to pass on (WordPress: ten minutes).</summary>
    public static readonly TimeSpan ValidFor = TimeSpan.FromHours(1);

    private readonly IDataProtector _protector = protection.CreateProtector("moderation-hash");

    public string Make(long commentId)
    {
        Span<byte> facts = stackalloc byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(facts, commentId);
        BinaryPrimitives.WriteInt64LittleEndian(facts[8..], clock.GetUtcNow().ToUnixTimeMilliseconds());
        return WebEncoders.Base64UrlEncode(_protector.Protect(facts.ToArray()));
    }

    public bool IsRight(long commentId, string? hash)
    {
        if (string.IsNullOrEmpty(hash) || hash.Length > 500) return false;
        try
        {
            var facts = _protector.Unprotect(WebEncoders.Base64UrlDecode(hash));
            if (facts.Length != 16 || BinaryPrimitives.ReadInt64LittleEndian(facts) != commentId) return false;
            var made = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(facts.AsSpan(8)));
            return clock.GetUtcNow() - made <= ValidFor;
        }
        catch (Exception problem) when (problem is CryptographicException or FormatException or ArgumentOutOfRangeException)
        {
            return false;
        }
    }
}
