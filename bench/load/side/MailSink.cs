using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Broadsheet.Load.Side;

/// <summary>A mail server that takes everything and keeps nothing (RFC 5321, as much as is needed): how many letters came stands in a file.</summary>
internal sealed class MailSink(int port, string file)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    private long _letters;

    /// <summary>Until it is stopped.</summary>
    public async Task RunAsync()
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        _ = CountAsync();
        while (true) _ = TakeAsync(await listener.AcceptTcpClientAsync());
    }

    private async Task CountAsync()
    {
        for (long told = -1; ; await Task.Delay(Look))
        {
            if (told == _letters) continue;
            told = Interlocked.Read(ref _letters);
            await File.WriteAllTextAsync(file, told.ToString(CultureInfo.InvariantCulture));
        }
    }

    private async Task TakeAsync(TcpClient client)
    {
        using var _ = client;
        client.NoDelay = true;
        try
        {
            await using var stream = client.GetStream();
            using var lines = new StreamReader(stream, Encoding.Latin1);
            await SayAsync(stream, "220 here");
            while (await lines.ReadLineAsync() is { } line)
            {
                if (line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
                {
                    await SayAsync(stream, "354 go on");
                    while (await lines.ReadLineAsync() is { } word && word != ".") { }
                    Interlocked.Increment(ref _letters);
                }
                await SayAsync(stream, line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase) ? "221 good-bye" : "250 well");
            }
        }
        catch (IOException)
        {
            // Whoever hangs up has said all they had to say.
        }
    }

    private static async Task SayAsync(NetworkStream stream, string line) => await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"));
}
