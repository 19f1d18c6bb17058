using Broadsheet.Web.Tests.Sites;
using Microsoft.Playwright;

namespace Broadsheet.Browser.Tests;

/// <summary>A reader's way through mail: without script, on a phone.</summary>
public sealed class FollowJourneyTests(SqliteSite site, Chromium chromium) : IClassFixture<SqliteSite>
{
    private MailBox Box => new(site);

    [Fact]
    public async Task A_reader_comments_confirms_is_told_of_a_reply_and_ends_it()
    {
        await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0 });
        var article = await site.PublishAsync("A letter home");
        const string email = "ann@example.org";
        // Without script for the reader; the checker brings its own.
        await using var ann = await chromium.OpenAsync(site, 360, script: false);
        await using var checker = await chromium.OpenAsync(site, 360, script: true);

        await ann.Page.GotoAsync(article.Path);
        await ann.Page.FillAsync("#comment", "Is the ferry late today?");
        await ann.Page.FillAsync("#author", "Ann Reader");
        await ann.Page.FillAsync("#email", email);
        await ann.Page.CheckAsync("#subscribe_replies");
        await ann.Page.ClickAsync("#submit");
        await Assertions.Expect(ann.Page.Locator(".comment-text")).ToHaveCountAsync(1);
        var comment = ann.Page.Url.Split("#comment-")[1];

        var confirm = MailBox.Link(await Box.WaitAsync(email), "/follow/confirm");
        await CheckAsync(checker, confirm);
        await ann.Page.GotoAsync(confirm);
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Yes, follow" }).ClickAsync();
        await Assertions.Expect(ann.Page.Locator("h1")).ToHaveTextAsync("You follow this now");

        using var bob = site.NewReader();
        using (await bob.CommentAsync(article.Path, "Ten minutes, as ever.", "Bob", "bob@example.org", [new("comment_parent", comment)])) { }
        var letter = await Box.WaitAsync(email, 2);
        Assert.Contains("Bob replied to you", letter.TextBody, StringComparison.Ordinal);
        Assert.True(await Fits(checker, letter.HtmlBody!), "The letter is wider than the phone.");

        var manage = MailBox.Link(letter, "/follow/manage");
        await CheckAsync(checker, manage);
        await ann.Page.GotoAsync(manage);
        await ann.Page.Locator(".followed select").SelectOptionAsync("daily");
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Save how often" }).ClickAsync();
        await Assertions.Expect(ann.Page.Locator(".followed select")).ToHaveValueAsync("daily");

        var end = MailBox.Link(letter, "/follow/end");
        await CheckAsync(checker, end);
        await ann.Page.GotoAsync(end);
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "End it" }).ClickAsync();
        await Assertions.Expect(ann.Page.Locator("h1")).ToHaveTextAsync("Ended");
        await CheckAsync(checker, manage);
        Assert.Empty(ann.ForeignRequests);
        Assert.Empty(checker.ForeignRequests);
    }

    [Fact]
    public async Task The_box_below_a_discussion_asks_and_answers_without_script()
    {
        await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0 });
        var article = await site.PublishAsync("A box below");
        await using var dan = await chromium.OpenAsync(site, 360, script: false);
        await dan.Page.GotoAsync(article.Path);
        await dan.Page.Locator(".follow-box summary").ClickAsync();
        await dan.Page.FillAsync("#follow-email", "dan@example.org");
        await dan.Page.SelectOptionAsync("#follow-frequency", "daily");

        await dan.Page.Locator(".follow-box button").ClickAsync();

        await Assertions.Expect(dan.Page.Locator("h1")).ToHaveTextAsync("Look into your mailbox");
        Assert.Contains("A box below", (await Box.WaitAsync("dan@example.org")).TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Someone_signed_in_follows_by_one_button()
    {
        var article = await site.PublishAsync("One button");
        using var reader = await StaffClient.AddAsync(site, Core.People.Role.Reader);
        await using var eve = await chromium.OpenAsync(site, 360);
        await eve.Page.GotoAsync(await StaffClient.LinkAsync(site, reader.Id));
        await eve.Page.Locator("main button").First.ClickAsync();
        await eve.Page.GotoAsync(article.Path);
        await eve.Page.Locator(".follow-box summary").ClickAsync();

        await Assertions.Expect(eve.Page.Locator(".follow-box button")).ToHaveTextAsync($"Follow as {reader.Email}");
        await Assertions.Expect(eve.Page.Locator("#follow-email")).ToHaveCountAsync(0);
        await CheckAsync(eve, article.Path);
        await eve.Page.Locator(".follow-box summary").ClickAsync();
        await eve.Page.Locator(".follow-box button").ClickAsync();
        await Assertions.Expect(eve.Page.Locator("h1")).ToHaveTextAsync("Look into your mailbox");
    }

    private static async Task CheckAsync(Reader reader, string path)
    {
        await reader.Page.GotoAsync(path);
        await reader.AssertCleanAsync(path);
    }

    private static async Task<bool> Fits(Reader reader, string html)
    {
        await reader.Page.GotoAsync("/healthz");
        await reader.Page.SetContentAsync(html);
        return await reader.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth");
    }
}
