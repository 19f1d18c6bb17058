using System.Text.RegularExpressions;
using Broadsheet.Core.People;
using Broadsheet.Web.Tests.Sites;
using Microsoft.Playwright;

namespace Broadsheet.Browser.Tests.Editor;

/// <summary>Files dropped or pasted into the editor, wherever they fall.</summary>
public sealed class DroppedFilesTests(SqliteSite site, Chromium chromium) : IClassFixture<SqliteSite>
{
    private const string Status = ".body > .hint[role=status]";

    [Fact]
    public async Task Of_several_files_each_is_told_of()
    {
        await using var ed = await OpenAsync("Rich text");
        await ed.Page.Locator(".ProseMirror").ClickAsync();
        await ed.Page.Keyboard.TypeAsync("Words.");

        Assert.True(await DropAsync(ed, ".ProseMirror p", "drop", "notes.txt", "first.png", "broken.png", "second.png"));

        foreach (var words in (string[])["“notes.txt” is not in the text", "first.png is in the text", "broken.png", "second.png is in the text"])
            await Assertions.Expect(ed.Page.Locator(Status)).ToContainTextAsync(words);
        await Assertions.Expect(ed.Page.Locator(".ProseMirror figure img")).ToHaveCountAsync(2);
        // The next drop begins anew.
        await DropAsync(ed, ".ProseMirror p", "drop", "later.txt");
        await Assertions.Expect(ed.Page.Locator(Status)).Not.ToContainTextAsync("first.png");
        await ed.AssertCleanAsync("several dropped files");
    }

    [Theory]
    [InlineData("drop", "Markdown", @"^One\.\n\n!\[\]\(/wp-content/uploads/\S+\.png\)\n\nTwo\.$")]
    [InlineData("paste", "HTML", @"^One\.\n\n<figure><img src=""/wp-content/uploads/\S+\.png"" alt=""""></figure>\n\nTwo\.$")]
    public async Task A_picture_comes_into_the_source(string kind, string format, string written)
    {
        await using var ed = await OpenAsync("Source");
        await ed.Page.GetByLabel(format, new() { Exact = true }).ClickAsync();
        var body = ed.Page.Locator("textarea[name=body]");
        await body.FillAsync("One.\n\nTwo.");
        await body.EvaluateAsync("(e) => e.setSelectionRange(2, 2)");

        Assert.True(await DropAsync(ed, "textarea[name=body]", kind, $"{kind}.png", "notes.txt"));

        await Assertions.Expect(body).ToHaveValueAsync(new Regex(written, RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Assertions.Expect(ed.Page.Locator(Status)).ToContainTextAsync($"{kind}.png is in the text");
        await Assertions.Expect(ed.Page.Locator(Status)).ToContainTextAsync("“notes.txt” is not in the text");
        await Assertions.Expect(ed.Page.Locator(".source-field progress")).ToHaveCountAsync(0);
        await ed.AssertCleanAsync($"a picture in the source by {kind}");
    }

    [Fact]
    public async Task What_is_written_meanwhile_stays_before_the_picture()
    {
        await using var ed = await OpenAsync("Source");
        var body = ed.Page.Locator("textarea[name=body]");
        await body.FillAsync("One.\n\nTwo.");
        await body.EvaluateAsync("(e) => e.setSelectionRange(2, 2)");
        var gate = new TaskCompletionSource();
        await ed.Page.RouteAsync("**/newsroom/media/", async route => { await gate.Task; await route.ContinueAsync(); });

        await DropAsync(ed, "textarea[name=body]", "paste", "slow.png");
        await Assertions.Expect(ed.Page.Locator(".source-field progress")).ToHaveCountAsync(1);
        await body.PressAsync("Control+Home");
        await ed.Page.Keyboard.TypeAsync("Before.\n\n");
        gate.SetResult();

        await Assertions.Expect(body).ToHaveValueAsync(new Regex(@"^Before\.\n\nOne\.\n\n!\[\]\(\S+\)\n\nTwo\.$", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await ed.Page.Keyboard.TypeAsync("And ");
        await Assertions.Expect(body).ToHaveValueAsync(new Regex("^Before\\.\n\nAnd One", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [Theory]
    [InlineData("[name=title]")]
    [InlineData(".side")]
    [InlineData("header")]
    public async Task A_file_dropped_beside_the_text_does_not_make_the_browser_leave(string place)
    {
        await using var ed = await OpenAsync("Source");

        Assert.True(await DropAsync(ed, place, "dragover", "boat.png"));
        Assert.True(await DropAsync(ed, place, "drop", "boat.png", "notes.txt"));

        await Assertions.Expect(ed.Page.Locator(Status)).ToContainTextAsync("“boat.png” is not in the text: it was dropped beside it");
        await Assertions.Expect(ed.Page.Locator(Status)).ToContainTextAsync("“notes.txt” is not in the text: only pictures");
        await Assertions.Expect(ed.Page.Locator(Status)).ToBeInViewportAsync();
        // A field for files takes them itself.
        await ed.Page.EvaluateAsync("() => document.querySelectorAll('details').forEach((d) => { d.open = true; })");
        Assert.False(await DropAsync(ed, "[name=image_file]", "drop", "boat.png"));
    }

    private async Task<Reader> OpenAsync(string mode)
    {
        var ed = await Desk.SignInAsync(site, chromium, Role.Editor, 1440);
        await ed.Page.GotoAsync("/newsroom/articles/new/");
        await ed.Page.GetByRole(AriaRole.Button, new() { Name = mode, Exact = true }).ClickAsync();
        return ed;
    }

    /// <returns>Whether the page took it, and the browser keeps away.</returns>
    private static Task<bool> DropAsync(Reader ed, string target, string kind, params string[] files) => ed.Page.EvaluateAsync<bool>("""
        async ([where, kind, ...names]) => {
          const canvas = Object.assign(document.createElement("canvas"), { width: 40, height: 30 });
          canvas.getContext("2d").fillRect(0, 0, 20, 20);
          const picture = await new Promise((done) => canvas.toBlob(done, "image/png"));
          const data = new DataTransfer();
          for (const name of names) data.items.add(new File([name.startsWith("broken") ? "no picture" : name.endsWith(".png") ? picture : "notes"], name, { type: name.endsWith(".png") ? "image/png" : "text/plain" }));
          const target = document.querySelector(where);
          const at = target.getBoundingClientRect();
          const event = kind === "paste" ? new ClipboardEvent(kind, { clipboardData: data, bubbles: true, cancelable: true }) : new DragEvent(kind, { dataTransfer: data, clientX: at.x + 5, clientY: at.y + 5, bubbles: true, cancelable: true });
          return !target.dispatchEvent(event);
        }
        """, (string[])[target, kind, .. files]);
}
