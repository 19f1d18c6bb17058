using Broadsheet.Web.Features.SignIn.TwoSteps;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Time.Testing;
using OtpNet;

namespace Broadsheet.Web.Tests.Features.SignIn;

public sealed class AuthenticatorCodesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 15, TimeSpan.Zero);
    private readonly FakeTimeProvider _clock = new(Now);
    private readonly AuthenticatorCodes _codes;
    private readonly string _secret;

    public AuthenticatorCodesTests()
    {
        _codes = new AuthenticatorCodes(new EphemeralDataProtectionProvider(), _clock);
        _secret = _codes.NewSecret();
    }

    [Theory]
    [InlineData(-60, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(60, false)]
    public void A_clock_may_be_one_step_wrong(int seconds, bool isTaken)
    {
        var code = new Totp(Base32Encoding.ToBytes(_codes.KeyOf(_secret))).ComputeTotp(Now.AddSeconds(seconds).UtcDateTime);

        Assert.Equal(isTaken ? Now.AddSeconds(seconds).ToUnixTimeSeconds() / 30 : null, _codes.StepOf(_secret, code));
    }

    [Fact]
    public void What_is_stored_is_not_the_secret_and_each_is_another()
    {
        Assert.DoesNotContain(_codes.KeyOf(_secret), _secret, StringComparison.Ordinal);
        Assert.Equal(32, _codes.KeyOf(_secret).Length);
        Assert.NotEqual(_codes.KeyOf(_secret), _codes.KeyOf(_codes.NewSecret()));
    }

    [Fact]
    public void The_address_is_what_apps_expect_and_the_picture_is_drawn_here()
    {
        var address = _codes.AddressOf(_secret, "The Lantern & Sons", "ann@example.org");

        Assert.Equal($"otpauth://totp/The%20Lantern%20%26%20Sons:ann%40example.org?secret={_codes.KeyOf(_secret)}&issuer=The%20Lantern%20%26%20Sons", address);
        Assert.StartsWith("<svg", AuthenticatorCodes.Picture(address), StringComparison.Ordinal);
    }
}
