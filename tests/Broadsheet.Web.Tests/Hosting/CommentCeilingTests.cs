using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Broadsheet.Web.Hosting;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Hosting;

/// <summary>A flood: the excess is turned away before it is read, what was taken is stored, and readers and writers elsewhere go on.</summary>
public abstract class CommentCeilingTests(BroadsheetSite site) : IAsyncLifetime
{
    /// <summary>So few that even a slow machine sends more than ten seconds' worth.</summary>
    private const int OfNetwork = 6;

    public async ValueTask InitializeAsync()
    {
        await site.StartAsync([.. ForwardedSites.Configuration, $"--Limits:CommentsOfNetworkAMinute={OfNetwork}", "--Limits:CommentsASecond=5"]);
        await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0 });
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return site.DisposeAsync();
    }

    [Fact]
    public async Task The_excess_of_one_network_is_turned_away_and_what_was_taken_is_stored()
    {
        var article = await site.PublishAsync("Flooded");
        using var flooder = site.ReaderFrom("203.0.113.7");

        var statuses = new List<HttpStatusCode>();
        await Parallel.ForAsync(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, ct) =>
        {
            // In every spelling that the router takes.
            using var answer = await flooder.PostAsync((i % 3) switch { 0 => "/wp-comments-post.php", 1 => "/WP-Comments-Post.php", _ => "/wp-comments-post.php/" }, Fields(article.Id, $"Flood {i}."));
            if (answer.StatusCode == HttpStatusCode.TooManyRequests) Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
            lock (statuses) statuses.Add(answer.StatusCode);
        });
        using var neighbour = site.ReaderFrom("198.51.100.9");
        using var taken = await neighbour.CommentAsync(article.Path, "From elsewhere.", "Bea", "bea@example.org");

        // A minute's worth at once, and what a slow test leaves time for.
        Assert.InRange(statuses.Count(s => s == HttpStatusCode.Found), OfNetwork, OfNetwork + 15);
        Assert.Equal(200, statuses.Count(s => s is HttpStatusCode.Found or HttpStatusCode.TooManyRequests));
        Assert.Equal(HttpStatusCode.Found, taken.StatusCode);
        Assert.Equal(statuses.Count(s => s == HttpStatusCode.Found), await site.ReadAsync(db => db.Comments.CountAsync(c => c.ArticleId == article.Id && c.AuthorName == "Flo")));
        Assert.Contains("From elsewhere.", await neighbour.ReadAsync(article.Path));
    }

    [Fact]
    public async Task One_network_gives_ten_legal_notices_a_day_and_keeps_its_words()
    {
        var article = await site.PublishAsync("Noticed");
        using var flooder = site.ReaderFrom("203.0.113.9");
        using var comment = await flooder.CommentAsync(article.Path, "Words.", "Bea", "bea@example.org");
        var id = comment.Headers.Location!.OriginalString.Split("#comment-")[1];
        HttpResponseMessage? last = null;
        for (var i = 0; i < 11; i++)
        {
            last?.Dispose();
            last = await flooder.PostAsync("/discussion/notice/", [new("comment", id), new("law", $"Law {i}"), new("explanation", "Kept words."), new("name", "Nora"), new("email", "nora@example.org"), new("good_faith", "yes")]);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last!.StatusCode);
        Assert.Contains("Kept words.", await last.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(10, await site.ReadAsync(db => db.LegalNotices.CountAsync()));
        last.Dispose();
    }

    [Fact]
    public async Task A_flood_from_everywhere_meets_the_ceiling_of_all()
    {
        var article = await site.PublishAsync("Flooded from everywhere");
        var refused = 0;
        await Parallel.ForAsync(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, ct) =>
        {
            using var reader = site.ReaderFrom($"10.{i / 250}.{i % 250}.1");
            using var answer = await reader.PostAsync("/wp-comments-post.php", Fields(article.Id, $"Everywhere {i}."));
            if (answer.StatusCode == HttpStatusCode.TooManyRequests) Interlocked.Increment(ref refused);
        });

        Assert.InRange(refused, 1, 400 - 15);
        using var other = site.NewReader();
        Assert.Contains("Flooded from everywhere", await other.ReadAsync(article.Path));
    }

    [Fact]
    public async Task The_body_of_what_is_turned_away_is_not_waited_for()
    {
        var article = await site.PublishAsync("Unread");
        using var flooder = site.ReaderFrom("192.0.2.50");
        for (var (i, isRefused) = (0, false); !isRefused; i++)
            using (var answer = await flooder.PostAsync("/wp-comments-post.php", Fields(article.Id, $"Before {i}."))) isRefused = answer.StatusCode == HttpStatusCode.TooManyRequests;
        using var socket = new TcpClient();
        await socket.ConnectAsync(site.Url.Host, site.Url.Port);
        var stream = socket.GetStream();

        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /wp-comments-post.php HTTP/1.1\r\nHost: {site.Url.Authority}\r\nX-Forwarded-For: 192.0.2.50\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 30000000\r\n\r\n"));
        using var reader = new StreamReader(stream);

        Assert.Equal("HTTP/1.1 429 Too Many Requests", await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(10)));
    }

    private static KeyValuePair<string, string>[] Fields(long article, string words) => [new("comment_post_ID", article.ToString(CultureInfo.InvariantCulture)), new("comment", words), new("author", "Flo"), new("email", "flo@example.org")];

    public sealed class OnSqlite() : CommentCeilingTests(new SqliteSite());

    public sealed class OnPostgres() : CommentCeilingTests(new PostgresSite());
}

/// <summary>The rule itself, on a clock of its own.</summary>
public sealed class NetworkBucketsTests
{
    [Fact]
    public void A_burst_is_let_through_then_one_at_a_time()
    {
        var clock = new Clock();
        var buckets = new NetworkBuckets(perSecond: 2, burst: 10, clock);

        Assert.All(Enumerable.Range(0, 10), _ => Assert.Null(buckets.Take("192.0.2.0")));
        Assert.Equal(0.5, buckets.Take("192.0.2.0")!.Value.TotalSeconds, 3);
        Assert.Null(buckets.Take("198.51.100.0"));
        clock.Now += TimeSpan.FromSeconds(0.5);
        Assert.Null(buckets.Take("192.0.2.0"));
        Assert.NotNull(buckets.Take("192.0.2.0"));
        clock.Now += TimeSpan.FromHours(1);
        Assert.Equal(10, Enumerable.Range(0, 20).Count(_ => buckets.Take("192.0.2.0") is null));
    }

    [Fact]
    public void A_hundred_thousand_networks_take_no_memory_and_leave_a_quiet_one_alone()
    {
        var (clock, networks) = (new Clock(), Enumerable.Range(0, 100_000).Select(i => $"10.{i >> 8 & 255}.{i & 255}.{i >> 16}").ToArray());
        var buckets = new NetworkBuckets(perSecond: 2, burst: 10, clock);
        buckets.Take("warm");
        var before = GC.GetAllocatedBytesForCurrentThread();

        foreach (var network in networks) buckets.Take(network);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000);
        Assert.Null(buckets.Take("203.0.113.0"));
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
