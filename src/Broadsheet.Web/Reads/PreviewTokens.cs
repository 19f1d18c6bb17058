using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Broadsheet.Web.Reads;

/// <summary>The sealed addresses of private previews: nobody can guess one, or make one from another.</summary>
internal sealed class PreviewTokens(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("preview");

    public string ToPath(long link) => $"/preview/{_protector.Protect(link.ToString(CultureInfo.InvariantCulture))}/";

    /// <returns>Null where the token is not ours.</returns>
    public long? Read(string token)
    {
        if (token.Length is 0 or > 1_000) return null;
        try
        {
            return long.TryParse(_protector.Unprotect(token), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
