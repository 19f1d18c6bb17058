using System.Net;
using System.Text.Json;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Features.Discussion.Live;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Broadsheet.Web.Tests.Features.Discussion;

public abstract class LiveTests(BroadsheetSite site)
{
    [Fact]
    public async Task Watchers_are_told_ids_and_counts_of_what_is_new_and_no_words()
    {
        var article = await site.PublishAsync("Watched");
        await site.TalkAsync(article.Id, [null]);
        using var watcher = await Watcher.OpenAsync(site, article.Id);
        var first = await watcher.NextAsync();
        Assert.Equal((1, 0), (first.Comments, first.New.Count));

        var ids = await site.TalkAsync(article.Id, null, 0);
        var news = await watcher.NextAsync();

        Assert.Equal(3, news.Comments);
        Assert.Equal(ids, news.New);
        Assert.DoesNotContain("Words", watcher.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Reader", watcher.Text, StringComparison.Ordinal);
        Assert.True(watcher.Headers.CacheControl!.NoStore);
        Assert.Equal("text/event-stream", watcher.ContentType);
    }

    [Fact]
    public async Task Likes_are_told_with_the_comment_that_they_are_of()
    {
        var article = await site.PublishAsync("Likes told");
        var ids = await site.TalkAsync(article.Id, null, null);
        using var watcher = await Watcher.OpenAsync(site, article.Id);
        await watcher.NextAsync();
        using var guest = site.NewReader();

        using var liked = await guest.PostAsync("/discussion/likes/", [new("post", $"{article.Id}"), new("like", $"{ids[1]}")]);
        using var post = await guest.PostAsync("/discussion/likes/", [new("post", $"{article.Id}"), new("like", "post")]);

        var told = await watcher.NextAsync();
        if (told.Likes == 0) told = told with { Likes = (await watcher.NextAsync()).Likes };
        Assert.Equal(1, told.Liked[ids[1]]);
        Assert.Equal(1, told.Likes);
    }

    [Fact]
    public async Task A_stream_that_was_cut_goes_on_where_it_was()
    {
        var article = await site.PublishAsync("Cut");
        await site.TalkAsync(article.Id, [null]);
        string id;
        using (var watcher = await Watcher.OpenAsync(site, article.Id))
        {
            await watcher.NextAsync();
            await site.TalkAsync(article.Id, [null]);
            await watcher.NextAsync();
            id = watcher.LastId;
        }
        using var other = await Watcher.OpenAsync(site, article.Id);
        await other.NextAsync();
        await Task.Delay(2_100);
        var missed = await site.TalkAsync(article.Id, null, null);
        await other.NextAsync();

        using var again = await Watcher.OpenAsync(site, article.Id, id);
        var caughtUp = await again.NextAsync();

        Assert.Equal(4, caughtUp.Comments);
        Assert.Equal(missed, caughtUp.New);
    }

    [Fact]
    public async Task Who_knows_the_last_comment_is_not_told_of_it_again()
    {
        var article = await site.PublishAsync("Nothing new");
        await site.TalkAsync(article.Id, null, null);
        using var watcher = await Watcher.OpenAsync(site, article.Id);
        await watcher.NextAsync();

        using var again = await Watcher.OpenAsync(site, article.Id, watcher.LastId);

        Assert.Empty((await again.NextAsync()).New);
    }

    [Fact]
    public Task A_hundred_watchers_cost_no_more_statements_than_one() => CrowdAsync(100);

    [Fact]
    [Trait("Category", "Full")]
    public Task A_thousand_watchers_cost_no_more_statements_than_one() => CrowdAsync(1_000);

    private async Task CrowdAsync(int watchers)
    {
        await site.SettleAsync();
        var article = await site.PublishAsync("Crowd");
        await site.TalkAsync(article.Id, [null]);
        using var first = await Watcher.OpenAsync(site, article.Id);
        await first.NextAsync();
        site.Statements.Reset();

        var crowd = new List<Watcher>();
        for (var i = 0; i < watchers; i++) crowd.Add(await Watcher.OpenAsync(site, article.Id));
        foreach (var watcher in crowd) Assert.Equal(1, (await watcher.NextAsync()).Comments);
        Assert.Empty(site.Statements.Statements);
        var ids = await site.TalkAsync(article.Id, [null]);
        site.Statements.Reset();
        foreach (var watcher in crowd) Assert.Equal(ids, (await watcher.NextAsync()).New);

        Assert.InRange(site.Statements.Statements.Count, 0, 3);
        crowd.ForEach(w => w.Dispose());
    }

    [Fact]
    public async Task Where_streams_do_not_get_through_asking_costs_nothing_while_nothing_is_new()
    {
        await site.SettleAsync();
        var article = await site.PublishAsync("Asked");
        await site.TalkAsync(article.Id, [null]);
        using var reader = site.NewReader();
        using var first = await reader.GetAsync($"/wp-json/broadsheet/v1/discussion?post={article.Id}");
        site.Statements.Reset();

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/wp-json/broadsheet/v1/discussion?post={article.Id}", UriKind.Relative));
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await reader.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(site.Statements.Statements);
        await site.TalkAsync(article.Id, [null]);
        await Eventually.SeesAsync(async () => (await reader.ReadAsync($"/wp-json/broadsheet/v1/discussion?post={article.Id}")).Contains("\"comments\":2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_asks_now_and_then_is_told_once_what_is_new_since_they_asked_last()
    {
        var article = await site.PublishAsync("Asked again");
        await site.TalkAsync(article.Id, [null]);
        using var reader = site.NewReader();
        var last = (await AskAsync(0)).GetProperty("last").GetInt64();
        var ids = await site.TalkAsync(article.Id, null, null);
        JsonElement news = default;
        await Eventually.SeesAsync(async () => (news = await AskAsync(last)).GetProperty("new").GetArrayLength() == 2);

        Assert.Equal(ids, news.GetProperty("new").EnumerateArray().Select(e => e.GetInt64()));
        Assert.Equal(0, (await AskAsync(news.GetProperty("last").GetInt64())).GetProperty("new").GetArrayLength());

        async Task<JsonElement> AskAsync(long since) => JsonDocument.Parse(await reader.ReadAsync($"/wp-json/broadsheet/v1/discussion?post={article.Id}{(since > 0 ? $"&since={since}" : "")}")).RootElement;
    }

    [Fact]
    public async Task What_is_not_public_is_not_watched_and_a_stream_ends_when_it_is_hidden()
    {
        var edit = new ArticleEdit("Hidden later", "<p>Words.</p>", BodyFormat.Html) { Status = ArticleStatus.Published };
        var draft = await site.PublishAsync(edit with { Title = "A draft", Status = ArticleStatus.Draft });
        var locked = await site.PublishAsync(edit with { Title = "Locked", Password = "sesame" });
        var article = await site.PublishAsync(edit);
        using var reader = site.NewReader();
        foreach (var id in new[] { draft.Id, locked.Id, 987_654_321 })
            foreach (var path in new[] { "live", "discussion" })
            {
                using var none = await reader.GetAsync($"/wp-json/broadsheet/v1/{path}?post={id}");
                Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
            }
        using var watcher = await Watcher.OpenAsync(site, article.Id);
        await watcher.NextAsync();

        await site.EditAsync(article.Id, edit with { Status = ArticleStatus.Private });

        await Assert.ThrowsAsync<EndOfStreamException>(watcher.NextAsync);
    }

    [Fact]
    public async Task Who_joins_while_the_house_is_full_of_empty_rooms_is_in_a_room_that_is_told()
    {
        var (article, other) = (await site.PublishAsync("In the house"), await site.PublishAsync("Elsewhere in the house"));
        var services = site.App.Services;
        using var hub = new LiveHub(services.GetRequiredService<IDatabaseEngine>(), TimeProvider.System, NullLogger<LiveHub>.Instance) { MaxRooms = 1 };
        using var stop = new CancellationTokenSource();
        // Every look at another discussion empties the house of rooms without watchers.
        var looks = Task.Run(async () =>
        {
            for (long id = 1_000_000; !stop.IsCancellationRequested; id++) await hub.RoomAsync(id % 2 == 0 ? id : other.Id, CancellationToken.None);
        });

        try
        {
            for (var i = 0; i < 300; i++)
            {
                var (room, news) = (await hub.JoinAsync(article.Id, null, CancellationToken.None))!.Value;
                Assert.Same(room, await hub.RoomAsync(article.Id, CancellationToken.None));
                room.Leave(news);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await looks;
        }
    }

    /// <summary>Reads events as a browser does.</summary>
    private sealed class Watcher(HttpClient http, HttpResponseMessage answer, StreamReader reader) : IDisposable
    {
        public string Text { get; private set; } = "";

        public string LastId { get; private set; } = "";

        public System.Net.Http.Headers.HttpResponseHeaders Headers => answer.Headers;

        public string? ContentType => answer.Content.Headers.ContentType?.MediaType;

        public static async Task<Watcher> OpenAsync(BroadsheetSite site, long article, string? lastId = null)
        {
            // A browser that leaves is gone at once; it does not read on for two seconds.
            var http = new HttpClient(new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero }) { BaseAddress = site.Url };
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/wp-json/broadsheet/v1/live?post={article}", UriKind.Relative));
            if (lastId is not null) request.Headers.Add("Last-Event-ID", lastId);
            var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return new Watcher(http, answer, new StreamReader(await answer.Content.ReadAsStreamAsync()));
        }

        public async Task<State> NextAsync()
        {
            using var late = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            while (await reader.ReadLineAsync(late.Token) is { } line)
            {
                Text += line;
                if (line.StartsWith("id: ", StringComparison.Ordinal)) LastId = line[4..];
                if (!line.StartsWith("data: ", StringComparison.Ordinal)) continue;
                var json = JsonDocument.Parse(line[6..]).RootElement;
                return new State(
                    json.GetProperty("comments").GetInt32(), json.GetProperty("likes").GetInt32(), [.. json.GetProperty("new").EnumerateArray().Select(e => e.GetInt64())],
                    json.GetProperty("liked").EnumerateObject().ToDictionary(p => long.Parse(p.Name, System.Globalization.CultureInfo.InvariantCulture), p => p.Value.GetInt32()));
            }
            throw new EndOfStreamException();
        }

        public void Dispose()
        {
            reader.Dispose();
            answer.Dispose();
            http.Dispose();
        }
    }

    private sealed record State(int Comments, int Likes, List<long> New, Dictionary<long, int> Liked);

    public sealed class OnSqlite(SqliteSite site) : LiveTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : LiveTests(site), IClassFixture<PostgresSite>;
}
