using System.Globalization;
using Broadsheet.Core;
using MailKit.Security;
using MimeKit;

namespace Broadsheet.Web.Mail;

/// <summary>How mail leaves: by a mail server, or, where none is configured, as files into the data folder.</summary>
internal sealed class MailOptions
{
    private const int SubmissionPort = 587;   // RFC 6409

    /// <summary>Null: files.</summary>
    public string? Host { get; private init; }
    public int Port { get; private init; }

    /// <summary>Null: the server is not told who sends.</summary>
    public string? User { get; private init; }
    public string? Password { get; private init; }
    public SecureSocketOptions Security { get; private init; }
    public required MailboxAddress From { get; init; }

    public static Outcome<MailOptions> Read(IConfiguration configuration)
    {
        var smtp = configuration.GetSection("Mail:Smtp");
        var (host, user, password) = (Value(smtp["Host"]), Value(smtp["User"]), Value(smtp["Password"]));
        if (host is null && smtp.GetChildren().FirstOrDefault(c => Value(c.Value) is not null) is { } lone) return new Problem("Mail:Smtp:Host", $"Mail:Smtp:Host is missing, although {lone.Path} is set.");
        if (host?.Any(c => char.IsWhiteSpace(c) || c is '/' or ':') == true && !System.Net.IPAddress.TryParse(host, out _)) return new Problem("Mail:Smtp:Host", $"Mail:Smtp:Host is “{host}”; it is a name such as smtp.example.org, and the port stands in Mail:Smtp:Port.");
        var port = Value(smtp["Port"]) ?? SubmissionPort.ToString(CultureInfo.InvariantCulture);
        if (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 65_535) return new Problem("Mail:Smtp:Port", $"Mail:Smtp:Port is “{port}”; it is a number from 1 to 65535.");
        if (user is null != password is null) return new Problem(user is null ? "Mail:Smtp:User" : "Mail:Smtp:Password", user is null ? "Mail:Smtp:User is missing, although Mail:Smtp:Password is set." : "Mail:Smtp:Password is missing, although Mail:Smtp:User is set.");
        if (SecurityOf(Value(smtp["Security"]) ?? "Auto") is not { } security) return new Problem("Mail:Smtp:Security", $"Mail:Smtp:Security is “{smtp["Security"]}”; it can be None, StartTls, Tls or Auto.");
        var from = Value(configuration["Mail:From"]);
        if (from is null && host is not null) return new Problem("Mail:From", "Mail:From is missing; a mail server needs the address that mail comes from, such as news@example.org.");
        if (!MailboxAddress.TryParse(from ?? "broadsheet@localhost", out var sender) || sender.Address.Count(c => c == '@') != 1 || from?.Any(char.IsControl) == true) return new Problem("Mail:From", $"Mail:From is “{from}”; it is an address such as news@example.org, or The Daily <news@example.org>.");
        return new MailOptions { Host = host, Port = number, User = user, Password = password, Security = security, From = sender };
    }

    private static string? Value(string? given) => string.IsNullOrWhiteSpace(given) ? null : given.Trim();

    private static SecureSocketOptions? SecurityOf(string name) => name.ToUpperInvariant() switch
    {
        "NONE" => SecureSocketOptions.None,
        "STARTTLS" => SecureSocketOptions.StartTls,
        "TLS" => SecureSocketOptions.SslOnConnect,
        "AUTO" => SecureSocketOptions.Auto,
        _ => null,
    };
}
