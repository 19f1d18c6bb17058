using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.MediaStore;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Broadsheet.Browser.Tests.Editor;

/// <summary>Rich text and the preview show where things stand as the page does.</summary>
public sealed class LooksTests(SqliteSite site, Chromium chromium) : IClassFixture<SqliteSite>
{
    [Fact]
    public async Task Figures_and_words_stand_in_preview_and_rich_text_as_they_do_for_readers()
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Author);
        var picture = await AddAsync(ann);
        const string Caption = "The harbour, seen from the pier on the first day of the year, before the ferry came back from its refit.";
        var article = await site.PublishAsync(new ArticleEdit("Looks", $"""
            <figure class="alignright"><img src="{picture}" alt="A boat" width="240" height="160"><figcaption>{Caption}</figcaption></figure>
            <p>{string.Concat(Enumerable.Repeat("Words beside it. ", 60))}</p>
            <figure><img src="{picture}" alt="A boat" width="240" height="160"><figcaption>{Caption}</figcaption></figure>
            <p class="has-text-align-center">In the middle.</p>
            <p class="has-text-align-right">At the right.</p>
            """, BodyFormat.Html) { Status = ArticleStatus.Published });
        await using var ed = await Desk.SignInAsync(site, chromium, Role.Editor, 1440);
        await ed.Page.GotoAsync(article.Path);
        var readers = await LooksAsync(ed, ".article-body");
        Assert.Equal(["right, caption under it", "middle, caption under it", "center", "right"], readers);

        await ed.Page.GotoAsync($"/newsroom/articles/{article.Id}/");
        await ed.Page.GetByRole(AriaRole.Button, new() { Name = "Rich text", Exact = true }).ClickAsync();
        Assert.Equal(readers, await LooksAsync(ed, ".ProseMirror"));
        await ed.Page.Locator("[data-look]").ClickAsync();
        await Assertions.Expect(ed.Page.Locator("[data-preview]")).ToContainTextAsync("In the middle.");
        Assert.Equal(readers, await LooksAsync(ed, "[data-preview]"));
        await ed.AssertCleanAsync("floats in rich text and preview");
    }

    [Fact]
    public async Task The_bar_of_a_quotation_and_the_marks_of_a_list_stand_at_the_side_of_their_first_letter()
    {
        await using var ed = await Desk.SignInAsync(site, chromium, Role.Editor);
        await ed.Page.GotoAsync("/newsroom/articles/new/");
        await ed.Page.GetByRole(AriaRole.Button, new() { Name = "Source", Exact = true }).ClickAsync();
        await ed.Page.FillAsync("textarea[name=body]", "> Left.\n\n- One\n\n> مرحبا\n\n1. مرحبا");
        await ed.Page.GetByRole(AriaRole.Button, new() { Name = "Rich text", Exact = true }).ClickAsync();

        Assert.Equal(["ltr", "ltr", "rtl", "rtl"], await ed.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.ProseMirror > :is(blockquote, ul, ol)')].map((e) => getComputedStyle(e).direction)"));
        Assert.Equal("2px", await ed.Page.Locator(".ProseMirror blockquote").Last.EvaluateAsync<string>("(e) => getComputedStyle(e).borderRightWidth"));
        Assert.Equal("> Left.\n\n- One\n\n> مرحبا\n\n1. مرحبا", await ed.Page.InputValueAsync("textarea[name=body]"));
    }

    [Fact]
    public async Task A_link_leads_to_an_address_that_readers_can_follow()
    {
        await using var ed = await Desk.SignInAsync(site, chromium, Role.Editor);
        await ed.Page.GotoAsync("/newsroom/articles/new/");
        await ed.Page.Locator(".ProseMirror").ClickAsync();
        await ed.Page.Keyboard.TypeAsync("Words");
        await ed.Page.Keyboard.PressAsync("Control+a");
        await ed.Page.Keyboard.PressAsync("Control+k");
        var (field, use) = (ed.Page.Locator("dialog [name=href]"), ed.Page.Locator("dialog button.main"));
        foreach (var wrong in (string[])["javascript:alert(1)", " java\tscript:alert(1)", "data:text/html,x", "file:///etc"])
        {
            await field.FillAsync(wrong);
            await use.ClickAsync();
            await Assertions.Expect(ed.Page.Locator("dialog .problem")).ToContainTextAsync("A link leads to");
            await Assertions.Expect(field).ToBeFocusedAsync();
            await Assertions.Expect(field).ToHaveAttributeAsync("aria-invalid", "true");
        }
        await ed.AssertCleanAsync("a refused link");

        foreach (var right in (string[])["/about/", "#notes", "tel:+4712345678", "mailto:desk@example.org", "https://example.org/a:b"])
        {
            await field.FillAsync(right);
            await field.PressAsync("Enter");
            await Assertions.Expect(ed.Page.Locator("textarea[name=body]")).ToHaveValueAsync($"[Words]({right})");
            await ed.Page.Keyboard.PressAsync("Control+a");
            await ed.Page.Keyboard.PressAsync("Control+k");
        }
    }

    [Fact]
    public async Task The_list_of_keys_opens_at_its_beginning()
    {
        await using var ed = await Desk.SignInAsync(site, chromium, Role.Editor);
        await ed.Page.SetViewportSizeAsync(1280, 600);
        await ed.Page.GotoAsync("/newsroom/articles/new/");
        await ed.Page.Locator(".ProseMirror").ClickAsync();
        await ed.Page.Keyboard.PressAsync("Control+/");

        await Assertions.Expect(ed.Page.Locator("dialog h2")).ToBeInViewportAsync();
        Assert.Equal(0, await ed.Page.Locator("dialog").EvaluateAsync<int>("(e) => e.scrollTop"));
        await Assertions.Expect(ed.Page.Locator("dialog dt:has(kbd:text-is('Ctrl+S')) + dd")).ToHaveTextAsync("Save");
        await ed.AssertCleanAsync("the list of keys");
    }

    private static async Task<string[]> LooksAsync(Reader ed, string within)
    {
        await ed.Page.EvaluateAsync("(w) => Promise.all([...document.querySelectorAll(`${w} img:not(.ProseMirror-separator)`)].map((i) => { i.loading = 'eager'; return i.decode(); }))", within);
        return await ed.Page.EvaluateAsync<string[]>("""
            (within) => {
              const holder = document.querySelector(within);
              const style = getComputedStyle(holder);
              const box = holder.getBoundingClientRect();
              const [left, right] = [box.left + parseFloat(style.paddingLeft) + parseFloat(style.borderLeftWidth), box.right - parseFloat(style.paddingRight) - parseFloat(style.borderRightWidth)];
              return [...holder.querySelectorAll("figure, [class*=has-text-align]")].map((e) => {
                if (e.localName === "p") return getComputedStyle(e).textAlign;
                const [img, words] = [e.querySelector("img").getBoundingClientRect(), e.querySelector("figcaption").getBoundingClientRect()];
                const side = Math.abs(img.right - right) < 3 ? "right" : Math.abs(img.left - left) < 3 ? "left" : Math.abs(img.left + img.right - left - right) < 4 ? "middle" : "elsewhere";
                return `${side}, caption ${words.width <= img.width + 25 && words.top >= img.bottom - 1 ? "under it" : "elsewhere"}`;
              });
            }
            """, within);
    }

    private async Task<string> AddAsync(StaffClient ann)
    {
        using var added = await ann.SubmitAsync("/newsroom/media/", [], files: ("file", "harbour.png", Photographs.Of(240, 160, "png")));
        return await site.ReadAsync(db => db.Media.OrderByDescending(m => m.ArticleId).Select(m => m.Path).FirstAsync());
    }
}
