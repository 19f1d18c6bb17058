using Broadsheet.Core.People;
using Broadsheet.Web.Tests.Sites;
using Microsoft.Playwright;

namespace Broadsheet.Browser.Tests;

/// <summary>An editor at work with other people's stories: an outlet added, its terms said, a story triaged by keyboard and republished, its credit on the page.</summary>
public sealed class CurationJourneyTests(SqliteWireSite site, Chromium chromium) : IClassFixture<SqliteWireSite>
{
    private const string Words = "The island ferry will run again from Monday after engineers replaced a cracked shaft that had kept the vessel in dock for eleven days, its operator said on Thursday.";

    [Theory]
    [InlineData(1440, true)]
    [InlineData(360, false)]
    public async Task A_story_goes_from_an_outlet_to_the_page_with_its_credit(int width, bool script)
    {
        var name = $"The Coastal Wire {width}";
        site.Feeds.SetFeed($"/feed{width}", name,
        [
            site.Feeds.Item($"dull{width}", $"Council meets {width}", $"<p>Nothing was decided at the meeting of the council of {width} on the subject of lamps in the streets near the old market, its clerk said.</p>"),
            site.Feeds.Item($"ferry{width}", $"Ferry runs again {width}", string.Concat(Enumerable.Repeat($"<p>{Words} ({width})</p>", 12)), TimeProvider.System.GetUtcNow().AddHours(-2)),
        ]);
        using var editor = await StaffClient.AddAsync(site, Role.Editor);
        await using var reader = await chromium.OpenAsync(site, width, script);
        var page = reader.Page;
        await page.GotoAsync(await StaffClient.LinkAsync(site, editor.Id));
        await page.Locator("form button").First.ClickAsync();

        await page.GotoAsync("/newsroom/wire/?state=mine");
        await reader.AssertCleanAsync($"wire-empty-{width}");
        await page.GotoAsync("/newsroom/outlets/");
        await page.GetByLabel("Add an outlet").FillAsync(new Uri(site.Feeds.Url, $"/feed{width}").AbsoluteUri);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".notice")).ToContainTextAsync("2 stories came in");
        await reader.AssertCleanAsync($"outlet-{width}");
        await page.GetByLabel("It lets others show").SelectOptionAsync("FullText");
        await page.GetByLabel("How the credit is written").FillAsync("{date}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("#f-creditFormat-problem")).ToBeVisibleAsync();
        await reader.AssertCleanAsync($"outlet-wrong-{width}");
        await page.GetByLabel("How the credit is written").FillAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".notice")).ToContainTextAsync("Saved");
        await page.GotoAsync("/newsroom/outlets/");
        await reader.AssertCleanAsync($"outlets-{width}");
        await page.GotoAsync("/newsroom/outlets/import/");
        await reader.AssertCleanAsync($"outlets-import-{width}");

        await page.GotoAsync($"/newsroom/wire/?state=new&q={width}");
        await reader.AssertCleanAsync($"wire-{width}");
        await AtWidthAsync(reader, 768, width, $"wire-{width}-at-768");
        if (script) await GiveByKeysAsync(reader, width);
        if (script)
        {
            await page.Keyboard.PressAsync("j");
            await page.Keyboard.PressAsync("d");
        }
        else
        {
            await page.GetByRole(AriaRole.Button, new() { Name = $"Dismiss: Council meets {width}" }).ClickAsync();
        }
        await Assertions.Expect(page.Locator(".notice")).ToContainTextAsync("Dismissed");
        await Assertions.Expect(page.Locator("[data-row]")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = $"Ferry runs again {width}", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".story")).ToContainTextAsync("cracked shaft");
        await reader.AssertCleanAsync($"story-{width}");
        await AtWidthAsync(reader, 768, width, $"story-{width}-at-768");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Republish: Ferry runs again {width}" }).ClickAsync();
        await Assertions.Expect(page.Locator(".notice")).ToContainTextAsync("allows the full text");
        await page.Locator("button[name=deed][value=publish]").First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "View it" }).ClickAsync();

        await Assertions.Expect(page.Locator("article").First).ToContainTextAsync($"{name} | ");
        await Assertions.Expect(page.Locator("article").First).ToContainTextAsync("cracked shaft");
        await page.GotoAsync("/newsroom/wire/originals/");
        await reader.AssertCleanAsync($"originals-{width}");
        await page.GotoAsync("/newsroom/wire/nominate/");
        await reader.AssertCleanAsync($"nominate-{width}");
    }

    /// <summary>A second who may curate is there: the first story of the list is given to them, and taken back.</summary>
    private async Task GiveByKeysAsync(Reader reader, int width)
    {
        var page = reader.Page;
        using var other = await StaffClient.AddAsync(site, Role.Editor);
        await page.ReloadAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("t");
        await Assertions.Expect(page.Locator("[data-row] select[name=to]").First).ToBeFocusedAsync();
        await reader.AssertCleanAsync($"wire-give-{width}");
        await page.Locator("[data-row] select[name=to]").First.SelectOptionAsync(other.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await page.Locator("[data-row] button[value=give]").First.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".notice")).ToContainTextAsync("on their front desk");
        await page.Locator(".notice button").ClickAsync();
        await Assertions.Expect(page.Locator(".notice")).ToContainTextAsync("It is nobody's.");
        // Words may be on the screen before the script that hears keys is there.
        await page.WaitForLoadStateAsync();
        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.Locator("dialog[data-help]")).ToBeVisibleAsync();
        await reader.AssertCleanAsync($"wire-keys-{width}");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("dialog[data-help]")).ToBeHiddenAsync();
    }

    /// <summary>The same page in another window: no wider than that.</summary>
    private static async Task AtWidthAsync(Reader reader, int width, int back, string state)
    {
        await reader.Page.SetViewportSizeAsync(width, 900);
        await reader.PictureAsync(state);
        Assert.True(await reader.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), $"{state}: wider than the window.");
        await reader.Page.SetViewportSizeAsync(back, 900);
    }
}
