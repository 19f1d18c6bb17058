using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Broadsheet.Browser.Tests.Editor;

/// <summary>Writing in rich text: by keyboard, with pictures, in both formats, on a phone.</summary>
public sealed class RichTextTests(SqliteSite site, Chromium chromium) : IClassFixture<SqliteSite>
{
    /// <summary>A red square of one pixel.</summary>
    private const string Dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

    [Fact]
    public async Task An_article_is_written_by_keyboard_alone()
    {
        await using var ed = await Desk.SignInAsync(site, chromium, Role.Editor);
        var other = await site.PublishAsync("The harbour reopens");
        await ed.Page.GotoAsync("/newsroom/articles/new/");
        var (keys, body) = (ed.Page.Keyboard, ed.Page.Locator("textarea[name=body]"));
        await ed.Page.Locator(".ProseMirror").FocusAsync();

        await keys.TypeAsync("## A heading");
        await keys.PressAsync("Enter");
        await keys.TypeAsync("Some **bold**, *slanted* and `coded` words, asked by dab hands.");
        await keys.PressAsync("Enter");
        await keys.TypeAsync("- one");
        await keys.PressAsync("Enter");
        await keys.TypeAsync("two");
        await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");
        await keys.PressAsync("Enter");
        await keys.PressAsync("Enter");
        await keys.TypeAsync("Read [[harbour reo");
        await Assertions.Expect(ed.Page.Locator(".offers [aria-selected=true]")).ToHaveTextAsync("The harbour reopens");
        await ed.AssertCleanAsync("editor with offers");
        await keys.PressAsync("Enter");
        await keys.PressAsync("Control+Alt+f");
        await keys.TypeAsync("A note.");

        await Assertions.Expect(body).ToHaveValueAsync($"## A heading\n\nSome **bold**, *slanted* and `coded` words, asked by dab hands.\n\n- one\n  - two\n\nRead [The harbour reopens]({other.Path})[^1]\n\n[^1]: A note.");
        await Assertions.Expect(ed.Page.Locator(".length")).ToContainTextAsync("words · 1 min to read");
        await keys.PressAsync("Alt+F10");
        await Assertions.Expect(ed.Page.Locator("[role=toolbar] :focus")).ToHaveCountAsync(1);
        await keys.PressAsync("ArrowRight");
        await Assertions.Expect(ed.Page.Locator("[role=toolbar] button:focus")).ToHaveAttributeAsync("aria-label", "Bold");
        Assert.Equal(1, await ed.Page.EvaluateAsync<int>("() => [...document.querySelectorAll('[role=toolbar] :is(button, select)')].filter(e => e.tabIndex === 0).length"));
        await keys.PressAsync("Escape");
        await Assertions.Expect(ed.Page.Locator(".ProseMirror")).ToBeFocusedAsync();
        await keys.PressAsync("Control+/");
        await ed.AssertCleanAsync("keys of the editor");
        await keys.PressAsync("Escape");
        await ed.AssertCleanAsync("editor in use");
    }

    [Fact]
    public async Task A_pasted_picture_is_uploaded_described_and_shown_to_readers()
    {
        await using var ed = await Desk.SignInAsync(site, chromium, Role.Editor);
        await ed.Page.GotoAsync("/newsroom/articles/new/");
        await ed.Page.FillAsync("[name=title]", "With a picture");
        await ed.Page.Locator(".ProseMirror").FocusAsync();

        await ed.Page.EvaluateAsync("""
            (base64) => {
              const data = new DataTransfer();
              data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], "red dot.png", { type: "image/png" }));
              document.querySelector(".ProseMirror").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
            }
            """, Dot);
        await ed.Page.Locator(".block.figure .change").ClickAsync();
        await ed.Page.FillAsync("dialog [name=alt]", "A red dot");
        await ed.Page.SelectOptionAsync("dialog [name=focus]", "top-left");
        await ed.AssertCleanAsync("picture's dialog");
        await ed.Page.Keyboard.PressAsync("Tab");
        await ed.Page.Locator("dialog button.main").ClickAsync();
        await ed.Page.Locator(".block.figure figcaption").ClickAsync();
        await ed.Page.Keyboard.TypeAsync("Seen from near");
        await Assertions.Expect(ed.Page.Locator("textarea[name=body]")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^<figure><img src=\"/wp-content/uploads/\\d{4}/\\d{2}/red-dot[^\"]*\" alt=\"A red dot\" class=\"is-style-focus-top-left\"><figcaption>Seen from near</figcaption></figure>$"));
        await ed.Page.Locator("button[value=publish]").ClickAsync();
        await ed.Page.Locator(".notice a").ClickAsync();

        await Assertions.Expect(ed.Page.Locator(".article-body img")).ToHaveAttributeAsync("alt", "A red dot");
        await Assertions.Expect(ed.Page.Locator(".article-body figcaption")).ToHaveTextAsync("Seen from near");
    }

    [Fact]
    public async Task A_text_goes_from_one_format_to_the_other_and_what_has_no_form_there_stays()
    {
        await using var ed = await Desk.SignInAsync(site, chromium, Role.Editor);
        await ed.Page.GotoAsync("/newsroom/articles/new/");
        var body = ed.Page.Locator("textarea[name=body]");
        await ed.Page.GetByRole(AriaRole.Button, new() { Name = "Source" }).ClickAsync();
        await body.FillAsync("## Head\n\nWords *here*.");
        await ed.Page.GetByRole(AriaRole.Button, new() { Name = "Rich text" }).ClickAsync();

        await ed.Page.CheckAsync("[name=format][value=html]");
        await Assertions.Expect(body).ToHaveValueAsync("<h2>Head</h2>\n\n<p>Words <em>here</em>.</p>\n");
        await ed.Page.CheckAsync("[name=format][value=markdown]");
        await Assertions.Expect(body).ToHaveValueAsync("## Head\n\nWords *here*.\n");
        await ed.Page.GetByRole(AriaRole.Button, new() { Name = "Source" }).ClickAsync();
        await body.FillAsync("<div class=\"odd\">kept</div>\n\nWords.");
        await ed.Page.GetByRole(AriaRole.Button, new() { Name = "Rich text" }).ClickAsync();
        await ed.Page.Locator("[name=format][value=html]").ClickAsync();

        await Assertions.Expect(ed.Page.Locator("[name=format][value=markdown]")).ToBeCheckedAsync();
        await Assertions.Expect(ed.Page.GetByText("One passage stays as written")).ToBeVisibleAsync();
        await Assertions.Expect(body).ToHaveValueAsync("<div class=\"odd\">kept</div>\n\nWords.");
        await Assertions.Expect(ed.Page.Locator(".block.raw code")).ToHaveTextAsync("<div class=\"odd\">kept</div>");
    }

    [Fact]
    public async Task On_a_phone_the_tools_stand_within_a_thumbs_reach()
    {
        await using var ed = await Desk.SignInAsync(site, chromium, Role.Author, 360);
        await ed.Page.GotoAsync("/newsroom/articles/new/");
        await ed.Page.Locator(".ProseMirror").ClickAsync();
        await ed.Page.Keyboard.TypeAsync("On the quay.");

        var bar = (await ed.Page.Locator("[role=toolbar]").BoundingBoxAsync())!;
        Assert.Equal(900, bar.Y + bar.Height, 1.0);
        Assert.Equal(0, await ed.Page.EvaluateAsync<int>("() => [...document.querySelectorAll('[role=toolbar] :is(button, select):not([hidden])')].filter(e => { const r = e.getBoundingClientRect(); return r.width < 44 || r.height < 44; }).length"));
        await ed.AssertCleanAsync("editor on a phone");
    }

    [Fact]
    public async Task Without_script_the_field_for_source_is_all_there_is_and_enough()
    {
        await using var ed = await Desk.SignInAsync(site, chromium, Role.Editor, script: false);
        await ed.Page.GotoAsync("/newsroom/articles/new/");
        await ed.Page.FillAsync("[name=title]", "Without script");
        await ed.Page.FillAsync("[name=body]", "Plain *words*.");
        await ed.Page.Locator("button[value=publish]").ClickAsync();

        Assert.Equal("Plain *words*.", await site.ReadAsync(db => db.Articles.Where(a => a.Title == "Without script").Select(a => a.Body).SingleAsync()));
    }
}
