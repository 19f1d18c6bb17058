using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Broadsheet.Benchmarks.Seeding;

namespace Broadsheet.Load;

/// <summary>One reader who writes. Speaks HTTP/1.1 over a bare socket, so that this side takes as little as may be of the processor that both share.</summary>
internal sealed class Writer(LoadOptions load, string[] tokens, int index, long started)
{
    private readonly byte[] _buffer = new byte[64 << 10];

    public List<double> Milliseconds { get; } = [];

    public List<string> Failures { get; } = [];

    public async Task RunAsync()
    {
        // A seed of this run and writer: no words, names or addresses come twice.
        var seed = SeedWords.Mix((ulong)index + 1) ^ load.Run.Aggregate(14695981039346656037UL, (hash, c) => unchecked((hash ^ c) * 1099511628211));
        Socket? socket = null;
        for (var i = 0; i * (long)load.Writers + index < load.Count && !IsOver(); i++)
        {
            if (load.Every > 0 && TimeSpan.FromMilliseconds((double)load.Every * i) - Stopwatch.GetElapsedTime(started) is { Ticks: > 0 } wait) await Task.Delay(wait);
            try
            {
                socket ??= await ConnectAsync();
                var request = Request(seed + (ulong)i, i);
                var asked = Stopwatch.GetTimestamp();
                await socket.SendAsync(request);
                var (problem, stays) = await AnswerAsync(socket);
                if (problem is null) Milliseconds.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
                else Failures.Add(problem);
                if (!stays) socket = Drop(socket);
            }
            catch (Exception trouble) when (trouble is SocketException or IOException)
            {
                Failures.Add(trouble.Message);
                socket = Drop(socket);
            }
        }
        Drop(socket);
    }

    private bool IsOver() => load.Seconds is { } seconds && Stopwatch.GetElapsedTime(started).TotalSeconds >= seconds;

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(load.Site.Host, load.Site.Port);
        return socket;
    }

    private static Socket? Drop(Socket? socket)
    {
        socket?.Dispose();
        return null;
    }

    private byte[] Request(ulong seed, int i)
    {
        var place = (int)((i * (long)load.Writers + index) % load.Articles.Length);
        var who = SeedWords.Mix(seed).ToString("x", CultureInfo.InvariantCulture);
        var words = Uri.EscapeDataString(SeedWords.Text(seed, 400)).Replace("%20", "+", StringComparison.Ordinal);
        var parent = load.Parents.Length > 0 ? load.Parents[place] : 0;
        var form = string.Create(CultureInfo.InvariantCulture, $"comment={words}&author=Reader+{who}&email=reader{who}%40example.org&url=&submit=Post+Comment&comment_post_ID={load.Articles[place]}&comment_parent={parent}&reply_token={tokens[place]}");
        return Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"POST /wp-comments-post.php HTTP/1.1\r\nHost: {load.Site.Authority}\r\nUser-Agent: load\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {form.Length}\r\n\r\n{form}"));
    }

    /// <returns>What is wrong with the answer, null for nothing; and whether the connection is good for the next.</returns>
    private async Task<(string? Problem, bool Stays)> AnswerAsync(Socket socket)
    {
        var (have, end) = (0, -1);
        while (end < 0)
        {
            var got = await socket.ReceiveAsync(_buffer.AsMemory(have));
            if (got == 0) return ("the connection was closed without an answer", false);
            have += got;
            end = _buffer.AsSpan(0, have).IndexOf("\r\n\r\n"u8);
            if (end < 0 && have == _buffer.Length) return ("the headers have no end", false);
        }
        var head = Encoding.Latin1.GetString(_buffer, 0, end + 2);
        await BodyAsync(socket, head, have - end - 4);
        var status = head.Split(' ', 3)[1];
        var location = Header(head, "Location");
        var problem = status != "302" ? $"status {status}" : location?.Contains("#comment-", StringComparison.Ordinal) != true ? $"sent to {location}" : location.Contains("unapproved", StringComparison.Ordinal) ? "held" : null;
        return (problem, Header(head, "Connection")?.Contains("close", StringComparison.OrdinalIgnoreCase) != true);
    }

    /// <summary>Reads what follows the headers, so that the next answer begins at its own beginning.</summary>
    private async Task BodyAsync(Socket socket, string head, int have)
    {
        if (Header(head, "Transfer-Encoding") is not null)
        {
            var tail = Encoding.Latin1.GetString(_buffer, _buffer.AsSpan().IndexOf("\r\n\r\n"u8) + 4, have);
            while (!tail.EndsWith("0\r\n\r\n", StringComparison.Ordinal))
            {
                var got = await socket.ReceiveAsync(_buffer);
                if (got == 0) return;
                tail += Encoding.Latin1.GetString(_buffer, 0, got);
                if (tail.Length > 16) tail = tail[^16..];
            }
            return;
        }
        for (var left = int.Parse(Header(head, "Content-Length") ?? "0", CultureInfo.InvariantCulture) - have; left > 0;)
        {
            var got = await socket.ReceiveAsync(_buffer.AsMemory(0, Math.Min(left, _buffer.Length)));
            if (got == 0) return;
            left -= got;
        }
    }

    private static string? Header(string head, string name)
    {
        var at = head.IndexOf($"\r\n{name}: ", StringComparison.OrdinalIgnoreCase);
        if (at < 0) return null;
        at += name.Length + 4;
        return head[at..head.IndexOf("\r\n", at, StringComparison.Ordinal)];
    }
}
