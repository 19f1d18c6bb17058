using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Broadsheet.Browser.Tests;

/// <summary>Readers on a phone sign in from the reply form at a real OpenID Connect provider, with script and without, and their words are there whatever happens.</summary>
public sealed class ProviderJourneyTests(SqliteClubSite site, Chromium chromium) : IClassFixture<SqliteClubSite>
{
    private const string Words = "Was the ferry late again?\n\nIt was.";
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_no_then_a_yes_then_another_account_then_out_and_the_words_are_always_there(bool script)
    {
        await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0 });
        var user = NewUser();
        var article = await site.PublishAsync($"Late again {script}");
        var answered = (await site.TalkAsync(article.Id, [null]))[0];
        await using var reader = await OpenAsync(script);
        var page = reader.Page;
        await page.GotoAsync($"{article.Path}?replytocom={answered}#respond");
        await page.FillAsync("#comment", Words);
        await page.CheckAsync("#subscribe_comments");
        await reader.AssertCleanAsync($"form-{script}");

        await Button(page, "The Club").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Nobody" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("The Club was told no");
        await reader.AssertCleanAsync($"denied-{script}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Back to where you were" }).ClickAsync();
        await HasWordsAsync(page, answered);

        await Button(page, "The Club").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = user.Name }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Begin an account");
        await reader.AssertCleanAsync($"begin-{script}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin" }).ClickAsync();
        await HasWordsAsync(page, answered);
        Assert.Equal("#respond", new Uri(page.Url).Fragment);
        await Assertions.Expect(page.Locator("p.signed-in")).ToContainTextAsync($"You are commenting using your The Club account, as {user.Name}.");
        await Assertions.Expect(page.Locator("#author")).ToHaveCountAsync(0);
        await page.Locator("details.change summary").ClickAsync();
        await reader.AssertCleanAsync($"change-{script}");

        await Button(page, "Guild").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = user.Name }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Guild signs you in now");
        await reader.AssertCleanAsync($"linked-{script}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Go on" }).ClickAsync();
        await Assertions.Expect(page.Locator("p.signed-in")).ToContainTextAsync("using your Guild account");
        await page.GetByRole(AriaRole.Button, new() { Name = "Log out" }).ClickAsync();
        await HasWordsAsync(page, answered);
        await Assertions.Expect(page.Locator("#author")).ToBeVisibleAsync();
        Assert.Empty(reader.ForeignRequests);
    }

    [Fact]
    public async Task By_a_code_from_the_form_and_a_provider_that_is_down_lead_back_to_the_words()
    {
        var (user, article) = (NewUser(), await site.PublishAsync("Down for now"));
        await using var reader = await OpenAsync(script: true);
        var page = reader.Page;
        await page.GotoAsync(article.Path);
        await page.FillAsync("#comment", Words);
        await page.GetByRole(AriaRole.Button, new() { Name = "e-mail, password or passkey" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Sign in");
        await reader.AssertCleanAsync("sign-in");
        try
        {
            site.Club.Now = OpenIdProvider.Mood.Broken;
            await Button(page, "The Club").ClickAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = user.Name }).ClickAsync();
            await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("The Club does not answer right now");
            await reader.AssertCleanAsync("down");
        }
        finally
        {
            site.Club.Now = OpenIdProvider.Mood.Well;
        }
        await page.GetByRole(AriaRole.Link, new() { Name = "Back to where you were" }).ClickAsync();
        await HasWordsAsync(page, 0);
        Assert.Empty(reader.ForeignRequests);
    }

    [Fact]
    public async Task A_login_is_added_on_the_page_of_ones_account()
    {
        var user = NewUser();
        using var person = await StaffClient.AddAsync(site, Broadsheet.Core.People.Role.Reader);
        await using var reader = await OpenAsync(script: true);
        var page = reader.Page;
        await page.GotoAsync(await StaffClient.LinkAsync(site, person.Id));
        await page.Locator("form button").First.ClickAsync();
        await page.GotoAsync("/account/");
        await Button(page, "The Club").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = user.Name }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Added.");
        await reader.AssertCleanAsync("account");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Take away The Club: {user.Email}" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("the only way in");
        Assert.True(await site.ReadAsync(db => db.UserLogins.AnyAsync(l => l.UserId == person.Id)));
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { NameRegex = new System.Text.RegularExpressions.Regex($"(^| ){name}$") }).First;

    private static async Task HasWordsAsync(IPage page, long answered)
    {
        await Assertions.Expect(page.Locator("#comment")).ToHaveValueAsync(Words);
        await Assertions.Expect(page.Locator("#comment_parent")).ToHaveValueAsync($"{answered}");
        if (answered > 0) await Assertions.Expect(page.Locator("#subscribe_comments")).ToBeCheckedAsync();
    }

    private Task<Reader> OpenAsync(bool script) => chromium.OpenAsync(site, 360, script, also: [site.Club.Url, site.Club.OtherUrl]);

    private ProviderUser NewUser() => site.Club.Join($"Mara {site.Club.Users.Count} Lind", isVerified: true);
}
