using System.Net;
using Broadsheet.Web.Tests.Sites;

namespace Broadsheet.Web.Tests.Features.Discussion;

public abstract class PostCommentTests(BroadsheetSite site)
{
    [Fact]
    public async Task A_strangers_first_comment_is_held_and_seen_by_its_author_alone()
    {
        await site.SetAsync(p => p with { HoldFirst = true });
        var article = await site.PublishAsync("Harbour reopens");
        using var ann = site.NewReader();
        using var bob = site.NewReader();

        using var answer = await ann.CommentAsync(article.Path, "The ferry is back at last.", email: "stranger@example.org");

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        var location = answer.Headers.Location!.OriginalString;
        Assert.Contains("unapproved=", location, StringComparison.Ordinal);
        var own = await ann.ReadAsync(location.Split('#')[0]);
        Assert.Contains("Awaiting review", own, StringComparison.Ordinal);
        Assert.Contains("The ferry is back at last.", own, StringComparison.Ordinal);
        Assert.DoesNotContain("The ferry is back", await bob.ReadAsync(article.Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shown_comments_are_numbered_and_reach_the_cached_page_at_once()
    {
        await site.SetAsync(p => p with { HoldFirst = false });
        var article = await site.PublishAsync("Market day moves to Friday");
        using var ann = site.NewReader();
        await ann.ReadAsync(article.Path);

        for (var i = 1; i <= 3; i++)
        {
            using var answer = await ann.CommentAsync(article.Path, $"Comment number {i}.");
            Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
            var page = await ann.OpenAsync(article.Path);
            Assert.Equal(i, page.QuerySelectorAll("ol.comment-list > li").Length);
            Assert.Equal($"{i}", page.QuerySelectorAll(".comment-number").Last().TextContent);
        }
    }

    [Fact]
    public async Task Replies_hang_below_their_comment_and_take_the_next_number_of_its_thread()
    {
        await site.SetAsync(p => p with { HoldFirst = false });
        var article = await site.PublishAsync("The old bridge");
        using var ann = site.NewReader();
        var top = await IdOf(await ann.CommentAsync(article.Path, "Top."));
        var first = await IdOf(await ann.CommentAsync($"{article.Path}?replytocom={top}", "First reply."));
        await IdOf(await ann.CommentAsync($"{article.Path}?replytocom={top}", "Second reply."));
        await IdOf(await ann.CommentAsync($"{article.Path}?replytocom={first}", "Reply to the first."));

        var page = await ann.OpenAsync(article.Path);

        Assert.Equal(["1", "1.1", "1.3", "1.2"], page.QuerySelectorAll(".comment-number").Select(n => n.TextContent));
        Assert.NotNull(page.QuerySelector($"#comment-{top} > details > ol.children > #comment-{first} > details > ol.children > li"));
        Assert.Contains("4 comments", page.QuerySelector("#comments-title")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_name_gives_the_form_again_with_the_words_kept()
    {
        var article = await site.PublishAsync("Rain expected");
        using var ann = site.NewReader();

        using var answer = await ann.CommentAsync(article.Path, "Words worth keeping <b>bold</b>.", author: "");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
        Assert.Equal("Words worth keeping <b>bold</b>.", page.QuerySelector("#comment")!.TextContent);
        Assert.Equal("true", page.QuerySelector("#author")!.GetAttribute("aria-invalid"));
    }

    [Fact]
    public async Task The_same_words_twice_are_refused()
    {
        await site.SetAsync(p => p with { HoldFirst = false });
        var article = await site.PublishAsync("Twice told");
        using var ann = site.NewReader();
        using var first = await ann.CommentAsync(article.Path, "Said once.");

        using var second = await ann.CommentAsync(article.Path, "Said once.");

        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task A_form_of_another_site_is_refused(string from)
    {
        var article = await site.PublishAsync("Not from here");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(site.Url, "/wp-comments-post.php"))
        {
            Content = new FormUrlEncodedContent([new("comment", "hello"), new("author", "A"), new("email", "a@example.org"), new("comment_post_ID", $"{article.Id}")]),
        };
        request.Headers.Add("Sec-Fetch-Site", from);
        using var http = new HttpClient();

        using var answer = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private static Task<string> IdOf(HttpResponseMessage answer)
    {
        using (answer)
        {
            Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
            return Task.FromResult(answer.Headers.Location!.OriginalString.Split("#comment-")[1]);
        }
    }

    public sealed class OnSqlite(SqliteSite site) : PostCommentTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : PostCommentTests(site), IClassFixture<PostgresSite>;
}
