using Broadsheet.Core.Screening;
using Broadsheet.Web.Tests.Sites;
using Microsoft.Playwright;

namespace Broadsheet.Browser.Tests;

/// <summary>Somebody new comments while a flood of others lasts: their browser does the sum, and without script a moderator reads it first.</summary>
public sealed class WorkJourneyTests(SqliteSite site, Chromium chromium) : IClassFixture<SqliteSite>
{
    [Theory]
    [InlineData(true, ".comment-list .comment-text")]
    [InlineData(false, ".held .comment-text")]
    public async Task A_newcomer_writes_during_a_flood(bool script, string where)
    {
        var article = await FloodedAsync($"Under attack {script}");
        await using var ann = await chromium.OpenAsync(site, script: script);
        await ann.Page.GotoAsync(article.Path);
        await WriteAsync(ann, "The real Ann.");
        // What it takes goes on beside the typing; whoever is done first waits for it.
        await ann.Page.ClickAsync("#submit");

        await Assertions.Expect(ann.Page.Locator(where).Filter(new() { HasText = "The real Ann." })).ToHaveCountAsync(1);
        Assert.Empty(ann.ForeignRequests);
    }

    [Fact]
    public async Task Whoever_is_quicker_than_the_sum_reads_that_it_takes_a_moment_and_does_nothing()
    {
        var article = await FloodedAsync("Quicker than the sum");
        await using var ann = await chromium.OpenAsync(site);
        var posted = new TaskCompletionSource();
        await ann.Page.RouteAsync("**/broadsheet/v1/work*", async route =>
        {
            await posted.Task;
            await route.ContinueAsync();
        });
        await ann.Page.GotoAsync(article.Path);
        await WriteAsync(ann, "In a hurry.");
        await ann.Page.ClickAsync("#submit");
        await Assertions.Expect(ann.Page.Locator("#commentform [role=status]")).ToContainTextAsync("One moment");
        await ann.Page.ClickAsync("#submit");
        posted.SetResult();

        await Assertions.Expect(ann.Page.Locator(".comment-list .comment-text").Filter(new() { HasText = "In a hurry." })).ToHaveCountAsync(1);

        // Back at the form, the next comment brings a sum of its own.
        await ann.Page.GoBackAsync();
        await ann.Page.FillAsync("#comment", "And once more.");
        await ann.Page.FillAsync("#email", "another@example.org");
        await ann.Page.ClickAsync("#submit");
        await Assertions.Expect(ann.Page.Locator(".comment-list .comment-text").Filter(new() { HasText = "And once more." })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Where_the_sum_cannot_be_asked_for_the_comment_is_sent_without()
    {
        var article = await FloodedAsync("No answer");
        await using var ann = await chromium.OpenAsync(site);
        await ann.Page.RouteAsync("**/broadsheet/v1/work*", route => route.AbortAsync());
        await ann.Page.GotoAsync(article.Path);
        await WriteAsync(ann, "Without an answer.");

        await ann.Page.ClickAsync("#submit");

        await Assertions.Expect(ann.Page.Locator(".held .comment-text").Filter(new() { HasText = "Without an answer." })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_form_that_was_open_for_two_hours_brings_a_sum_of_now()
    {
        var article = await FloodedAsync("Open for two hours");
        await using var ann = await chromium.OpenAsync(site);
        var asked = 0;
        ann.Page.Request += (_, request) => asked += request.Url.Contains("/broadsheet/v1/work", StringComparison.Ordinal) ? 1 : 0;
        await ann.Page.Clock.InstallAsync();
        await ann.Page.GotoAsync(article.Path);
        await WriteAsync(ann, "Begun in the morning.");
        await Assertions.Expect(ann.Page.Locator("#commentform [name=work]")).ToHaveCountAsync(1);
        var early = await ann.Page.Locator("#commentform [name=reply_token]").InputValueAsync();

        await ann.Page.Clock.FastForwardAsync("02:00:00");
        await ann.Page.FillAsync("#comment", "Begun in the morning, sent at noon.");
        await Assertions.Expect(ann.Page.Locator("#commentform [name=reply_token]")).Not.ToHaveValueAsync(early);
        await ann.Page.ClickAsync("#submit");

        await Assertions.Expect(ann.Page.Locator(".comment-list .comment-text").Filter(new() { HasText = "sent at noon" })).ToHaveCountAsync(1);
        Assert.Equal(2, asked);
    }

    private static async Task WriteAsync(Reader ann, string words)
    {
        await ann.Page.FillAsync("#comment", words);
        await ann.Page.FillAsync("#author", "Ann Reader");
        await ann.Page.FillAsync("#email", $"{Guid.CreateVersion7():N}@example.org");
    }

    private async Task<PublishedArticle> FloodedAsync(string title)
    {
        await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0, WorkFrom = 2, CheckModes = new() { ["work"] = CheckMode.Act, ["too-fast"] = CheckMode.Off } });
        var article = await site.PublishAsync(title);
        for (var i = 0; i < 4; i++)
        {
            using var other = site.NewReader();
            using var answer = await other.CommentAsync(article.Path, $"One of many, {i}.", $"Flo {i}", $"{Guid.CreateVersion7():N}@example.org");
        }
        return article;
    }
}
