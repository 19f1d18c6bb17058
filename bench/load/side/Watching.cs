using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Broadsheet.Load.Side;

/// <summary>Readers who keep an article's discussion open: what their streams take while nothing is said, and how soon all have heard of a comment.</summary>
internal sealed partial class Watching(Uri site, long article, int count) : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>News of one discussion are told once a second: the next comment comes when those of the last have long been told.</summary>
    private static readonly TimeSpan BetweenComments = TimeSpan.FromSeconds(2.5);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = int.MaxValue }) { BaseAddress = site, Timeout = Timeout.InfiniteTimeSpan };
    private readonly long[] _heard = new long[count];
    private readonly CancellationTokenSource _end = new();
    private int _open;

    /// <param name="processes">The program, and what it needs.</param>
    /// <param name="idle">Seconds without a word.</param>
    /// <param name="comments">Posted one after the other; each figure is the median of theirs.</param>
    /// <returns>Memory of a stream in KB, processor time in ms a second that all take while nothing is said, ms from a comment's answer until half and until all have heard, processor time of a comment in ms, without what all take while nothing is said.</returns>
    /// <exception cref="InvalidOperationException">A stream did not open, or did not hear.</exception>
    public async Task<double[]> MeasureAsync(IReadOnlyList<int> processes, double idle, int comments)
    {
        var (emptyMemory, emptyCpu) = (Memory(processes), await CpuAsync(processes, Math.Min(5, idle)));
        var watchers = Enumerable.Range(0, count).Select(WatchAsync).ToList();
        for (var since = Stopwatch.GetTimestamp(); Volatile.Read(ref _open) < count; await Task.Delay(50))
            if (Stopwatch.GetElapsedTime(since) > Longest) throw new InvalidOperationException($"of {count} streams {_open} opened");
        await ProcessorTime.RestAsync(processes);
        var (cpu, memory) = (await CpuAsync(processes, idle), Memory(processes));
        List<(double Half, double All, double Cpu)> told = [];
        // The first makes what is made once: forms, statements, compiled code.
        for (var i = 0; i <= comments; i++)
        {
            var one = await TellAsync(processes, cpu);
            if (i > 0) told.Add(one);
        }
        await _end.CancelAsync();
        await Task.WhenAll(watchers);
        double Middle(Func<(double Half, double All, double Cpu), double> of) => told.Select(of).Order().ElementAt(told.Count / 2);
        return [Math.Max(0, memory - emptyMemory) / count, Math.Max(0, cpu - emptyCpu), Middle(t => t.Half), Middle(t => t.All), Middle(t => t.Cpu)];
    }

    public void Dispose()
    {
        _end.Dispose();
        _http.Dispose();
    }

    private async Task WatchAsync(int i)
    {
        try
        {
            await using var stream = await _http.GetStreamAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"/wp-json/broadsheet/v1/live?post={article}"), UriKind.Relative), _end.Token);
            using var lines = new StreamReader(stream);
            while (await lines.ReadLineAsync(_end.Token) is { } line)
            {
                if (!line.StartsWith("data: ", StringComparison.Ordinal)) continue;
                if (_heard[i] == 0) Interlocked.Increment(ref _open);
                Volatile.Write(ref _heard[i], Stopwatch.GetTimestamp());
            }
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException or OperationCanceledException)
        {
            // Whoever waits for all finds that one has not heard.
        }
    }

    private async Task<(double Half, double All, double Cpu)> TellAsync(IReadOnlyList<int> processes, double idle)
    {
        var form = Token().Match(await _http.GetStringAsync(await PageAsync()));
        var (before, begun) = (ProcessorTime.Of(processes), Stopwatch.GetTimestamp());
        await PostAsync(WebUtility.HtmlDecode(form.Groups["token"].Value));
        var said = Stopwatch.GetTimestamp();
        while (_heard.Any(h => Volatile.Read(ref h) < begun))
        {
            if (Stopwatch.GetElapsedTime(said) > Longest) throw new InvalidOperationException($"of {count} streams {_heard.Count(h => h < begun)} did not hear of a comment");
            await Task.Delay(2);
        }
        await Task.Delay(BetweenComments);
        var times = _heard.Select(h => Stopwatch.GetElapsedTime(said, Math.Max(said, h)).TotalMilliseconds).Order().ToList();
        return (times[count / 2], times[^1], Math.Max(0, ProcessorTime.Of(processes) - before - idle * Stopwatch.GetElapsedTime(begun).TotalSeconds));
    }

    private async Task<Uri> PageAsync()
    {
        using var answer = await _http.GetAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"/?p={article}"), UriKind.Relative));
        return answer.Headers.Location ?? throw new InvalidOperationException($"there is no article {article} at {site}");
    }

    private async Task PostAsync(string token)
    {
        var words = $"Seen by {count} who watch, {Guid.CreateVersion7()}";
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/wp-comments-post.php", UriKind.Relative))
        {
            Content = new FormUrlEncodedContent([new("comment_post_ID", article.ToString(CultureInfo.InvariantCulture)), new("comment_parent", "0"), new("comment", words), new("author", "Wilma Watched"), new("email", "watched@example.org"), new("reply_token", token)]),
        };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var answer = await _http.SendAsync(request);
        if (answer.StatusCode != HttpStatusCode.Found || answer.Headers.Location?.OriginalString.Contains("unapproved", StringComparison.Ordinal) == true) throw new InvalidOperationException($"a comment was answered with {(int)answer.StatusCode}, {answer.Headers.Location}");
    }

    /// <summary>Milliseconds of all processors a second.</summary>
    private static async Task<double> CpuAsync(IReadOnlyList<int> processes, double seconds)
    {
        var (before, since) = (ProcessorTime.Of(processes), Stopwatch.GetTimestamp());
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        return (ProcessorTime.Of(processes) - before) / Stopwatch.GetElapsedTime(since).TotalSeconds;
    }

    /// <summary>In KB; what is shared counts in part (proc(5)). Of the program alone: what a database server keeps for it is no stream's.</summary>
    private static double Memory(IReadOnlyList<int> processes) =>
        double.Parse(File.ReadLines($"/proc/{processes[0]}/smaps_rollup").First(l => l.StartsWith("Pss:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);

    [GeneratedRegex("name=\"reply_token\"[^>]*value=\"(?<token>[^\"]*)\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Token();
}
