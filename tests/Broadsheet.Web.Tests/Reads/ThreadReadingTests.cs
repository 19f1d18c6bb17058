using System.Globalization;
using System.Net;
using AngleSharp.Html.Dom;
using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Reads;

public abstract class ThreadReadingTests(BroadsheetSite site) : IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await site.SetAsync(p => p with { CommentsPerPage = 3, RepliesShown = 5, ThreadOrder = ThreadOrder.Oldest });

    public async ValueTask DisposeAsync()
    {
        await site.SetAsync(p => p with { CommentsPerPage = 50, RepliesShown = 50, ThreadOrder = ThreadOrder.Oldest });
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Each_order_is_read_to_its_end_with_every_comment_once()
    {
        var article = await site.PublishAsync("In every order");
        var ids = await site.TalkAsync(article.Id, null, null, null, null, null, null, null, 1, 1, 4, 8);
        await LikeAsync(ids, 3, 0, 9, 3, 0, 3, 1);

        Assert.Equal(["1 2 2.1 2.2 2.3 3", "4 5 5.1 6", "7"], await WalkAsync(article.Path));
        Assert.Equal(["7 6 5 5.1", "4 3 2 2.1 2.2 2.3", "1"], await WalkAsync($"{article.Path}?order=newest"));
        Assert.Equal(["3 6 4", "1 7 5 5.1", "2 2.1 2.2 2.3"], await WalkAsync($"{article.Path}?order=liked"));
        Assert.Equal(["2 2.1 2.2 2.3 5 5.1 7", "6 4 3", "1"], await WalkAsync($"{article.Path}?order=replied"));
    }

    [Fact]
    public async Task A_page_of_an_order_stays_where_it_was_while_others_comment()
    {
        var article = await site.PublishAsync("Meanwhile");
        var ids = await site.TalkAsync(article.Id, null, null, null, null, null);
        using var reader = site.NewReader();
        var next = (await reader.OpenAsync($"{article.Path}?order=newest")).QuerySelector("a[rel=next]")!.GetAttribute("href")!.Split('#')[0];
        var before = Numbers(await reader.OpenAsync(next));

        await site.TalkAsync(article.Id, null, null);

        Assert.Equal("2 1", before);
        Assert.Equal(before, Numbers(await reader.OpenAsync(next)));
    }

    [Fact]
    public async Task The_publication_chooses_the_order_of_the_bare_address_and_others_keep_theirs()
    {
        var article = await site.PublishAsync("By default");
        var ids = await site.TalkAsync(article.Id, null, null, null, null);
        await site.SetAsync(p => p with { ThreadOrder = ThreadOrder.Newest });
        using var reader = site.NewReader();

        Assert.Equal("4 3 2", Numbers(await reader.OpenAsync(article.Path)));
        Assert.Equal("1 2 3", Numbers(await reader.OpenAsync($"{article.Path}?order=oldest")));
        Assert.Equal("4", Numbers(await reader.OpenAsync($"{article.Path}comment-page-2/")));
        using var first = await reader.GetAsync($"{article.Path}comment-page-1/");
        Assert.Equal($"{article.Path}?order=oldest", first.Headers.Location!.OriginalString);
        Assert.Equal($"{article.Path}?order=oldest#comment-{ids[0]}", Link(await reader.OpenAsync($"{article.Path}?order=oldest"), "1"));
    }

    [Fact]
    public async Task A_long_branch_is_read_in_stretches_and_each_reply_has_one_address()
    {
        var article = await site.PublishAsync("A long branch");
        // 1, with 12 replies: 1.1 to 1.12, the last three below 1.2.
        var ids = await site.TalkAsync(article.Id, [null, .. Enumerable.Repeat<int?>(0, 9), 2, 2, 10, null]);
        using var reader = site.NewReader();

        var page = await reader.OpenAsync(article.Path);
        Assert.Equal("1 1.1 1.2 1.3 1.4 1.5 2", Numbers(page));
        var more = page.QuerySelector(".more a")!;
        Assert.Equal("Show 7 more replies to 1", more.TextContent);

        var second = await reader.OpenAsync(more.GetAttribute("href")!.Split('#')[0]);
        Assert.Equal("1 1.10 1.6 1.7 1.8 1.9", Numbers(second));
        Assert.Equal("Replies 6 to 10 below 1", second.QuerySelector("p.branch strong")!.TextContent);
        // What it answers is elsewhere, and named.
        var late = second.QuerySelector($"#comment-{ids[10]} a.in-reply-to")!;
        Assert.Equal(("in reply to 1.2", $"{article.Path}#comment-{ids[2]}"), (late.TextContent, late.GetAttribute("href")));

        var third = await reader.OpenAsync(second.QuerySelector("a[rel=next]")!.GetAttribute("href")!.Split('#')[0]);
        Assert.Equal("1 1.12 1.11", Numbers(third));
        Assert.Null(third.QuerySelector("a[rel=next]"));
        Assert.Equal($"{article.Path}?thread=1&part=3#comment-{ids[12]}", Link(third, "1.12"));

        using var beyond = await reader.GetAsync($"{article.Path}?thread=1&part=4");
        using var nobody = await reader.GetAsync($"{article.Path}?thread=99");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (beyond.StatusCode, nobody.StatusCode));
    }

    [Fact]
    public async Task After_a_comment_its_writer_lands_where_it_stands()
    {
        await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0 });
        var article = await site.PublishAsync("Landing");
        var ids = await site.TalkAsync(article.Id, [null, .. Enumerable.Repeat<int?>(0, 6)]);
        using var reader = site.NewReader();

        using var answer = await reader.CommentAsync($"{article.Path}?replytocom={ids[0]}", "The eighth.");
        var place = answer.Headers.Location!.OriginalString;

        Assert.StartsWith($"{article.Path}?thread=1&part=2#comment-", place, StringComparison.Ordinal);
        Assert.Contains("The eighth.", (await reader.OpenAsync(place.Split('#')[0])).QuerySelector(place[place.IndexOf('#', StringComparison.Ordinal)..])!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counts_follow_what_is_shown_and_what_is_removed()
    {
        var article = await site.PublishAsync("Counted");
        var ids = await site.TalkAsync(article.Id, null, 0, 1, 0, null);
        await StandAsync(ids[1], Standing.Trashed);

        var rows = await site.ReadAsync(db => db.Comments.Where(c => c.ArticleId == article.Id).OrderBy(c => c.Id).Select(c => new { c.RepliesBelow, c.ShownReplies }).ToListAsync());
        Assert.Equal([(2, 1), (0, 1), (0, 0), (0, 0), (0, 0)], rows.Select(r => (r.RepliesBelow, r.ShownReplies)));
        using var reader = site.NewReader();
        var page = await reader.OpenAsync(article.Path);
        Assert.Equal("2 replies", page.QuerySelector($"#comment-{ids[0]} > details > summary")!.TextContent);
        Assert.Equal("This comment was removed.", page.QuerySelector($"#comment-{ids[1]} .tombstone")!.TextContent);
        await StandAsync(ids[1], Standing.Shown);
        Assert.Equal(3, await site.ReadAsync(db => db.Comments.Where(c => c.Id == ids[0]).Select(c => c.RepliesBelow).SingleAsync()));
    }

    [Theory]
    [InlineData("?order=best")]
    [InlineData("?order=newest&after=x")]
    [InlineData("?order=liked&after=99999999999999999999.1")]
    [InlineData("?order=liked&after=-1.-1")]
    [InlineData("?thread=0")]
    [InlineData("?thread=-5&part=99999999999")]
    [InlineData("?thread=1&part=2147483647")]
    [InlineData("?cpage=0")]
    [InlineData("?cpage=2147483647")]
    public async Task What_is_no_part_of_a_thread_is_answered_sensibly(string query)
    {
        var article = await site.PublishAsync("No such part");
        await site.TalkAsync(article.Id, null, null);
        using var reader = site.NewReader();

        using var answer = await reader.GetAsync(article.Path + query);

        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound or HttpStatusCode.MovedPermanently, $"{answer.StatusCode}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("?order=newest")]
    [InlineData("?order=liked")]
    [InlineData("?order=replied")]
    [InlineData("?thread=1&part=2")]
    public async Task Every_part_costs_a_stranger_at_most_four_statements(string query)
    {
        await site.SettleAsync();
        var article = await site.PublishAsync($"Cost of {query}");
        var ids = await site.TalkAsync(article.Id, [null, .. Enumerable.Repeat<int?>(0, 8), null, null, null]);
        await FeatureAsync(article.Id, ids[1]);
        using var reader = site.NewReader();
        await reader.ReadAsync("/");
        site.Statements.Reset();

        await reader.ReadAsync(article.Path + query);

        Assert.InRange(site.Statements.Statements.Count, 1, 4);
    }

    [Fact]
    public async Task What_the_editors_chose_stands_on_top_and_at_its_own_place()
    {
        var article = await site.PublishAsync("Chosen");
        var ids = await site.TalkAsync(article.Id, null, null, null, null, 0);
        await FeatureAsync(article.Id, ids[3], ids[4]);
        using var reader = site.NewReader();

        var page = await reader.OpenAsync(article.Path);

        Assert.Equal(["1.1", "4"], page.QuerySelectorAll(".featured .comment-number").Select(n => n.TextContent).Order(StringComparer.Ordinal));
        Assert.Equal("1 1.1 2 3", Numbers(page));
        await StandAsync(ids[3], Standing.Held);
        Assert.Equal("1.1", Assert.Single((await reader.OpenAsync(article.Path)).QuerySelectorAll(".featured .comment-number")).TextContent);
    }

    [Theory]
    [InlineData("", "[1] 2 3 4 5 … 12")]
    [InlineData("comment-page-4/", "1 2 3 [4] 5 6 … 12")]
    [InlineData("comment-page-5/", "1 2 3 4 [5] 6 7 … 12")]
    [InlineData("comment-page-6/", "1 … 4 5 [6] 7 8 … 12")]
    [InlineData("comment-page-9/", "1 … 7 8 [9] 10 11 12")]
    public async Task Between_pages_that_are_not_neighbours_stands_a_gap(string page, string expected)
    {
        await site.SetAsync(p => p with { CommentsPerPage = 5 });
        var article = await site.PublishAsync("Twelve pages");
        await site.TalkAsync(article.Id, [.. Enumerable.Repeat<int?>(null, 56)]);
        using var reader = site.NewReader();

        var pager = (await reader.OpenAsync($"{article.Path}{page}")).QuerySelector(".comment-pages")!;

        Assert.Equal(expected, string.Join(' ', pager.QuerySelectorAll("a:not([rel]), span").Select(e => e.HasAttribute("aria-current") ? $"[{e.TextContent}]" : e.TextContent)));
        Assert.All(pager.QuerySelectorAll("span:not([aria-current])"), gap => Assert.Equal("true", gap.GetAttribute("aria-hidden")));
    }

    private async Task<List<string>> WalkAsync(string path)
    {
        using var reader = site.NewReader();
        var pages = new List<string>();
        for (string? next = path; next is not null && pages.Count < 20;)
        {
            var page = await reader.OpenAsync(next);
            pages.Add(Numbers(page));
            next = page.QuerySelector(".comment-pages a[rel=next]")?.GetAttribute("href")?.Split('#')[0];
        }
        return pages;
    }

    private static string Numbers(IHtmlDocument page) => string.Join(' ', page.QuerySelectorAll(".comment-list .comment-number").Select(n => n.TextContent));

    private static string? Link(IHtmlDocument page, string number) => page.QuerySelectorAll(".comment-list .comment-number").Single(n => n.TextContent == number).GetAttribute("href");

    private Task LikeAsync(List<long> ids, params int[] likes) => site.Writes.RunAsync(async (scope, ct) =>
    {
        for (var i = 0; i < likes.Length; i++)
        {
            var (id, count) = (ids[i], likes[i]);
            await scope.Db.Comments.Where(c => c.Id == id).ExecuteUpdateAsync(set => set.SetProperty(c => c.PersonLikes, count), ct);
        }
    }, CancellationToken.None);

    private Task StandAsync(long id, Standing standing) => site.Writes.RunAsync(async (scope, ct) =>
        await CommentLedger.DecideAsync(scope, await scope.Db.Comments.AsTracking().SingleAsync(c => c.Id == id, ct), standing, ct), CancellationToken.None);

    private Task FeatureAsync(long articleId, params long[] ids) => site.Writes.RunAsync(async (scope, ct) =>
    {
        foreach (var id in ids) await CommentLedger.FeatureAsync(scope, await scope.Db.Comments.AsTracking().SingleAsync(c => c.Id == id && c.ArticleId == articleId, ct), true, ct);
    }, CancellationToken.None);

    public sealed class OnSqlite(SqliteSite site) : ThreadReadingTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : ThreadReadingTests(site), IClassFixture<PostgresSite>;
}
