using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Broadsheet.Cluster;

/// <summary>Readers who go from page to page, and writers who comment, all through the door in front.</summary>
internal sealed partial class Load(Uri site, IReadOnlyList<string> articles, Tally tally) : IDisposable
{
    private static int _words;

    private readonly string[] _pages = ["/", .. articles, "/feed/"];

    private readonly HttpClient _readers = New(site, TimeSpan.FromSeconds(10), follows: true);
    private readonly HttpClient _writers = New(site, TimeSpan.FromSeconds(20), follows: false);

    /// <returns>Where readers find the sample's articles.</returns>
    public static async Task<IReadOnlyList<string>> ArticlesAsync(Uri site)
    {
        using var client = New(site, TimeSpan.FromSeconds(20), follows: true);
        var paths = new List<string>();
        for (var id = 1; id <= 6; id++)
        {
            using var answer = await client.GetAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"/?p={id}"), UriKind.Relative));
            paths.Add(answer.EnsureSuccessStatusCode().RequestMessage!.RequestUri!.AbsolutePath);
        }
        return paths;
    }

    public async Task ReadAsync(CancellationToken ct)
    {
        for (var i = Random.Shared.Next(_pages.Length); !ct.IsCancellationRequested; i++)
        {
            var since = Stopwatch.GetTimestamp();
            tally.Read(since, await AskAsync(_pages[i % _pages.Length]));
            await PauseAsync(20, ct);
        }
    }

    public async Task WriteAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            // Half of the articles are discussed just now; the others are only read.
            await CommentAsync(1 + Random.Shared.Next(3));
            await PauseAsync(100, ct);
        }
    }

    /// <returns>The words, where they were accepted.</returns>
    public async Task<string?> CommentAsync(int article)
    {
        var words = string.Create(CultureInfo.InvariantCulture, $"Words number {Interlocked.Increment(ref _words)} of {Environment.ProcessId} for article {article}.");
        var token = "";
        try
        {
            token = Token().Match(await _readers.GetStringAsync(new Uri(articles[article - 1], UriKind.Relative))) is { Success: true } found ? found.Groups["token"].Value : "";
        }
        catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException)
        {
            // Then without: the form is known.
        }
        try
        {
            using var answer = await _writers.PostAsync(new Uri("/wp-comments-post.php", UriKind.Relative), new FormUrlEncodedContent(
                [new("comment_post_ID", article.ToString(CultureInfo.InvariantCulture)), new("comment_parent", "0"), new("comment", words), new("author", "Wilma Writer"), new("email", "writer@example.org"), new("reply_token", token)]));
            if (answer.StatusCode == HttpStatusCode.Found)
            {
                tally.Wrote(words);
                return words;
            }
            var page = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable && page.Contains(words, StringComparison.Ordinal) && page.Contains("name=\"comment\"", StringComparison.Ordinal)) tally.GaveBack();
            else tally.FailedToWrite(((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException or IOException)
        {
            tally.FailedToWrite(problem is TaskCanceledException ? "no answer" : "cut off");
        }
        return null;
    }

    public void Dispose()
    {
        _readers.Dispose();
        _writers.Dispose();
    }

    private async Task<string?> AskAsync(string path)
    {
        try
        {
            using var answer = await _readers.GetAsync(new Uri(path, UriKind.Relative));
            _ = await answer.Content.ReadAsByteArrayAsync();
            return answer.IsSuccessStatusCode ? null : ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException or IOException)
        {
            return problem is TaskCanceledException ? "no answer" : "cut off";
        }
    }

    private static async Task PauseAsync(int milliseconds, CancellationToken ct) => await Task.Delay(milliseconds, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static HttpClient New(Uri site, TimeSpan patience, bool follows)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = follows, UseCookies = false, AutomaticDecompression = DecompressionMethods.All }) { BaseAddress = site, Timeout = patience };
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        return client;
    }

    [GeneratedRegex("name=\"reply_token\"[^>]*value=\"(?<token>[^\"]*)\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Token();
}
