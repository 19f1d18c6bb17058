using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Broadsheet.Web.Reads;

/// <summary>The sealed links of invitations. One that was mailed proves the address; one that the inviter hands over does not.</summary>
internal sealed class InvitationTokens(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("invitation");

    public string ToPath(long invitation, bool isMailed) => $"/account/invitation/{_protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{(isMailed ? 'm' : 'h')}{invitation}"))}/";

    /// <returns>Null where the token is not ours.</returns>
    public (long Invitation, bool IsMailed)? Read(string token)
    {
        if (token.Length is 0 or > 1_000) return null;
        try
        {
            var text = _protector.Unprotect(token);
            return long.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? (id, text[0] == 'm') : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
