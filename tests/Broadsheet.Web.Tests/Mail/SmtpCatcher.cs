using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace Broadsheet.Web.Tests.Mail;

/// <summary>A mail server of the tests' own on a port of this machine: takes letters, or answers as a test wishes.</summary>
public sealed class SmtpCatcher : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;
    private int _connections;

    public SmtpCatcher(int port = 0)
    {
        if (port != 0) _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Connections => _connections;

    public ConcurrentQueue<MimeMessage> Messages { get; } = new();

    /// <summary>The letters as they came, byte for byte.</summary>
    public ConcurrentQueue<string> Raw { get; } = new();

    public ConcurrentQueue<string> Commands { get; } = new();

    /// <summary>The answer to a RCPT for this address; null: taken.</summary>
    public Func<string, string?> Recipient { get; set; } = _ => null;

    /// <summary>The answer after a letter's last line; null: taken.</summary>
    public Func<string?> Data { get; set; } = () => null;

    /// <summary>How many letters are cut off in their midst by hanging up.</summary>
    public int HangUps { get; set; }

    public IEnumerable<MimeMessage> To(string address) => Messages.Where(m => m.To.Mailboxes.Any(t => t.Address == address));

    public async ValueTask DisposeAsync()
    {
        if (_serving.IsCompleted) return;
        await _end.CancelAsync();
        _listener.Stop();
        await _serving;
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                Interlocked.Increment(ref _connections);
                _ = TalkAsync(client);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
            try
            {
                await using var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.Latin1);
                await using var writer = new StreamWriter(stream, Encoding.Latin1) { AutoFlush = true, NewLine = "\r\n" };
                await writer.WriteLineAsync("220 catcher.test ESMTP");
                while (await reader.ReadLineAsync(_end.Token) is { } line)
                {
                    Commands.Enqueue(line);
                    if (line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
                    {
                        if (!await TakeAsync(reader, writer)) return;
                    }
                    else await writer.WriteLineAsync(Answer(line));
                    if (line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase)) return;
                }
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException or SocketException)
            {
                // The sender has left, or the test is over.
            }
    }

    private string Answer(string line)
    {
        var command = line.Split(' ', 2)[0].ToUpperInvariant();
        if (command == "RCPT") return Recipient(line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)]) ?? "250 2.1.5 ok";
        return command switch { "EHLO" => "250-catcher.test\r\n250-ENHANCEDSTATUSCODES\r\n250-AUTH PLAIN LOGIN\r\n250 SIZE 10000000", "AUTH" => "235 2.7.0 welcome", "QUIT" => "221 bye", _ => "250 ok" };
    }

    private async Task<bool> TakeAsync(StreamReader reader, StreamWriter writer)
    {
        await writer.WriteLineAsync("354 go on");
        var letter = new StringBuilder();
        while (await reader.ReadLineAsync(_end.Token) is { } line && line != ".")
        {
            if (HangUps > 0 && letter.Length > 200)
            {
                HangUps--;
                return false;
            }
            letter.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }
        var answer = Data();
        if (answer is null)
        {
            Raw.Enqueue(letter.ToString());
            Messages.Enqueue(await MimeMessage.LoadAsync(new MemoryStream(Encoding.Latin1.GetBytes(letter.ToString()))));
        }
        await writer.WriteLineAsync(answer ?? "250 2.0.0 taken");
        return true;
    }
}
