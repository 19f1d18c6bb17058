using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using OtpNet;
using QRCoder;

namespace Broadsheet.Web.Features.SignIn.TwoSteps;

/// <summary>The codes of authenticator apps (RFC 6238: six digits, 30 seconds, SHA-1, as every app knows them). Secrets are sealed where they are stored.</summary>
internal sealed class AuthenticatorCodes(IDataProtectionProvider protection, TimeProvider clock)
{
    public const int Length = 6;
    private const int SecretBytes = 20;   // RFC 4226 §4: 160 bits

    /// <summary>A clock may be half a minute wrong, either way.</summary>
    private static readonly VerificationWindow Skew = new(previous: 1, future: 1);

    private readonly IDataProtector _protector = protection.CreateProtector("two-steps-secret");

    /// <returns>Sealed.</returns>
    public string NewSecret() => Convert.ToBase64String(_protector.Protect(RandomNumberGenerator.GetBytes(SecretBytes)));

    /// <returns>The time step that the code is of; null for a wrong one.</returns>
    public long? StepOf(string sealedSecret, string code) =>
        new Totp(Open(sealedSecret)).VerifyTotp(clock.GetUtcNow().UtcDateTime, code, out var step, Skew) ? step : null;

    /// <summary>To be typed into an app.</summary>
    public string KeyOf(string sealedSecret) => Base32Encoding.ToString(Open(sealedSecret)).TrimEnd('=');

    /// <summary>To be opened by an app.</summary>
    /// <param name="issuer">The publication's title.</param>
    /// <param name="account">The person's address, or name.</param>
    public string AddressOf(string sealedSecret, string issuer, string account) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(account)}?secret={KeyOf(sealedSecret)}&issuer={Uri.EscapeDataString(issuer)}";

    /// <returns>SVG.</returns>
    public static string Picture(string address)
    {
        using var data = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(data);
        return svg.GetGraphic(4, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }

    private byte[] Open(string sealedSecret) => _protector.Unprotect(Convert.FromBase64String(sealedSecret));
}
