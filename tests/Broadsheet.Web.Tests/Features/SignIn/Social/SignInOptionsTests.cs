using System.Security.Cryptography;
using Broadsheet.Web.Features.SignIn.Social;
using Microsoft.Extensions.Configuration;

namespace Broadsheet.Web.Tests.Features.SignIn.Social;

public sealed class SignInOptionsTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Theory]
    [InlineData("SignIn:Gogle", "SignIn:Gogle:ClientId=a")]
    [InlineData("SignIn:Google:ClientId", "SignIn:Google:ClientSecret=s3cret")]
    [InlineData("SignIn:Google:ClientSecret", "SignIn:Google:ClientId=a")]
    [InlineData("SignIn:GitHub:ClientSecret", "SignIn:GitHub:ClientId=a", "SignIn:GitHub:ClientSecret=")]
    [InlineData("SignIn:Microsoft:Tenant", "SignIn:Microsoft:ClientId=a", "SignIn:Microsoft:ClientSecret=s3cret", "SignIn:Microsoft:Tenant=a/b")]
    [InlineData("SignIn:Apple:TeamId", "SignIn:Apple:ClientId=a")]
    [InlineData("SignIn:Apple:KeyId", "SignIn:Apple:ClientId=a", "SignIn:Apple:TeamId=T")]
    [InlineData("SignIn:Apple:KeyFile", "SignIn:Apple:ClientId=a", "SignIn:Apple:TeamId=T", "SignIn:Apple:KeyId=K")]
    [InlineData("SignIn:Apple:KeyFile", "SignIn:Apple:ClientId=a", "SignIn:Apple:TeamId=T", "SignIn:Apple:KeyId=K", "SignIn:Apple:KeyFile=/nowhere/key.p8")]
    [InlineData("SignIn:OpenIdConnect:club:Issuer", "SignIn:OpenIdConnect:club:ClientId=a")]
    [InlineData("SignIn:OpenIdConnect:club:Issuer", "SignIn:OpenIdConnect:club:Issuer=http://id.example.org")]
    [InlineData("SignIn:OpenIdConnect:club:Issuer", "SignIn:OpenIdConnect:club:Issuer=https://id.example.org/?a=b")]
    [InlineData("SignIn:OpenIdConnect:club:ClientId", "SignIn:OpenIdConnect:club:Issuer=https://id.example.org")]
    [InlineData("SignIn:OpenIdConnect:club:ClientSecret", "SignIn:OpenIdConnect:club:Issuer=https://id.example.org", "SignIn:OpenIdConnect:club:ClientId=a")]
    [InlineData("SignIn:OpenIdConnect:the club", "SignIn:OpenIdConnect:the club:Issuer=https://id.example.org")]
    [InlineData("SignIn:OpenIdConnect:google", "SignIn:Google:ClientId=a", "SignIn:Google:ClientSecret=b", "SignIn:OpenIdConnect:google:Issuer=https://id.example.org", "SignIn:OpenIdConnect:google:ClientId=a", "SignIn:OpenIdConnect:google:ClientSecret=b")]
    [InlineData("SignIn:OpenIdConnect:two:Issuer", "SignIn:OpenIdConnect:one:Issuer=https://id.example.org", "SignIn:OpenIdConnect:one:ClientId=a", "SignIn:OpenIdConnect:one:ClientSecret=b", "SignIn:OpenIdConnect:two:Issuer=https://ID.example.org/", "SignIn:OpenIdConnect:two:ClientId=a", "SignIn:OpenIdConnect:two:ClientSecret=b")]
    public void A_wrong_setting_is_named_and_no_secret_is_told(string key, params string[] settings)
    {
        var problem = Read(settings).Problem;

        Assert.Equal(key, problem?.Field);
        Assert.Contains(key, problem!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_key_is_named()
    {
        File.WriteAllText(_file, "no key at all");
        Assert.Equal("SignIn:Apple:KeyFile", Read(Apple()).Problem?.Field);
    }

    [Fact]
    public void Nothing_configured_is_nobody_and_what_is_stands_in_a_fixed_order()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(_file, key.ExportPkcs8PrivateKeyPem());

        Assert.Empty(Read().Value);
        var all = Read([.. Apple(), "SignIn:GitHub:ClientId=a", "SignIn:GitHub:ClientSecret=b", "SignIn:WordPress:ClientId=a", "SignIn:WordPress:ClientSecret=b", "SignIn:OpenIdConnect:Club:Issuer=http://10.1.2.3:8080/id", "SignIn:OpenIdConnect:Club:ClientId=a", "SignIn:OpenIdConnect:Club:ClientSecret=b"]).Value;
        Assert.Equal(["wordpress", "github", "apple", "club"], all.Select(p => p.Key));
        Assert.Equal(["WordPress.com", "GitHub", "Apple", "10.1.2.3"], all.Select(p => p.Name));
        Assert.Equal("http://10.1.2.3:8080/id", all[^1].StoredAs);
        Assert.Contains("10.1.2.3:8080", all[^1].Hosts);
    }

    public void Dispose() => File.Delete(_file);

    private string[] Apple() => ["SignIn:Apple:ClientId=org.example.lantern", "SignIn:Apple:TeamId=T", "SignIn:Apple:KeyId=K", $"SignIn:Apple:KeyFile={_file}"];

    private static Core.Outcome<IReadOnlyList<SignInProvider>> Read(params string[] settings) =>
        SignInOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => s.Split('=', 2)).Select(s => KeyValuePair.Create(s[0], (string?)s[1]))).Build());
}
