using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Broadsheet.Browser.Tests.Editor;

/// <summary>One article's life: written, scheduled, published, corrected, brought back.</summary>
public sealed class WritingJourneyTests(SqliteSite site, Chromium chromium) : IClassFixture<SqliteSite>
{
    [Theory]
    [InlineData(1440)]
    [InlineData(768, Traits = ["Category", "Full"])]
    [InlineData(360)]
    public async Task An_article_is_written_scheduled_published_corrected_and_brought_back(int width)
    {
        var title = $"The ferry at {width}";
        await using var ed = await Desk.SignInAsync(site, chromium, Role.Editor, width);
        await ed.Page.GotoAsync("/newsroom/articles/new/");
        await ed.Page.FillAsync("[name=title]", title);
        await ed.Page.Locator(".ProseMirror").ClickAsync();
        await ed.Page.Keyboard.TypeAsync("The fare is two crowns.");
        await ed.Page.Locator("#f-tags-new").FillAsync("Ships, boats");
        await ed.Page.Locator("#f-tags-new").PressAsync("Enter");
        await ed.Page.FillAsync("[name=date]", "2030-05-01T10:00");
        await ed.AssertCleanAsync($"writing at {width}");
        await ed.Page.Locator("button[value=schedule]").ClickAsync();
        await Assertions.Expect(ed.Page.Locator(".notice")).ToContainTextAsync("Scheduled");
        var path = new Uri(ed.Page.Url).AbsolutePath;
        var id = long.Parse(path.Split('/')[3]);

        // Somebody without an account sees it early.
        await ed.Page.GetByRole(AriaRole.Button, new() { Name = "Make a preview link" }).ClickAsync();
        var link = await ed.Page.Locator(".notice a").GetAttributeAsync("href");
        await ed.AssertCleanAsync($"scheduled at {width}");
        await using var guest = await chromium.OpenAsync(site, width);
        await guest.Page.GotoAsync(link!);
        await Assertions.Expect(guest.Page.Locator("h1")).ToHaveTextAsync(title);
        await guest.AssertCleanAsync($"private preview at {width}");

        await ed.Page.Locator("button[value=publish]").ClickAsync();
        await Assertions.Expect(ed.Page.Locator(".notice")).ToContainTextAsync("Published");
        await ed.Page.Locator(".ProseMirror").ClickAsync();
        await ed.Page.Keyboard.PressAsync("Control+a");
        await ed.Page.Keyboard.TypeAsync("The fare is three crowns.");
        await ed.Page.CheckAsync("[name=change][value=correction]");
        await ed.Page.FillAsync("[name=change_note]", "The fare was wrong.");
        await ed.Page.Locator("button[value=update]").ClickAsync();
        await Assertions.Expect(ed.Page.Locator(".notice")).ToContainTextAsync("Updated");

        await guest.Page.GotoAsync(link!);
        await Assertions.Expect(guest.Page.Locator(".changes li")).ToContainTextAsync("The fare was wrong.");
        await guest.AssertCleanAsync($"corrected article at {width}");
        await guest.Page.Locator(".changes a").ClickAsync();
        await Assertions.Expect(guest.Page.Locator(".change-text ins")).ToHaveTextAsync("three");
        await guest.AssertCleanAsync($"correction at {width}");

        await ed.Page.GotoAsync($"{path}revisions/");
        await ed.AssertCleanAsync($"revisions at {width}");
        await ed.Page.Locator(".rows a.title").First.ClickAsync();
        await ed.AssertCleanAsync($"revision at {width}");
        await ed.Page.GetByRole(AriaRole.Button, new() { Name = "Bring these words back" }).ClickAsync();
        await Assertions.Expect(ed.Page.Locator("textarea[name=body]")).ToHaveValueAsync("The fare is two crowns.");
        Assert.Equal(["Ships, boats"], await site.ReadAsync(db => db.ArticleTerms.Where(t => t.ArticleId == id).Join(db.Terms.Where(t => t.Taxonomy == Term.Tag), t => t.TermId, t => t.Id, (_, t) => t.Name).ToListAsync()));

        await ed.Page.GotoAsync($"/newsroom/articles/?q={width}");
        await ed.Page.CheckAsync($"input[name=id][value=\"{id}\"]");
        await ed.AssertCleanAsync($"list with ticks at {width}");
        await ed.Page.SelectOptionAsync("[name=do]", "trash");
        await ed.Page.GetByRole(AriaRole.Button, new() { Name = "Do it" }).ClickAsync();
        await Assertions.Expect(ed.Page.Locator(".notice")).ToContainTextAsync("One in the trash");
        await ed.Page.Locator(".notice button").ClickAsync();
        Assert.Equal(ArticleStatus.Published, await site.ReadAsync(db => db.Articles.Where(a => a.Id == id).Select(a => a.Status).SingleAsync()));
    }
}
