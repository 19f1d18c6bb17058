using System.Diagnostics;
using System.Net;
using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Caching;
using Broadsheet.Web.Caching.Front;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;

namespace Broadsheet.Web.Tests.Caching.Front;

/// <summary>Readers come through a real Varnish with the guide's own configuration.</summary>
public sealed class VarnishTests(SqliteFrontSite site) : IClassFixture<SqliteFrontSite>
{
    public static TheoryData<string> PrivateRooms => [.. PageKeys.Private.Where(p => p != "/assets")];

    [Fact]
    public async Task The_second_reader_is_answered_by_the_cache_and_browsers_ask_each_time()
    {
        var article = await site.PublishAsync("Read by many");
        using var reader = NewReader();
        using var first = await reader.GetAsync(article.Path);
        Assert.Equal("miss", CacheOf(first));
        using var second = await KeptAsync(reader, article.Path, TimeSpan.Zero);

        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal("no-cache", second.Headers.CacheControl!.ToString());
        Assert.False(second.Headers.Contains("Surrogate-Key") || second.Headers.Contains("xkey"));
        // Who has it already is told so by the cache itself.
        using var again = new HttpRequestMessage(HttpMethod.Get, new Uri(article.Path, UriKind.Relative));
        again.Headers.TryAddWithoutValidation("If-None-Match", second.Headers.ETag!.ToString());
        using var unchanged = await reader.Http.SendAsync(again);
        Assert.Equal((HttpStatusCode.NotModified, "hit"), (unchanged.StatusCode, CacheOf(unchanged)));
    }

    [Fact]
    public async Task A_posted_comment_stands_on_the_kept_page_and_other_pages_stay_kept()
    {
        var article = await site.PublishAsync("Talked about");
        var other = await site.PublishAsync("Left alone");
        using var reader = NewReader();
        // Until the news of their publishing has come for the second time, and they stay.
        (await KeptAsync(reader, article.Path, PurgeSender.Again)).Dispose();
        (await KeptAsync(reader, other.Path, PurgeSender.Again)).Dispose();
        using var writer = NewReader();
        using (var answer = await writer.CommentAsync(article.Path, "PURGEDBYTAG")) Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        // The page would be good for a minute by the clock.
        await Eventually.SeesAsync(async () => (await reader.ReadAsync(article.Path)).Contains("PURGEDBYTAG", StringComparison.Ordinal), TimeSpan.FromSeconds(10));
        using var alone = await reader.GetAsync(other.Path);
        Assert.Equal("hit", CacheOf(alone));
        Assert.True(alone.Headers.Age >= PurgeSender.Again);
    }

    [Fact]
    public async Task Words_that_are_taken_back_are_gone_from_the_cache()
    {
        var edit = new ArticleEdit("Taken back", "<p>OLDWORDS</p>", BodyFormat.Html) { Status = ArticleStatus.Published };
        var article = await site.PublishAsync(edit);
        using var reader = NewReader();
        Assert.Contains("OLDWORDS", await reader.ReadAsync(article.Path), StringComparison.Ordinal);

        await site.EditAsync(article.Id, edit with { Status = ArticleStatus.Trashed });

        await Eventually.SeesAsync(async () =>
        {
            using var answer = await reader.GetAsync(article.Path);
            return answer.StatusCode == HttpStatusCode.NotFound;
        }, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Whoever_is_signed_in_or_has_commented_is_passed_and_leaves_nothing_behind()
    {
        var article = await site.PublishAsync("Passed");
        using var editor = await StaffClient.SignInAsync(site, Role.Administrator);
        using var known = NewReader();
        foreach (Cookie cookie in editor.Browser.Cookies.GetCookies(site.Url)) known.Cookies.Add(site.Varnish.Url, new Cookie(cookie.Name, cookie.Value));
        using var own = await known.GetAsync(article.Path);
        Assert.Equal("pass", CacheOf(own));
        Assert.Contains("You are commenting", await own.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("no-store", own.Headers.CacheControl!.ToString(), StringComparison.Ordinal);

        using var commenter = NewReader();
        commenter.Cookies.Add(site.Varnish.Url, new Cookie("comment_author_broadsheet", "Ann"));
        commenter.Cookies.Add(site.Varnish.Url, new Cookie("js", "1"));
        using var theirs = await commenter.GetAsync(article.Path);
        Assert.Equal(("pass", "no-cache"), (CacheOf(theirs), theirs.Headers.CacheControl!.ToString()));

        using var reader = NewReader();
        using var shared = await reader.GetAsync(article.Path);
        Assert.Equal("miss", CacheOf(shared));
        Assert.DoesNotContain("You are commenting", await shared.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        // A cookie that says nothing of its reader makes no page of its own.
        using var marked = NewReader();
        marked.Cookies.Add(site.Varnish.Url, new Cookie("_ga", "1.2"));
        (await KeptAsync(marked, article.Path, TimeSpan.Zero)).Dispose();
    }

    [Theory]
    [MemberData(nameof(PrivateRooms))]
    public async Task A_room_that_the_program_never_shares_is_passed(string room)
    {
        using var reader = NewReader();
        foreach (var path in new[] { room, $"{room}/", $"{room}?x=1" })
        {
            using var answer = await reader.GetAsync(path);
            Assert.Equal("pass", CacheOf(answer));
        }
        // What only begins like it is an address as any other.
        using var neighbour = await reader.GetAsync($"{room}-and-more/");
        Assert.NotEqual("pass", CacheOf(neighbour));
    }

    [Fact]
    public async Task Nobody_purges_from_where_readers_come()
    {
        Assert.Equal(HttpStatusCode.MethodNotAllowed, await PurgeAsync("xkey-purge", "page", site.Varnish.Url));
        // And nobody reads where it is purged.
        using var inside = new HttpClient { BaseAddress = site.Varnish.PurgeUrl };
        using var answer = await inside.GetAsync(new Uri("/", UriKind.Relative));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Fact]
    public async Task While_the_program_fails_and_while_it_is_stopped_readers_have_the_kept_pages_and_then_the_new_ones()
    {
        var edit = new ArticleEdit("Kept", "<p>BEFORE</p>", BodyFormat.Html) { Status = ArticleStatus.Published };
        var article = await site.PublishAsync(edit);
        using var reader = NewReader();
        (await KeptAsync(reader, article.Path, PurgeSender.Again)).Dispose();
        // Old, and nobody asks for longer than it may be given while a new one is fetched: from here, only a failure lets it be given.
        Assert.Equal(HttpStatusCode.OK, await PurgeAsync("xkey-softpurge", "page"));
        await Task.Delay(FrontControl.WhileRevalidating + TimeSpan.FromSeconds(1));

        try
        {
            site.IsFailing = true;
            for (var i = 0; i < 5; i++) await ReadKeptAsync();
            using (var failed = await reader.GetAsync("/never/asked/for/"))
                Assert.Equal((HttpStatusCode.ServiceUnavailable, "OUT OF ORDER"), (failed.StatusCode, await failed.Content.ReadAsStringAsync()));
            await site.StopAsync();
            // At first Varnish takes it for well, and finds out by asking; then it knows.
            var since = Stopwatch.GetTimestamp();
            await Eventually.SeesAsync(async () =>
            {
                await ReadKeptAsync();
                return Stopwatch.GetElapsedTime(since) > TimeSpan.FromSeconds(8);
            });
            using var unkept = await reader.GetAsync("/never/asked/for/");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, unkept.StatusCode);
        }
        finally
        {
            site.IsFailing = false;
            await site.StopAsync();
            await site.GoOnAsync();
        }
        await site.EditAsync(article.Id, edit with { Body = "<p>AFTER</p>" });
        // What was purged can be fetched as soon as Varnish has seen that the program is back.
        await Eventually.SeesAsync(async () =>
        {
            using var answer = await reader.GetAsync(article.Path);
            return answer.IsSuccessStatusCode && (await answer.Content.ReadAsStringAsync()).Contains("AFTER", StringComparison.Ordinal);
        }, TimeSpan.FromSeconds(15));

        async Task ReadKeptAsync()
        {
            using var answer = await reader.GetAsync(article.Path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("BEFORE", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    /// <summary>Asks until the cache itself answers, with a page of this age.</summary>
    private static async Task<HttpResponseMessage> KeptAsync(ReaderClient reader, string path, TimeSpan age)
    {
        HttpResponseMessage? answer = null;
        await Eventually.SeesAsync(async () =>
        {
            answer?.Dispose();
            answer = await reader.GetAsync(path);
            return CacheOf(answer) == "hit" && answer.Headers.Age >= age;
        });
        return answer!;
    }

    private async Task<HttpStatusCode> PurgeAsync(string header, string keys, Uri? at = null)
    {
        using var http = new HttpClient { BaseAddress = at ?? site.Varnish.PurgeUrl };
        using var purge = new HttpRequestMessage(new HttpMethod("PURGE"), "/");
        purge.Headers.Add(header, keys);
        using var answer = await http.SendAsync(purge);
        return answer.StatusCode;
    }

    private ReaderClient NewReader() => new(site.Varnish.Url);

    private static string CacheOf(HttpResponseMessage answer) => Assert.Single(answer.Headers.GetValues("X-Cache"));
}
