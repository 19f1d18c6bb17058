using Broadsheet.Core.People;
using Broadsheet.Web.Tests.Sites;
using Microsoft.Playwright;

namespace Broadsheet.Browser.Tests.Editor;

/// <summary>Source and rich text say the same; what each of them shows beside and below the text.</summary>
public sealed class SourceTests(SqliteSite site, Chromium chromium) : IClassFixture<SqliteSite>
{
    [Fact]
    public async Task The_address_of_a_film_in_Source_is_a_card_in_rich_text_and_comes_back_as_it_was()
    {
        const string Text = "Words.\n\nhttps://www.youtube.com/watch?v=abc_d&t=1\n\nhttps://example.org/page\n\n<p><a class=\"embed-link\" href=\"https://youtu.be/x\">The launch</a></p>";
        await using var ed = await Desk.SignInAsync(site, chromium, Role.Editor);
        await ed.Page.GotoAsync("/newsroom/articles/new/");
        var body = ed.Page.Locator("textarea[name=body]");
        await ModeAsync(ed, "Source");
        await body.FillAsync(Text);

        await Assertions.Expect(ed.Page.Locator("[data-preview] .embed-link")).ToHaveTextAsync(["Video on YouTube youtube.com/watch?v=abc_d&t=1", "The launch youtu.be/x"]);
        await ModeAsync(ed, "Rich text");
        await Assertions.Expect(ed.Page.Locator(".block.embed strong")).ToHaveTextAsync(["Video on YouTube", "The launch"]);
        await ed.Page.Locator(".block.embed .change").First.ClickAsync();
        await ed.Page.FillAsync("dialog [name=title]", "The film");
        await ed.Page.Locator("dialog button.main").ClickAsync();
        await Assertions.Expect(body).ToHaveValueAsync(Text.Replace("https://www.youtube.com/watch?v=abc_d&t=1", "<p><a class=\"embed-link\" href=\"https://www.youtube.com/watch?v=abc_d&amp;t=1\">The film</a></p>", StringComparison.Ordinal));
        await ed.Page.Keyboard.PressAsync("Control+z");
        await Assertions.Expect(body).ToHaveValueAsync(Text);
    }

    [Fact]
    public async Task A_card_that_Markdown_has_no_bare_form_for_is_written_so_that_readers_get_it()
    {
        await using var ed = await Desk.SignInAsync(site, chromium, Role.Editor);
        await ed.Page.GotoAsync("/newsroom/articles/new/");
        var body = ed.Page.Locator("textarea[name=body]");
        await ModeAsync(ed, "Source");
        // The server takes its end for a sentence's where it stands bare.
        await body.FillAsync("<https://youtu.be/abcdefghij_>\n\nMore");
        await Assertions.Expect(ed.Page.Locator("[data-preview] .embed-link")).ToHaveCountAsync(1);
        await ModeAsync(ed, "Rich text");
        await Assertions.Expect(ed.Page.Locator(".block.embed")).ToHaveCountAsync(1);
        await ed.Page.Locator(".ProseMirror > p").Last.ClickAsync();
        await ed.Page.Keyboard.PressAsync("End");
        await ed.Page.Keyboard.TypeAsync(".");

        await ModeAsync(ed, "Source");
        await Assertions.Expect(body).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^<https://youtu\\.be/abcdefghij_>\n\nMore\\."));
        await Assertions.Expect(ed.Page.Locator("[data-preview]")).ToContainTextAsync("More.");
        await Assertions.Expect(ed.Page.Locator("[data-preview] .embed-link")).ToHaveCountAsync(1);
        await body.FillAsync("https://youtu.be/abcdefghij_");
        await Assertions.Expect(ed.Page.Locator("[data-preview] a")).ToHaveCountAsync(1);
        await ModeAsync(ed, "Rich text");
        await Assertions.Expect(ed.Page.Locator(".block.embed")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_the_server_shows_after_Enter_in_the_headline_stays()
    {
        await using var ed = await Desk.SignInAsync(site, chromium, Role.Editor);
        await ed.Page.GotoAsync("/newsroom/articles/new/");
        await ed.Page.Locator(".ProseMirror").ClickAsync();
        await ed.Page.Keyboard.TypeAsync("Shown by the server.");
        await ed.Page.FillAsync("#f-title", "Entered");
        await ed.Page.PressAsync("#f-title", "Enter");

        await ed.Page.WaitForURLAsync("**/newsroom/articles/new/");
        await Assertions.Expect(ed.Page.Locator(".ProseMirror")).ToContainTextAsync("Shown by the server.");
        await Assertions.Expect(ed.Page.Locator("[data-preview]")).ToContainTextAsync("Shown by the server.");
    }

    [Fact]
    public async Task A_file_that_is_no_picture_is_not_dropped_in_silence()
    {
        await using var ed = await Desk.SignInAsync(site, chromium, Role.Editor);
        await ed.Page.GotoAsync("/newsroom/articles/new/");
        await ed.Page.Locator(".ProseMirror").ClickAsync();
        await ed.Page.Keyboard.TypeAsync("Words.");

        foreach (var kind in (string[])["drop", "paste"])
        {
            var isTaken = await ed.Page.EvaluateAsync<bool>("""
                (kind) => {
                  const data = new DataTransfer();
                  data.items.add(new File(["notes"], `${kind}.txt`, { type: "text/plain" }));
                  const target = document.querySelector(".ProseMirror p");
                  const at = target.getBoundingClientRect();
                  const event = kind === "drop" ? new DragEvent(kind, { dataTransfer: data, clientX: at.x + 5, clientY: at.y + 5, bubbles: true, cancelable: true }) : new ClipboardEvent(kind, { clipboardData: data, bubbles: true, cancelable: true });
                  return !target.dispatchEvent(event);
                }
                """, kind);
            // Else the browser would leave the page for the file.
            Assert.True(isTaken);
            await Assertions.Expect(ed.Page.Locator(".body .hint[role=status]")).ToContainTextAsync($"“{kind}.txt” is not in the text: only pictures");
        }

        await Assertions.Expect(ed.Page.Locator("textarea[name=body]")).ToHaveValueAsync("Words.");
        await ed.AssertCleanAsync("editor with a refused file");
    }

    [Fact]
    public async Task Words_that_run_the_other_way_begin_at_the_other_side_in_rich_text_too()
    {
        await using var ed = await Desk.SignInAsync(site, chromium, Role.Editor);
        await ed.Page.GotoAsync("/newsroom/articles/new/");
        await ed.Page.Locator(".ProseMirror").ClickAsync();
        await ed.Page.Keyboard.TypeAsync("Left.");
        await ed.Page.Keyboard.PressAsync("Enter");
        await ed.Page.Keyboard.InsertTextAsync("אין חדש תחת השמש");

        Assert.Equal(["left", "right"], await ed.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll(".ProseMirror > p")].map((p) => {
              const words = document.createRange();
              words.selectNodeContents(p);
              const [box, line] = [p.getBoundingClientRect(), words.getBoundingClientRect()];
              return Math.abs(line.left - box.left) < 2 ? "left" : Math.abs(line.right - box.right) < 2 ? "right" : "neither";
            })
            """));
    }

    [Theory]
    [InlineData(1440, true)]
    [InlineData(1000, false)]
    public async Task The_preview_stands_beside_the_source_and_in_rich_text_where_it_is_asked_for(int width, bool isBeside)
    {
        await using var ed = await Desk.SignInAsync(site, chromium, Role.Editor, width);
        await ed.Page.GotoAsync("/newsroom/articles/new/");
        var (pane, look) = (ed.Page.Locator("[data-preview]"), ed.Page.Locator("[data-look]"));
        await ed.Page.Locator(".ProseMirror").ClickAsync();
        await ed.Page.Keyboard.TypeAsync("Some *words* here.");
        await Assertions.Expect(ed.Page.Locator("textarea[name=body]")).ToHaveValueAsync("Some *words* here.");
        await ed.Page.WaitForTimeoutAsync(900);
        await Assertions.Expect(pane).ToBeHiddenAsync();

        await look.ClickAsync();
        await Assertions.Expect(pane.Locator("em")).ToHaveTextAsync("words");
        await Assertions.Expect(look).ToHaveAttributeAsync("aria-expanded", "true");
        await look.ClickAsync();
        await Assertions.Expect(pane).ToBeHiddenAsync();
        await ModeAsync(ed, "Source");

        await Assertions.Expect(pane).ToBeVisibleAsync();
        await ed.Page.FillAsync("textarea[name=body]", "Other **words**.");
        await Assertions.Expect(pane.Locator("strong")).ToHaveTextAsync("words");
        var (text, shown) = ((await ed.Page.Locator("textarea[name=body]").BoundingBoxAsync())!, (await pane.BoundingBoxAsync())!);
        Assert.Equal(isBeside, shown.X >= text.X + text.Width && Math.Abs(shown.Y - text.Y) < 24);
        Assert.Equal(!isBeside, shown.Y >= text.Y + text.Height);
        await ed.AssertCleanAsync($"source and preview at {width}");
        await ModeAsync(ed, "Rich text");
        await Assertions.Expect(pane).ToBeHiddenAsync();
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(1440)]
    public async Task Nothing_lies_across_the_choice_of_the_format(int width)
    {
        await using var ed = await Desk.SignInAsync(site, chromium, Role.Editor, width);
        await ed.Page.GotoAsync("/newsroom/articles/new/");
        var body = ed.Page.Locator("textarea[name=body]");
        foreach (var mode in (string[])["Source", "Rich text"])
        {
            await ModeAsync(ed, mode);
            if (mode == "Source") await body.FillAsync("Words.");
            if (mode == "Source") await Assertions.Expect(ed.Page.Locator("[data-preview]")).ToBeVisibleAsync();
            await ed.Page.GetByLabel("HTML", new() { Exact = true }).ClickAsync(new() { Timeout = 5_000 });
            await ed.Page.GetByLabel("Markdown", new() { Exact = true }).ClickAsync(new() { Timeout = 5_000 });
            await ed.Page.Locator(".field.body > label").ClickAsync(new() { Timeout = 5_000 });
        }
    }

    [Fact]
    public async Task A_format_that_the_text_cannot_take_is_refused_beside_the_choice()
    {
        await using var ed = await Desk.SignInAsync(site, chromium, Role.Editor);
        await ed.Page.GotoAsync("/newsroom/articles/new/");
        await ModeAsync(ed, "Source");
        await ed.Page.FillAsync("textarea[name=body]", "One.\n\n<section>\nTwo.\n</section>\n\nThree.");
        await ModeAsync(ed, "Rich text");
        await ed.Page.GetByLabel("HTML", new() { Exact = true }).ClickAsync();

        var refusal = ed.Page.Locator("fieldset:has([name=format]) [role=status]");
        await Assertions.Expect(refusal).ToContainTextAsync("One passage stays as written");
        await Assertions.Expect(refusal).ToBeInViewportAsync();
        Assert.True(await ed.Page.GetByLabel("Markdown", new() { Exact = true }).IsCheckedAsync());
        await ed.AssertCleanAsync("a refused format");
    }

    [Fact]
    public async Task The_preview_is_as_high_as_the_source_and_goes_along_with_it()
    {
        await using var ed = await Desk.SignInAsync(site, chromium, Role.Editor, 1440);
        await ed.Page.GotoAsync("/newsroom/articles/new/");
        await ModeAsync(ed, "Source");
        var (body, pane) = (ed.Page.Locator("textarea[name=body]"), ed.Page.Locator("[data-preview]"));
        await body.FillAsync(string.Join("\n\n", Enumerable.Range(1, 120).Select(n => $"Paragraph {n} of a long report from the harbour, which goes on and on.")));
        await Assertions.Expect(pane).ToContainTextAsync("Paragraph 120 ");

        var (text, shown) = ((await body.BoundingBoxAsync())!, (await pane.BoundingBoxAsync())!);
        Assert.Equal(text.Y, shown.Y, 4.0);
        Assert.InRange(shown.Height, text.Height - 5, text.Height + 80);
        Assert.InRange((await ed.Page.Locator("[name=excerpt]").BoundingBoxAsync())!.Y, text.Y + text.Height, text.Y + text.Height + 250);
        foreach (var (part, words) in new[] { (1.0, "Paragraph 120 of"), (0.5, "Paragraph 60 of"), (0.0, "Paragraph 1 of") })
        {
            await body.EvaluateAsync("(e, part) => { e.scrollTop = part * (e.scrollHeight - e.clientHeight); }", part);
            await Assertions.Expect(pane.Locator("p", new() { HasText = words })).ToBeInViewportAsync();
        }
        await ed.AssertCleanAsync("a long preview beside its source");
    }

    private static Task ModeAsync(Reader ed, string name) => ed.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
}
