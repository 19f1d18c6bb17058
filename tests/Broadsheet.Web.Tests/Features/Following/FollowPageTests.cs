using System.Net;
using System.Xml.Linq;
using AngleSharp.Html.Dom;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;

namespace Broadsheet.Web.Tests.Features.Following;

/// <summary>Where readers find that they can follow, by mail and by feed.</summary>
public abstract class FollowPageTests(BroadsheetSite site) : IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0 });

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_foot_of_every_page_leads_to_new_articles_by_mail_and_a_wrong_address_is_told()
    {
        using var reader = site.NewReader();
        Assert.NotNull((await reader.OpenAsync("/")).QuerySelector(".colophon a[href='/follow/']"));
        Assert.NotNull((await reader.OpenAsync("/follow/")).QuerySelector("form[action='/follow/'] input[type=email][required]"));
        using var bare = await reader.GetAsync("/follow");
        Assert.Equal((HttpStatusCode.MovedPermanently, "/follow/"), (bare.StatusCode, bare.Headers.Location!.OriginalString));

        using var wrong = await reader.PostAsync("/follow/", [new("email", "nobody"), new("frequency", "daily")]);

        var page = await StaffClient.PageOf(wrong);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Equal("nobody", ((IHtmlInputElement)page.QuerySelector("#follow-email")!).Value);
        Assert.Equal("daily", ((IHtmlSelectElement)page.QuerySelector("#follow-frequency")!).Value);
        Assert.NotEmpty(page.QuerySelector("#form-problem")!.TextContent);
    }

    [Theory]
    [InlineData(ArticleStatus.Draft, null, true)]
    [InlineData(ArticleStatus.Published, "x", true)]
    [InlineData(ArticleStatus.Published, null, false)]
    public async Task What_readers_cannot_discuss_they_cannot_follow(ArticleStatus status, string? password, bool isOpen)
    {
        var article = await site.PublishAsync(new ArticleEdit($"Shut {status} {password} {isOpen}", "Words.", BodyFormat.Markdown) { Status = status, Password = password, CommentsOpen = isOpen });
        using var reader = site.NewReader();

        using var answer = await reader.PostAsync("/follow/", [new("email", "curious@example.org"), new("article", $"{article.Id}")]);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Null(await site.SubscriptionAsync("curious@example.org"));
    }

    [Fact]
    public async Task A_robot_that_fills_in_every_field_is_told_what_everybody_is_told()
    {
        using var reader = site.NewReader();
        using var answer = await reader.PostAsync("/follow/", [new("email", "robot@example.org"), new("website_url", "https://spam.example")]);

        Assert.Equal("/follow/asked/", answer.Headers.Location!.OriginalString);
        Assert.Null(await site.SubscriptionAsync("robot@example.org"));
    }

    [Fact]
    public async Task A_publications_own_page_keeps_the_address()
    {
        var page = await site.PublishAsync(new ArticleEdit("Follow", "Our own words.", BodyFormat.Markdown) { Status = ArticleStatus.Published, Kind = ArticleKind.Page });
        using var reader = site.NewReader();
        Assert.Contains("Our own words.", await reader.ReadAsync("/follow/"), StringComparison.Ordinal);

        await site.EditAsync(page.Id, new ArticleEdit("Follow", "Our own words.", BodyFormat.Markdown) { Status = ArticleStatus.Draft, Kind = ArticleKind.Page });

        Assert.Contains("New articles by e-mail", await reader.ReadAsync("/follow/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thread_and_each_branch_of_it_have_a_feed_that_follows_them()
    {
        var article = await site.PublishAsync("Fed");
        using var reader = site.NewReader();
        var top = await SayAsync(reader, article, "Top.", 0);
        var reply = await SayAsync(reader, article, "A reply.", top);
        await SayAsync(reader, article, "Below the reply.", reply);
        await SayAsync(reader, article, "A sibling.", top);
        await SayAsync(reader, article, "Another top.", 0);
        var page = await reader.OpenAsync($"{article.Path}?replytocom={reply}");
        var thread = page.QuerySelector(".follow-feeds a")!.GetAttribute("href")!;
        var branch = page.QuerySelectorAll(".follow-feeds a")[1].GetAttribute("href")!;
        Assert.Contains(page.QuerySelectorAll("link[rel=alternate][type='application/atom+xml']"), l => l.GetAttribute("href")!.EndsWith(branch, StringComparison.Ordinal));

        Assert.Equal(5, (await EntriesAsync(reader, thread)).Count);
        Assert.Equal(["Below the reply.", "A reply."], await EntriesAsync(reader, branch));
        Assert.Equal(["A sibling.", "Below the reply.", "A reply.", "Top."], await EntriesAsync(reader, $"{thread}?comment={top}"));

        // For a program that knows no cookies: cached, and forgotten when something comes.
        using var program = site.NewReader();
        using var first = await program.GetAsync(branch);
        using var same = new HttpRequestMessage(HttpMethod.Get, branch);
        same.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var unchanged = await program.Http.SendAsync(same);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        await SayAsync(reader, article, "News.", reply);
        Assert.Equal(["News.", "Below the reply.", "A reply."], await EntriesAsync(program, branch));
        foreach (var other in new[] { "999999", "x", "-1" })
        {
            using var answer = await reader.GetAsync($"{thread}?comment={other}");
            Assert.Equal(other == "999999" ? HttpStatusCode.NotFound : HttpStatusCode.OK, answer.StatusCode);
        }
    }

    private static async Task<long> SayAsync(ReaderClient reader, PublishedArticle article, string words, long parent)
    {
        using var answer = await reader.CommentAsync(article.Path, words, more: [new("comment_parent", $"{parent}")]);
        return long.Parse(answer.Headers.Location!.OriginalString.Split("#comment-")[1]);
    }

    private static async Task<List<string>> EntriesAsync(ReaderClient reader, string feed)
    {
        XNamespace atom = "http://www.w3.org/2005/Atom";
        return [.. XDocument.Parse(await reader.ReadAsync(feed)).Descendants(atom + "entry").Select(e => e.Element(atom + "summary")!.Value.Trim())];
    }

    public sealed class OnSqlite(SqliteSite site) : FollowPageTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : FollowPageTests(site), IClassFixture<PostgresSite>;
}
