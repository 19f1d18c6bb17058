using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Broadsheet.Browser.Tests.Editor;

/// <summary>Two at one article, each at a browser; and one whose browser goes away.</summary>
public sealed class TwoEditorsTests(SqliteSite site, Chromium chromium) : IClassFixture<SqliteSite>
{
    [Fact]
    public async Task Each_sees_the_other_and_nothing_is_overwritten()
    {
        var path = $"/newsroom/articles/{(await site.PublishAsync("Two at it", "<p>First.</p>\n<p>Second.</p>\n<p>Third.</p>")).Id}/";
        await using var ann = await Desk.SignInAsync(site, chromium, Role.Editor);
        await using var bob = await Desk.SignInAsync(site, chromium, Role.Editor);
        await OpenAsync(ann, path);
        await OpenAsync(bob, path);
        await Assertions.Expect(bob.Page.Locator("[data-others]")).ToContainTextAsync("is editing since");
        await bob.AssertCleanAsync("somebody else is here");

        await bob.Page.GetByRole(AriaRole.Button, new() { Name = "Take over" }).ClickAsync();
        await Assertions.Expect(bob.Page.Locator(".notice")).ToContainTextAsync("You have taken over");
        await ann.Page.Locator(".ProseMirror p").First.ClickAsync();
        await ann.Page.Keyboard.PressAsync("End");
        await ann.Page.Keyboard.TypeAsync(" By Ann.");
        await Assertions.Expect(ann.Page.Locator("textarea[name=body]")).ToHaveValueAsync("<p>First. By Ann.</p>\n<p>Second.</p>\n<p>Third.</p>");
        await ann.Page.Locator("[name=title]").FocusAsync();
        await Assertions.Expect(ann.Page.Locator("[data-others]")).ToContainTextAsync("has taken over. Your words stay here");

        await bob.Page.Locator(".ProseMirror p").Last.ClickAsync();
        await bob.Page.Keyboard.PressAsync("End");
        await bob.Page.Keyboard.TypeAsync(" By Bob.");
        await bob.Page.Locator("button[value=update]").ClickAsync();
        await Assertions.Expect(bob.Page.Locator(".notice")).ToContainTextAsync("Updated");
        await ann.Page.Locator("button[value=update]").ClickAsync();

        await Assertions.Expect(ann.Page.Locator(".conflict")).ToContainTextAsync("the form below has both");
        await ann.AssertCleanAsync("three versions");
        await ann.Page.Locator("button[value=update]").ClickAsync();
        await Assertions.Expect(ann.Page.Locator(".notice")).ToContainTextAsync("Updated");
        await ann.Page.GotoAsync(path);
        await Assertions.Expect(ann.Page.Locator("textarea[name=body]")).ToHaveValueAsync("<p>First. By Ann.</p>\n<p>Second.</p>\n<p>Third. By Bob.</p>");
    }

    [Fact]
    public async Task Words_outlive_their_browser()
    {
        await using var ann = await Desk.SignInAsync(site, chromium, Role.Editor);
        await OpenAsync(ann, "/newsroom/articles/new/");
        await ann.Page.Locator(".ProseMirror").ClickAsync();
        await ann.Page.Keyboard.TypeAsync("Nobody saved this.");
        await ann.Page.GotoAsync("/newsroom/");
        // What a page sends as it is left may come after the next one is asked for.
        await Eventually.SeesAsync(() => site.ReadAsync(db => db.DeskDrafts.AnyAsync(d => d.Fields != null && d.Fields.Contains("Nobody saved this."))));
        // Another browser would know nothing of this one's own memory.
        await ann.Page.EvaluateAsync("() => localStorage.clear()");

        await ann.Page.GotoAsync("/newsroom/articles/new/");
        await ann.AssertCleanAsync("words that were not saved");
        await ann.Page.GetByRole(AriaRole.Link, new() { Name = "Use them" }).ClickAsync();

        await Assertions.Expect(ann.Page.Locator(".ProseMirror")).ToHaveTextAsync("Nobody saved this.");
        await Assertions.Expect(ann.Page.Locator("textarea[name=body]")).ToHaveValueAsync("Nobody saved this.");
    }

    [Fact]
    public async Task Whoever_is_signed_out_while_writing_is_told_and_goes_on_after_signing_in()
    {
        using var person = await StaffClient.AddAsync(site, Role.Editor);
        await using var ann = await chromium.OpenAsync(site);
        await EnterAsync(ann.Page, person.Id);
        await OpenAsync(ann, "/newsroom/articles/new/");
        await ann.Context.ClearCookiesAsync(new() { NameRegex = new("^(?!\\.AspNetCore\\.Antiforgery)") });
        await ann.Page.Locator(".ProseMirror").ClickAsync();
        await ann.Page.Keyboard.TypeAsync("Written while signed out.");
        await Assertions.Expect(ann.Page.Locator("textarea[name=body]")).ToHaveValueAsync("Written while signed out.");
        await ann.Page.Locator("[name=title]").FocusAsync();
        await Assertions.Expect(ann.Page.Locator(".kept")).ToContainTextAsync("You are signed out");

        var tab = await ann.Context.NewPageAsync();
        await EnterAsync(tab, person.Id);

        await Assertions.Expect(ann.Page.Locator(".kept")).ToContainTextAsync("Kept at", new() { Timeout = 25_000 });
        Assert.Contains("Written while signed out.", await site.ReadAsync(db => db.DeskDrafts.Where(d => d.PersonId == person.Id).Select(d => d.Fields).SingleAsync()));
    }

    private async Task EnterAsync(IPage page, long person)
    {
        await page.GotoAsync(await StaffClient.LinkAsync(site, person));
        await page.Locator("form button").First.ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("/link/", StringComparison.Ordinal));
    }

    private static async Task OpenAsync(Reader reader, string path)
    {
        var heard = reader.Page.WaitForResponseAsync(r => r.Url.EndsWith("/autosave/", StringComparison.Ordinal));
        await reader.Page.GotoAsync(path);
        await heard;
    }
}
