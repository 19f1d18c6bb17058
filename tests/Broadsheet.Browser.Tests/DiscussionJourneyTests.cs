using Broadsheet.Web.Tests.Sites;
using Microsoft.Playwright;

namespace Broadsheet.Browser.Tests;

/// <summary>A reader's way through a discussion, with and without script.</summary>
public sealed class DiscussionJourneyTests(SqliteSite site, Chromium chromium) : IClassFixture<SqliteSite>
{
    [Theory]
    [InlineData(true, 1280)]
    [InlineData(false, 360)]
    public async Task A_reader_comments_is_remembered_and_is_answered(bool script, int width)
    {
        await site.SetAsync(p => p with { HoldFirst = false });
        var article = await site.PublishAsync($"A talk {(script ? "with" : "without")} script");
        await using var ann = await chromium.OpenAsync(site, width, script);
        await ann.Page.GotoAsync(article.Path);
        await ann.Page.FillAsync("#comment", "The first word.\n\nAnd a second paragraph.");
        await ann.Page.FillAsync("#author", "Ann Reader");
        await ann.Page.FillAsync("#email", "ann@example.org");
        await ann.Page.CheckAsync("#wp-comment-cookies-consent");
        if (script) await Task.Delay(TimeSpan.FromSeconds(2.1));
        await ann.Page.ClickAsync("#submit");
        await Assertions.Expect(ann.Page.Locator("ol.comment-list .comment-text p")).ToHaveCountAsync(2);
        Assert.Contains("#comment-", ann.Page.Url, StringComparison.Ordinal);

        // Remembered, and the reply goes below.
        await ann.Page.Locator("a.comment-reply-link").First.ClickAsync();
        await Assertions.Expect(ann.Page.Locator("#author")).ToHaveValueAsync("Ann Reader");
        Assert.StartsWith("Reply to 1 by Ann Reader", await ann.Page.Locator("#reply-title").InnerTextAsync(), StringComparison.Ordinal);
        await ann.Page.FillAsync("#comment", "An answer to myself.");
        if (script) await Task.Delay(TimeSpan.FromSeconds(2.1));
        await ann.Page.ClickAsync("#submit");
        await Assertions.Expect(ann.Page.Locator(".comment-number")).ToHaveTextAsync(["1", "1.1"]);
        Assert.Empty(ann.ForeignRequests);
    }

    [Fact]
    public async Task A_draft_survives_a_reload()
    {
        var article = await site.PublishAsync("Half a thought");
        await using var ann = await chromium.OpenAsync(site);
        await ann.Page.GotoAsync(article.Path);
        await ann.Page.Locator("#comment").PressSequentiallyAsync("Half a thought,");

        await ann.Page.ReloadAsync();

        Assert.Equal("Half a thought,", await ann.Page.InputValueAsync("#comment"));
    }

    [Fact]
    public async Task A_held_comment_is_shown_to_its_writer_again_where_they_agreed_to_be_remembered()
    {
        await site.SetAsync(p => p with { HoldFirst = true });
        var article = await site.PublishAsync("Waiting");
        await using var ann = await chromium.OpenAsync(site);
        await ann.Page.GotoAsync(article.Path);
        await ann.Page.FillAsync("#comment", "Nobody knows me yet.");
        await ann.Page.FillAsync("#author", "New Here");
        await ann.Page.FillAsync("#email", "new@example.org");
        await ann.Page.CheckAsync("#wp-comment-cookies-consent");
        await ann.Page.ClickAsync("#submit");
        await ann.Page.WaitForSelectorAsync(".held");

        await ann.Page.GotoAsync(article.Path);
        await ann.Page.WaitForSelectorAsync(".held");

        Assert.Contains("Awaiting review", await ann.Page.Locator(".held").InnerTextAsync(), StringComparison.Ordinal);
    }
}
