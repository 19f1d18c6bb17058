using System.Net;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Broadsheet.Web.Mail;

/// <summary>Hands letters to a mail server (RFC 5321, 6409), many over one connection.</summary>
internal sealed class SmtpMailer(MailOptions options) : IMailer
{
    /// <summary>For each command and answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public async Task<IMailSession> OpenAsync(CancellationToken ct) => new Session(options, await ConnectAsync(options, ct));

    private static async Task<SmtpClient> ConnectAsync(MailOptions options, CancellationToken ct)
    {
        // Revocation lists are other hosts that may not answer; a certificate that is out of date or another's is refused all the same.
        var client = new SmtpClient { Timeout = (int)Patience.TotalMilliseconds, CheckCertificateRevocation = false };
        try
        {
            await client.ConnectAsync(options.Host!, options.Port, options.Security, ct);
            if (options.User is null) return client;
            // With Auto, a server (or someone in between) that offers no encryption would else be told the password.
            if (!client.IsSecure && options.Security == SecureSocketOptions.Auto && !IsThisMachine(options.Host!)) throw new MailTroubleException("The mail server offers no encryption, so it was not told the password. Mail:Smtp:Security=None would allow it.");
            await client.AuthenticateAsync(options.User, options.Password!, ct);
            return client;
        }
        catch (Exception problem) when (problem is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            client.Dispose();
            if (problem is MailTroubleException) throw;
            if (!IsTrouble(problem)) throw;
            throw new MailTroubleException(problem is AuthenticationException ? "The mail server refused Mail:Smtp:User and Mail:Smtp:Password." : $"The mail server {options.Host}:{options.Port} cannot be reached: {FirstLine(problem.Message)}", problem);
        }
    }

    private static bool IsThisMachine(string host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static bool IsTrouble(Exception problem) => problem is SocketException or IOException or ProtocolException or CommandException or AuthenticationException or SslHandshakeException or NotSupportedException or ServiceNotConnectedException or ServiceNotAuthenticatedException or TimeoutException or OperationCanceledException;

    private static string FirstLine(string text) => text.Split('\n', 2)[0].Trim();

    private sealed class Session(MailOptions options, SmtpClient client) : IMailSession
    {
        private SmtpClient _client = client;

        public async Task<MailOutcome> SendAsync(long id, Letter letter, CancellationToken ct)
        {
            if (!_client.IsConnected)
            {
                // The server hung up after an earlier letter: that says nothing about this one.
                _client.Dispose();
                _client = await ConnectAsync(options, ct);
            }
            try
            {
                using var message = MakeMessage.Of(letter, options.From);
                await _client.SendAsync(message, ct);
                return MailOutcome.Sent;
            }
            catch (FormatException problem)
            {
                return new MailOutcome(MailFate.NoSuchAddress, problem.Message);
            }
            catch (SmtpCommandException refused)
            {
                return new MailOutcome(IsAboutTheAddress(refused) ? MailFate.NoSuchAddress : MailFate.Later, FirstLine($"{(int)refused.StatusCode} {refused.Message}"));
            }
            catch (Exception problem) when (IsTrouble(problem) && !ct.IsCancellationRequested)
            {
                return new MailOutcome(MailFate.Later, FirstLine(problem.Message));
            }
        }

        /// <summary>
        /// A permanent refusal of the recipient. Not 552, which RFC 5321 §4.5.3.1.10 has treated as temporary (the mailbox is full), and not 5.7.x
        /// (RFC 3463: policy): a relay that does not let us in, or a list that we stand on, says nothing about whether the address exists.
        /// </summary>
        private static bool IsAboutTheAddress(SmtpCommandException refused) =>
            refused.ErrorCode == SmtpErrorCode.RecipientNotAccepted && (int)refused.StatusCode >= 500 && refused.StatusCode != SmtpStatusCode.ExceededStorageAllocation && !refused.Message.StartsWith("5.7.", StringComparison.Ordinal);

        public async ValueTask DisposeAsync()
        {
            try
            {
                if (_client.IsConnected) await _client.DisconnectAsync(quit: true);
            }
            catch (Exception problem) when (IsTrouble(problem))
            {
                // What was sent is sent.
            }
            _client.Dispose();
        }
    }
}
