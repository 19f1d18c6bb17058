using System.Diagnostics;
using System.Globalization;
using System.Net;
using Broadsheet.Core.People;
using Broadsheet.Web.Caching;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Features.SignIn;
using Broadsheet.Web.Redis;
using Broadsheet.Web.Tests.Features.Following;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Broadsheet.Web.Tests.Redis;

/// <summary>Two servers on one PostgreSQL, with Redis between them: there, halted, emptied, gone and back.</summary>
public sealed class ClusterTests : IAsyncLifetime
{
    /// <summary>Else each server's own address would show in its pages, and nothing could be shared.</summary>
    private const string Address = "--Hosting:PublicUrl=https://news.example.org";

    private readonly PostgresSite _first = new();
    private RedisServer _redis = null!;
    private SecondNode _second = null!;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisServer.RunAsync();
        await _first.StartAsync(Address, $"--Cache:Redis={_redis.Address}");
        await _first.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0 });
        _second = new SecondNode(_first);
        await _second.StartAsync(Address, $"--Cache:Redis={_redis.Address}");
        await ConnectedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _second.DisposeAsync();
        await _first.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task Whoever_watches_at_one_server_hears_of_a_comment_at_the_other_before_any_turn_to_look()
    {
        var article = await _first.PublishAsync("Watched from elsewhere");
        using var reader = _second.NewReader();
        await reader.ReadAsync(article.Path);
        using var stream = await reader.Http.GetStreamAsync(new Uri($"/wp-json/broadsheet/v1/live?post={article.Id}", UriKind.Relative));
        using var lines = new StreamReader(stream);
        Assert.Contains("\"comments\":0", await DataAsync(lines), StringComparison.Ordinal);
        var slowest = TimeSpan.Zero;

        for (var i = 1; i <= 5; i++)
        {
            // The room pauses for a second after it has told something.
            await Task.Delay(1_100);
            using var writer = _first.NewReader();
            using (await writer.CommentAsync(article.Path, $"Said {i}.")) { }
            var said = Stopwatch.GetTimestamp();
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"\"comments\":{i}"), await DataAsync(lines), StringComparison.Ordinal);
            if (Stopwatch.GetElapsedTime(said) is var took && took > slowest) slowest = took;
            Assert.Contains($"Said {i}.", await reader.ReadAsync(article.Path), StringComparison.Ordinal);
        }

        // By turns alone, five would take half a second each at worst, and never all be quick.
        Assert.InRange(slowest, TimeSpan.Zero, TimeSpan.FromMilliseconds(400));
    }

    [Fact]
    public async Task A_page_that_one_server_rendered_is_the_other_s_too()
    {
        var article = await _first.PublishAsync("Rendered once");
        await _first.TalkAsync(article.Id, null, null);
        using var here = _first.NewReader();
        using var there = _second.NewReader();

        await Eventually.SeesAsync(async () =>
        {
            foreach (var site in new BroadsheetSite[] { _first, _second }) site.App.Services.GetRequiredService<PageStore>().Missed();
            using var one = await here.GetAsync(article.Path);
            await Task.Delay(100);
            using var other = await there.GetAsync(article.Path);
            return one.Headers.ETag!.Tag == other.Headers.ETag!.Tag;
        }, TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Guesses_at_both_servers_are_counted_together()
    {
        var ann = await StaffClient.AddAsync(_first, Role.Reader, "a good long password");
        await using var strict = new SecondNode(_first);
        await strict.StartAsync($"--Cache:Redis={_redis.Address}", "--Limits:ExemptNetworks=");
        await using var other = new SecondNode(_first);
        await other.StartAsync($"--Cache:Redis={_redis.Address}", "--Limits:ExemptNetworks=");
        await ConnectedAsync(strict, other);

        for (var i = 0; i < SignInThrottle.TriesOfOneNetworkAtOneAccount; i++) Assert.Equal(HttpStatusCode.Forbidden, await TryAsync(i % 2 == 0 ? strict : other));

        Assert.Equal(HttpStatusCode.TooManyRequests, await TryAsync(strict));
        Assert.Equal(HttpStatusCode.TooManyRequests, await TryAsync(other));

        async Task<HttpStatusCode> TryAsync(BroadsheetSite site)
        {
            using var guest = new StaffClient(site, ann.Id, ann.Email);
            using var answer = await guest.SubmitAsync("/account/sign-in/", [new("email", ann.Email), new("password", "wrong")]);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task A_Redis_that_was_emptied_signs_nobody_out_and_breaks_no_link_of_a_letter()
    {
        using var ann = await StaffClient.SignInAsync(_first, Role.Editor);
        var article = await _first.PublishAsync("Followed");
        using var guest = _first.NewReader();
        using (await guest.CommentAsync(article.Path, "Tell me of answers.", "Bea", "bea@example.org", [new("subscribe_comments", "1")])) { }
        await guest.ConfirmAsync(await LetterAsync(1));
        using (var other = _first.NewReader()) using (await other.CommentAsync(article.Path, "An answer.", "Cy", "cy@example.org")) { }
        var letter = await LetterAsync(2);

        await _redis.FlushAsync();

        using var newsroom = await ann.GetAsync("/newsroom/");
        Assert.Equal(HttpStatusCode.OK, newsroom.StatusCode);
        using var there = _second.NewReader();
        using (var ended = await there.PostAsync(MailBox.OneClick(letter), [new("List-Unsubscribe", "One-Click")])) Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        Assert.Equal(SubscriptionState.Ended, await _first.ReadAsync(db => db.Subscriptions.Where(s => s.Email == "bea@example.org").Select(s => s.State).SingleAsync()));
        using var again = await guest.CommentAsync(article.Path, "The form from before still works.", "Bea", "bea@example.org");
        Assert.Equal(HttpStatusCode.Found, again.StatusCode);
    }

    [Fact]
    public async Task Without_Redis_reading_and_writing_go_on_and_with_it_again_rings_are_heard_again()
    {
        var article = await _first.PublishAsync("Goes on");
        using var here = _first.NewReader();
        using var there = _second.NewReader();
        await _redis.KillAsync();

        using (var answer = await here.CommentAsync(article.Path, "Said without Redis.")) Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        await Eventually.SeesAsync(async () => (await there.ReadAsync(article.Path)).Contains("Said without Redis.", StringComparison.Ordinal), TimeSpan.FromSeconds(5));

        await _redis.StartAsync();
        await ConnectedAsync();
        using (var answer = await here.CommentAsync(article.Path, "Said with Redis again.")) Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        await Eventually.SeesAsync(async () => (await there.ReadAsync(article.Path)).Contains("Said with Redis again.", StringComparison.Ordinal), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_Redis_that_hangs_holds_nobody_up()
    {
        var article = await _first.PublishAsync("Not held up");
        _second.App.Services.GetRequiredService<RedisConnection>().Patience = TimeSpan.FromSeconds(1);
        await _redis.HaltAsync();
        using var reader = _second.NewReader();
        var started = Stopwatch.GetTimestamp();

        for (var i = 0; i < 40; i++)
        {
            _second.App.Services.GetRequiredService<PageStore>().Missed();
            await reader.ReadAsync(article.Path);
        }

        // Forty renderings, three times the patience and a probe every two seconds: not forty times the patience.
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(25));
        await _redis.GoOnAsync();
    }

    [Fact]
    public async Task A_server_whose_Redis_is_not_there_starts_and_serves()
    {
        await using var alone = new SecondNode(_first);
        await alone.StartAsync(string.Create(CultureInfo.InvariantCulture, $"--Cache:Redis=127.0.0.1:{RedisServer.FreePort()}"));
        using var reader = alone.NewReader();

        Assert.Contains("<html", await reader.ReadAsync("/"), StringComparison.Ordinal);
        Assert.False(alone.App.Services.GetRequiredService<RedisConnection>().IsUp);
    }

    /// <summary>Whichever server's turn it is writes it.</summary>
    private async Task<MimeMessage> LetterAsync(int count)
    {
        var boxes = new[] { new MailBox(_first), new MailBox(_second) };
        await Eventually.SeesAsync(() => Task.FromResult(boxes.Sum(b => b.To("bea@example.org").Count) == count));
        return boxes.SelectMany(b => b.To("bea@example.org")).OrderBy(m => m.Headers[HeaderId.ListUnsubscribe] is not null).Last();
    }

    private Task ConnectedAsync() => ConnectedAsync(_first, _second);

    /// <summary>Where tests share two cores, fifty milliseconds are soon gone.</summary>
    private static async Task ConnectedAsync(params BroadsheetSite[] sites)
    {
        foreach (var redis in sites.Select(s => s.App.Services.GetRequiredService<RedisConnection>()))
        {
            redis.Patience = TimeSpan.FromSeconds(2);
            await Eventually.SeesAsync(() => Task.FromResult(redis.IsUp));
        }
    }

    private static async Task<string> DataAsync(StreamReader lines)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await lines.ReadLineAsync(patience.Token) is { } line)
            if (line.StartsWith("data: ", StringComparison.Ordinal)) return line;
        throw new InvalidOperationException("The stream ended.");
    }
}
