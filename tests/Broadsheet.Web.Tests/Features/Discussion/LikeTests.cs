using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Discussion;

public abstract class LikeTests(BroadsheetSite site)
{
    [Fact]
    public async Task Without_script_a_guest_likes_a_comment_and_takes_it_back()
    {
        var article = await site.PublishAsync("Liked by a form");
        var ids = await site.TalkAsync(article.Id, null, null);
        using var guest = site.NewReader();

        using var answer = await guest.PostAsync("/discussion/likes/", [new("post", $"{article.Id}"), new("like", $"{ids[1]}")]);

        Assert.Equal((HttpStatusCode.SeeOther, $"{article.Path}#comment-{ids[1]}"), (answer.StatusCode, answer.Headers.Location!.OriginalString));
        var page = await guest.OpenAsync(article.Path);
        Assert.Equal("Liked by 1 person", page.QuerySelector($"#comment-{ids[1]} .likes")!.TextContent);
        Assert.NotNull(page.QuerySelector($"button[name=unlike][value='{ids[1]}']"));
        using var undone = await guest.PostAsync("/discussion/likes/", [new("post", $"{article.Id}"), new("unlike", $"{ids[1]}")]);
        Assert.Null((await guest.OpenAsync(article.Path)).QuerySelector($"#comment-{ids[1]} .likes"));
        Assert.Equal(0, await site.ReadAsync(db => db.Likes.CountAsync(l => l.ArticleId == article.Id)));
    }

    [Fact]
    public async Task A_network_likes_once_a_day_and_only_the_browser_that_did_takes_it_back()
    {
        var article = await site.PublishAsync("Once a network");
        var ids = await site.TalkAsync(article.Id, null, null);
        using var first = site.NewReader();
        using var second = site.NewReader();

        Assert.Equal((1, true), await LikeAsync(first, $"comments/{ids[0]}"));
        Assert.Equal((1, true), await LikeAsync(second, $"comments/{ids[0]}"));
        Assert.Equal((1, false), await LikeAsync(second, $"comments/{ids[0]}", HttpMethod.Delete));
        Assert.Equal((1, true), await LikeAsync(second, $"comments/{ids[1]}"));
        Assert.Equal((1, true), await LikeAsync(second, $"posts/{article.Id}"));
        Assert.Equal((0, false), await LikeAsync(first, $"comments/{ids[0]}", HttpMethod.Delete));
        Assert.Equal((1, false), await LikeAsync(first, $"posts/{article.Id}", HttpMethod.Get));
        var rows = await site.ReadAsync(db => db.Likes.Where(l => l.ArticleId == article.Id).ToListAsync());
        Assert.Equal(2, rows.Count);
        Assert.All(rows, r => Assert.Equal((TimeSpan.Zero, true), (r.ExpiresAt!.Value.TimeOfDay, r.Mark!.Length == 22)));
        Assert.DoesNotContain(rows, r => r.Mark!.Contains("127.0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task When_its_day_is_over_a_guest_is_forgotten_and_the_like_stays_counted()
    {
        var article = await site.PublishAsync("The day after");
        var ids = await site.TalkAsync(article.Id, [null]);
        using var guest = site.NewReader();
        await LikeAsync(guest, $"comments/{ids[0]}");
        await site.Writes.RunAsync((scope, ct) => scope.Db.Likes.Where(l => l.ArticleId == article.Id).ExecuteUpdateAsync(s => s.SetProperty(l => l.ExpiresAt, scope.Now.AddSeconds(-1)), ct), CancellationToken.None);

        await site.Writes.RunAsync((scope, ct) => LikeLedger.ForgetExpiredAsync(scope, ct), CancellationToken.None);

        Assert.Equal(0, await site.ReadAsync(db => db.Likes.CountAsync(l => l.ArticleId == article.Id)));
        Assert.Equal((1, 0), await site.ReadAsync(async db => (await db.Comments.Where(c => c.Id == ids[0]).Select(c => new { c.Likes, c.PersonLikes }).SingleAsync()) is var c ? (c.Likes, c.PersonLikes) : default));
    }

    [Fact]
    public async Task People_like_once_each_and_only_theirs_order_the_discussion()
    {
        var article = await site.PublishAsync("By name");
        var ids = await site.TalkAsync(article.Id, null, null, null);
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);
        using var bob = await StaffClient.SignInAsync(site, Role.Reader);
        using var guest = site.NewReader();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => LikeAsync(ann.Browser, $"comments/{ids[1]}")));
        Assert.Equal((2, true), await LikeAsync(bob.Browser, $"comments/{ids[1]}"));
        Assert.Equal((1, true), await LikeAsync(bob.Browser, $"posts/{article.Id}"));
        Assert.Equal((1, true), await LikeAsync(guest, $"comments/{ids[2]}"));

        Assert.Equal(["2", "3", "1"], (await guest.OpenAsync($"{article.Path}?order=liked")).QuerySelectorAll(".comment-list .comment-number").Select(n => n.TextContent));
        using var stranger = site.NewReader();
        Assert.Contains("Liked by 2 people", await stranger.ReadAsync($"{article.Path}?order=newest"), StringComparison.Ordinal);
        Assert.Contains("One reader likes this", await stranger.ReadAsync($"{article.Path}?order=newest"), StringComparison.Ordinal);
        var me = JsonDocument.Parse(await ann.Browser.ReadAsync($"/wp-json/broadsheet/v1/me?post={article.Id}")).RootElement;
        Assert.Equal([ids[1]], me.GetProperty("liked").EnumerateArray().Select(e => e.GetInt64()));
        Assert.False(me.GetProperty("likes_post").GetBoolean());
        Assert.Equal((1, false), await LikeAsync(ann.Browser, $"comments/{ids[1]}", HttpMethod.Delete));
    }

    [Fact]
    public async Task Those_who_agree_are_named_and_no_others()
    {
        var article = await site.PublishAsync("Named");
        var ids = await site.TalkAsync(article.Id, [null]);
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);
        using var bob = await StaffClient.SignInAsync(site, Role.Reader);
        foreach (var person in new[] { ann, bob }) await LikeAsync(person.Browser, $"comments/{ids[0]}");

        using var agreed = await ann.Browser.PostAsync("/discussion/likes/show/", [new("show", "1"), new("back", $"/discussion/likes/?comment={ids[0]}")]);

        using var stranger = site.NewReader();
        var page = await stranger.OpenAsync($"/discussion/likes/?comment={ids[0]}");
        Assert.Equal($"/discussion/likes/?comment={ids[0]}", agreed.Headers.Location!.OriginalString);
        Assert.Equal("Liked by 2 people", page.QuerySelector("h1")!.TextContent);
        var name = await site.ReadAsync(db => db.Users.Where(u => u.Id == ann.Id).Select(u => u.DisplayName).SingleAsync());
        Assert.Equal([name], page.QuerySelectorAll(".likers li bdi").Select(n => n.TextContent));
        Assert.Contains("And 1 more who are not named.", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        using var refused = await stranger.PostAsync("/discussion/likes/show/", [new("show", "1")]);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task Nothing_is_liked_that_a_reader_does_not_see_nor_by_guests_where_they_may_not()
    {
        var article = await site.PublishAsync("Not for guests");
        var ids = await site.TalkAsync(article.Id, null, null);
        await site.Writes.RunAsync(async (scope, ct) => await CommentLedger.DecideAsync(scope, await scope.Db.Comments.AsTracking().SingleAsync(c => c.Id == ids[1], ct), Standing.Held, ct), CancellationToken.None);
        var draft = await site.PublishAsync(new ArticleEdit("A draft", "<p>Words.</p>", Core.Text.BodyFormat.Html));
        using var guest = site.NewReader();

        foreach (var path in new[] { $"comments/{ids[1]}", "comments/987654321", $"posts/{draft.Id}", "posts/987654321" })
        {
            using var none = await SendAsync(guest, path, HttpMethod.Post);
            Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        }
        await site.SetAsync(p => p with { GuestLikes = false });
        using var refused = await SendAsync(guest, $"comments/{ids[0]}", HttpMethod.Post);
        using var foreign = new HttpRequestMessage(HttpMethod.Post, new Uri("/discussion/likes/", UriKind.Relative)) { Content = new FormUrlEncodedContent([new("post", $"{article.Id}"), new("like", $"{ids[0]}")]) };
        foreign.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var bare = new HttpClient { BaseAddress = site.Url };
        using var crossed = await bare.SendAsync(foreign);
        await site.SetAsync(p => p with { GuestLikes = true });

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden), (refused.StatusCode, crossed.StatusCode));
        Assert.Equal("rest_cannot_create", (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
        Assert.Equal(0, await site.ReadAsync(db => db.Likes.CountAsync(l => l.ArticleId == article.Id)));
    }

    private static Task<HttpResponseMessage> SendAsync(ReaderClient reader, string path, HttpMethod method) => reader.Http.SendAsync(new HttpRequestMessage(method, new Uri($"/wp-json/broadsheet/v1/{path}/likes", UriKind.Relative)));

    private static async Task<(int Count, bool Liked)> LikeAsync(ReaderClient reader, string path, HttpMethod? method = null)
    {
        using var answer = await SendAsync(reader, path, method ?? HttpMethod.Post);
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(answer.IsSuccessStatusCode, json.ToString());
        return (json.GetProperty("count").GetInt32(), json.GetProperty("liked").GetBoolean());
    }

    public sealed class OnSqlite(SqliteSite site) : LikeTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : LikeTests(site), IClassFixture<PostgresSite>;
}
