using System.Text.RegularExpressions;
using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using NetVips;

namespace Broadsheet.Browser.Tests.Editor;

/// <summary>What stands beside the text and helps with it, by keyboard and without script: categories, the picture's focal point, links to own articles in the source.</summary>
public sealed class BesideTheTextTests(SqliteSite site, Chromium chromium) : IClassFixture<SqliteSite>
{
    [Theory]
    [InlineData(1440)]
    [InlineData(360)]
    public async Task Categories_are_chips_with_their_path(int width)
    {
        var (world, europe, commas) = await site.Writes.RunAsync(async (scope, ct) =>
        {
            var world = await TermLedger.FindOrAddAsync(scope, Term.Category, $"World {width}", null, ct);
            return (world, await TermLedger.FindOrAddAsync(scope, Term.Category, $"Europe {width}", world, ct), await TermLedger.FindOrAddAsync(scope, Term.Category, $"Ships, boats and {width}", null, ct));
        }, CancellationToken.None);
        await using var ed = await Desk.SignInAsync(site, chromium, Role.Editor, width);
        await ed.Page.GotoAsync("/newsroom/articles/new/");
        await ed.Page.FillAsync("[name=title]", $"Filed at {width}");
        var input = ed.Page.GetByRole(AriaRole.Combobox, new() { Name = "Categories" });
        await Assertions.Expect(ed.Page.Locator(".tree")).ToBeHiddenAsync();

        await input.FillAsync($"world eur {width}");
        await Assertions.Expect(ed.Page.Locator("#f-category-new-offers li")).ToHaveTextAsync([$"World {width} › Europe {width}", $"New category: world eur {width}"]);
        await ed.AssertCleanAsync($"categories offered at {width}");
        await input.PressAsync("ArrowDown");
        await Assertions.Expect(input).ToHaveAttributeAsync("aria-activedescendant", "f-category-new-offers-0");
        await input.PressAsync("Enter");
        // Typed whole, in any case, and with a comma.
        await input.FillAsync($"ships, BOATS and {width}");
        await input.PressAsync("Enter");
        await input.FillAsync($"World {width}");
        await input.PressAsync("Enter");
        var chips = ed.Page.Locator(".categories .chips").First.Locator("ul:not(.offers) li");
        await Assertions.Expect(chips).ToHaveCountAsync(3);
        await ed.Page.GetByRole(AriaRole.Button, new() { Name = $"× World {width}", Exact = true }).ClickAsync();
        await Assertions.Expect(chips).ToHaveTextAsync([$"Ships, boats and {width}×", $"World {width} › Europe {width}×"]);
        // A new one below another.
        await input.FillAsync($"Iceland {width}");
        await input.PressAsync("Enter");
        await Assertions.Expect(ed.Page.Locator("[name=new_category]")).ToHaveValueAsync($"Iceland {width}");
        await ed.Page.SelectOptionAsync("[name=new_category_parent]", europe.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await ed.AssertCleanAsync($"categories chosen at {width}");
        await ed.Page.Locator("button[data-save]").ClickAsync();
        await Assertions.Expect(ed.Page.Locator(".notice")).ToContainTextAsync("Saved");

        await Assertions.Expect(ed.Page.Locator(".categories .chips").First.Locator("ul:not(.offers) li bdi")).ToHaveTextAsync([$"Ships, boats and {width}", $"World {width} › Europe {width}", $"World {width} › Europe {width} › Iceland {width}"]);
        var filed = await site.ReadAsync(async db => await db.ArticleTerms.Join(db.Articles.Where(a => a.Title == $"Filed at {width}"), t => t.ArticleId, a => a.Id, (t, _) => t.TermId).ToListAsync());
        Assert.Equal(3, filed.Count);
        Assert.Contains(europe, filed);
        Assert.Contains(commas, filed);
        Assert.DoesNotContain(world, filed);
    }

    [Fact]
    public async Task Who_makes_no_categories_is_offered_none_and_without_script_the_boxes_stay()
    {
        await site.Writes.RunAsync((scope, ct) => TermLedger.FindOrAddAsync(scope, Term.Category, "Known to all", null, ct), CancellationToken.None);
        await using var author = await Desk.SignInAsync(site, chromium, Role.Author, 1440);
        await author.Page.GotoAsync("/newsroom/articles/new/");
        var input = author.Page.GetByRole(AriaRole.Combobox, new() { Name = "Categories" });
        await input.FillAsync("Unheard of");
        await input.PressAsync("Enter");
        await Assertions.Expect(author.Page.Locator(".categories .problem")).ToHaveTextAsync("No category is named “Unheard of”.");
        await Assertions.Expect(author.Page.Locator("[name=new_category]")).ToHaveCountAsync(0);

        await using var plain = await Desk.SignInAsync(site, chromium, Role.Author, 1440, script: false);
        await plain.Page.GotoAsync("/newsroom/articles/new/");
        await plain.Page.GetByLabel("Known to all").CheckAsync();
        await Assertions.Expect(plain.Page.Locator("[name=focus_across]")).ToHaveCountAsync(1);
        await plain.Page.Locator("[name=title]").FillAsync("Filed without script");
        await plain.Page.Locator("button[data-save]").ClickAsync();
        await Assertions.Expect(plain.Page.Locator(".notice")).ToContainTextAsync("Saved");
        Assert.Equal("Known to all", await site.ReadAsync(db => db.ArticleTerms.Join(db.Articles.Where(a => a.Title == "Filed without script"), t => t.ArticleId, a => a.Id, (t, _) => t.TermId).Join(db.Terms, id => id, t => t.Id, (_, t) => t.Name).SingleAsync()));
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(360)]
    public async Task The_focal_point_is_set_on_the_picture_and_by_keys(int width)
    {
        await using var ed = await Desk.SignInAsync(site, chromium, Role.Editor, width);
        await ed.Page.GotoAsync("/newsroom/articles/new/");
        await Assertions.Expect(ed.Page.Locator(".focal")).ToBeHiddenAsync();
        await ed.Page.FillAsync("[name=title]", $"Focused at {width}");
        await ed.Page.SetInputFilesAsync("[name=image_file]", new FilePayload { Name = $"tall{width}.png", MimeType = "image/png", Buffer = Picture() });
        await ed.Page.Locator("button[data-save]").ClickAsync();
        await Assertions.Expect(ed.Page.Locator(".notice")).ToContainTextAsync("Saved");

        var button = ed.Page.GetByRole(AriaRole.Button, new() { Name = "Focal point" });
        await Assertions.Expect(button.Locator("img")).ToHaveJSPropertyAsync("complete", true);
        var frame = (await button.BoundingBoxAsync())!;
        await button.ClickAsync(new() { Position = new() { X = frame.Width * 0.2f, Y = frame.Height * 0.9f } });
        await Assertions.Expect(button).ToHaveAttributeAsync("aria-label", "Focal point: 20 % from the left, 90 % from the top");
        await button.PressAsync("ArrowRight");
        await button.PressAsync("ArrowDown");
        await button.PressAsync("ArrowDown");
        await button.PressAsync("ArrowDown");
        await Assertions.Expect(ed.Page.Locator(".focal [role=status]")).ToHaveTextAsync("25 % from the left, 100 % from the top");
        await Assertions.Expect(ed.Page.Locator(".focal .cut")).ToHaveCSSAsync("object-position", "25% 100%");
        await ed.AssertCleanAsync($"focal point at {width}");
        await ed.Page.Locator("button[value=publish]").ClickAsync();
        await Assertions.Expect(ed.Page.Locator(".notice")).ToContainTextAsync("Published");

        await ed.Page.GotoAsync("/");
        await Assertions.Expect(ed.Page.Locator($"article:has-text('Focused at {width}') .entry-image img")).ToHaveCSSAsync("object-position", "25% 100%");
    }

    [Theory]
    [InlineData("markdown", "See [The \\[old\\] harbour & markdown](/2024/")]
    [InlineData("html", "See <a href=\"/2024/")]
    public async Task Own_articles_are_offered_in_the_source(string format, string written)
    {
        await site.PublishAsync(new ArticleEdit($"The [old] harbour & {format}", "Words.", BodyFormat.Markdown) { Status = ArticleStatus.Published, PublishedAt = new DateTimeOffset(2024, 5, 1, 12, 0, 0, TimeSpan.Zero) });
        await using var ed = await Desk.SignInAsync(site, chromium, Role.Editor);
        await ed.Page.GotoAsync("/newsroom/articles/new/");
        await ed.Page.GetByRole(AriaRole.Button, new() { Name = "Source" }).ClickAsync();
        await ed.Page.CheckAsync($"[name=format][value={format}]");
        var area = ed.Page.Locator("textarea[name=body]");
        await area.FocusAsync();
        var keys = ed.Page.Keyboard;

        await keys.TypeAsync("See [[the [old");
        await Assertions.Expect(ed.Page.Locator("#source-offers")).ToBeHiddenAsync();
        await area.FillAsync("");
        await keys.TypeAsync($"See [[harbour & {format[..^1]}");
        await Assertions.Expect(ed.Page.Locator("#source-offers li")).ToHaveTextAsync([$"The [old] harbour & {format}"]);
        await Assertions.Expect(area).ToHaveAttributeAsync("aria-activedescendant", "source-offers-0");
        await Assertions.Expect(ed.Page.Locator(".source-field [role=status]")).ToContainTextAsync("One article: arrows choose");
        await ed.AssertCleanAsync($"own articles in {format}");
        await keys.PressAsync("Escape");
        await Assertions.Expect(ed.Page.Locator("#source-offers")).ToBeHiddenAsync();
        await keys.TypeAsync(format[^1..]);
        await Assertions.Expect(ed.Page.Locator("#source-offers")).ToBeVisibleAsync();
        await keys.PressAsync("Enter");

        Assert.StartsWith(written, await area.InputValueAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("[[", await area.InputValueAsync(), StringComparison.Ordinal);
        await Assertions.Expect(ed.Page.Locator("#source-offers")).ToBeHiddenAsync();
        await keys.PressAsync("Control+z");
        await Assertions.Expect(area).ToHaveValueAsync($"See [[harbour & {format}");
    }

    [Fact]
    public async Task A_picture_comes_in_by_the_dialog_of_the_toolbar()
    {
        await using var ed = await Desk.SignInAsync(site, chromium, Role.Editor, 360);
        await ed.Page.GotoAsync("/newsroom/articles/new/");
        await ed.Page.GetByRole(AriaRole.Button, new() { Name = "Rich text" }).ClickAsync();
        await ed.Page.GetByRole(AriaRole.Button, new() { Name = "Picture", Exact = true }).ClickAsync();
        await ed.Page.SetInputFilesAsync("dialog [name=file]", new FilePayload { Name = "by-dialog.png", MimeType = "image/png", Buffer = Picture() });
        await ed.Page.FillAsync("dialog [name=alt]", "A quay at night");
        await ed.AssertCleanAsync("the dialog of a picture");
        await ed.Page.ClickAsync("dialog button.main");

        await Assertions.Expect(ed.Page.Locator(".ProseMirror figure img")).ToHaveAttributeAsync("src", new Regex("by-dialog", RegexOptions.None, TimeSpan.FromSeconds(1)));

        await Assertions.Expect(ed.Page.Locator(".ProseMirror figure img")).ToHaveAttributeAsync("alt", "A quay at night");
        Assert.Equal("A quay at night", await site.ReadAsync(db => db.Media.Where(m => m.Path.Contains("by-dialog")).Select(m => m.Alt).SingleAsync()));
    }

    private static byte[] Picture()
    {
        using var blank = Image.Black(300, 900, 3);
        using var grey = blank.Linear([1, 1, 1], [120, 160, 200]);
        using var image = grey.Cast(Enums.BandFormat.Uchar);
        return image.PngsaveBuffer();
    }
}
