using Broadsheet.Web.Mail;
using MailKit.Security;
using Microsoft.Extensions.Configuration;

namespace Broadsheet.Web.Tests.Mail;

public sealed class MailOptionsTests
{
    [Theory]
    [InlineData("Mail:Smtp:Host", "Mail:Smtp:Port=25")]
    [InlineData("Mail:Smtp:Host", "Mail:Smtp:Host=smtp.example.org:587", "Mail:From=a@example.org")]
    [InlineData("Mail:From", "Mail:Smtp:Host=smtp.example.org")]
    [InlineData("Mail:From", "Mail:From=nobody at all")]
    [InlineData("Mail:From", "Mail:From=a@example.org, b@example.org")]
    [InlineData("Mail:Smtp:Port", "Mail:Smtp:Host=smtp.example.org", "Mail:From=a@example.org", "Mail:Smtp:Port=smtp")]
    [InlineData("Mail:Smtp:Port", "Mail:Smtp:Host=smtp.example.org", "Mail:From=a@example.org", "Mail:Smtp:Port=70000")]
    [InlineData("Mail:Smtp:Password", "Mail:Smtp:Host=smtp.example.org", "Mail:From=a@example.org", "Mail:Smtp:User=ann")]
    [InlineData("Mail:Smtp:User", "Mail:Smtp:Host=smtp.example.org", "Mail:From=a@example.org", "Mail:Smtp:Password=s3cret")]
    [InlineData("Mail:Smtp:Security", "Mail:Smtp:Host=smtp.example.org", "Mail:From=a@example.org", "Mail:Smtp:Security=Ssl3")]
    public void A_wrong_setting_is_named_and_no_password_is_told(string key, params string[] settings)
    {
        var problem = Read(settings).Problem;

        Assert.Equal(key, problem?.Field);
        Assert.Contains(key, problem!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("None", SecureSocketOptions.None)]
    [InlineData("starttls", SecureSocketOptions.StartTls)]
    [InlineData("Tls", SecureSocketOptions.SslOnConnect)]
    [InlineData("Auto", SecureSocketOptions.Auto)]
    public void Right_ones_are_taken(string name, SecureSocketOptions security)
    {
        var options = Read("Mail:Smtp:Host=smtp.example.org", "Mail:From=The Lantern <news@example.org>", $"Mail:Smtp:Security={name}", "Mail:Smtp:User=ann", "Mail:Smtp:Password=s3cret").Value;

        Assert.Equal(("smtp.example.org", 587, security, "The Lantern", "news@example.org"), (options.Host, options.Port, options.Security, options.From.Name, options.From.Address));
    }

    [Fact]
    public void Without_any_letters_are_files() => Assert.Null(Read().Value.Host);

    private static Core.Outcome<MailOptions> Read(params string[] settings) =>
        MailOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => s.Split('=', 2)).Select(s => KeyValuePair.Create(s[0], (string?)s[1]))).Build());
}
