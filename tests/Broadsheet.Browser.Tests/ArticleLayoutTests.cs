using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.MediaStore;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Broadsheet.Browser.Tests;

/// <summary>How the theme sets an article's body.</summary>
public sealed class ArticleLayoutTests(SqliteSite site, Chromium chromium) : IClassFixture<SqliteSite>
{
    [Theory]
    [InlineData(1440)]
    [InlineData(360)]
    public async Task A_caption_stands_under_its_picture(int width)
    {
        using var ann = await StaffClient.SignInAsync(site, Role.Author);
        var (narrow, wide) = (await AddAsync(ann, 240, 160), await AddAsync(ann, 1_600, 500));
        var caption = string.Concat(Enumerable.Repeat("The harbour, seen from the pier. ", 8));
        var article = await site.PublishAsync(new ArticleEdit($"Captions at {width}", $"""
            <figure class="narrow"><img src="{narrow}" alt=""><figcaption>{caption}</figcaption></figure>
            <figure class="wp-block-image"><a href="{wide}"><img src="{wide}" alt="The harbour"></a><figcaption>{caption}</figcaption></figure>
            <figure class="alignleft"><img src="{narrow}" alt=""><figcaption>{caption}</figcaption></figure>
            <p>{string.Concat(Enumerable.Repeat("Words beside it. ", 60))}</p>
            <figure class="wp-block-table"><table><tbody><tr><td>1</td><td>2</td></tr></tbody></table><figcaption>{caption}</figcaption></figure>
            <figure class="gallery gallery-columns-3"><ul><li class="gallery-item"><figure><img src="{narrow}" alt=""><figcaption>One</figcaption></figure></li><li class="gallery-item"><figure><img src="{wide}" alt=""></figure></li></ul></figure>
            """, BodyFormat.Html) { Status = ArticleStatus.Published });
        await using var reader = await chromium.OpenAsync(site, width);
        await reader.Page.GotoAsync(article.Path);
        await reader.Page.EvaluateAsync("() => Promise.all([...document.images].map((i) => { i.loading = 'eager'; return i.decode(); }))");

        var column = await BoxAsync(reader, ".article-body");
        foreach (var (figure, isFull) in new[] { ("figure:nth-of-type(1)", false), ("figure:nth-of-type(2)", true), ("figure:nth-of-type(3)", false) })
        {
            var (picture, words) = (await BoxAsync(reader, $".article-body > {figure} img"), await BoxAsync(reader, $".article-body > {figure} > figcaption"));
            Assert.Equal((figure, picture.X, picture.Width), (figure, words.X, words.Width));
            Assert.True(words.Y >= picture.Y + picture.Height, figure);
            Assert.Equal((figure, isFull), (figure, Math.Abs(picture.Width - column.Width) < 1));
        }
        var first = await BoxAsync(reader, ".article-body > figure:nth-of-type(1) img");
        Assert.Equal(column.X + column.Width / 2, first.X + first.Width / 2, 1.0);
        Assert.Equal(column.Width, (await BoxAsync(reader, ".article-body > figure:nth-of-type(4) > figcaption")).Width, 1.0);
        var (one, two) = (await BoxAsync(reader, ".gallery li:nth-child(1) img"), await BoxAsync(reader, ".gallery li:nth-child(2) img"));
        Assert.Equal(one.Width, two.Width, 0.5);
        Assert.Equal(one.Height, two.Height, 0.5);
        await reader.AssertCleanAsync($"captions at {width}");
    }

    [Fact]
    public async Task Words_that_run_the_other_way_begin_at_the_other_side()
    {
        var article = await site.PublishAsync(new ArticleEdit("Two directions", "Left.\n\nאין חדש תחת השמש\n\n- One\n- שתיים\n- Three\n\n> מרחבא\n\nRight.", BodyFormat.Markdown) { Status = ArticleStatus.Published });
        await using var reader = await chromium.OpenAsync(site, 1_000);
        await reader.Page.GotoAsync(article.Path);

        Assert.Equal(["ltr start", "rtl start", "ltr start", "rtl start", "ltr start", "rtl start", "ltr start"],
            await reader.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.article-body :is(p, li)')].map((e) => `${getComputedStyle(e).direction} ${getComputedStyle(e).textAlign}`)"));
        Assert.Equal(3, await reader.Page.Locator(".article-body [dir]").CountAsync());
        await reader.AssertCleanAsync("two directions");
    }

    [Fact]
    public async Task What_changed_begins_each_line_at_its_own_side_and_parts_words_and_numbers()
    {
        var article = await site.PublishAsync(new ArticleEdit("What it costs", "The fare is 4.50 twice a day.[^1]\n\nמחיר הנסיעה עלה\n\n[^1]: Not on Sundays.", BodyFormat.Markdown) { Status = ArticleStatus.Published });
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);
        using var saved = await ed.SubmitAsync($"/newsroom/articles/{article.Id}/", [new("body", "The fare is 5.50 four times a day.[^1]\n\nמחיר הנסיעה ירד\n\n[^1]: Not on Sundays."), new("change", "correction"), new("change_note", "The fare.")], ("deed", "update"), "form.editor");
        var revision = await site.ReadAsync(db => db.Revisions.Where(r => r.ArticleId == article.Id).Select(r => r.Id).SingleAsync());
        await using var reader = await chromium.OpenAsync(site, 1_000);
        await reader.Page.GotoAsync($"/corrections/{revision}/");

        await Assertions.Expect(reader.Page.Locator(".change-text")).ToContainTextAsync("The fare is 4.50 5.50 twice four times a day.");
        await Assertions.Expect(reader.Page.Locator(".change-text")).Not.ToContainTextAsync("↩");
        Assert.Equal(["4.50", "twice", "עלה"], await reader.Page.Locator(".change-text del").AllTextContentsAsync());
        var (text, hebrew, english) = (await BoxAsync(reader, ".change-text"), await BoxAsync(reader, ".change-text del >> nth=2"), await BoxAsync(reader, ".change-text del >> nth=0"));
        Assert.True(hebrew.X > text.X + text.Width / 2);
        Assert.True(english.X < text.X + text.Width / 2);
        await reader.AssertCleanAsync("what changed in two directions");
    }

    [Fact]
    public async Task A_card_shows_where_it_leads()
    {
        var article = await site.PublishAsync(new ArticleEdit("Two films", "Watch them.\n\nhttps://www.youtube.com/watch?v=one\n\nhttps://www.youtube.com/watch?v=two", BodyFormat.Markdown) { Status = ArticleStatus.Published });
        await using var reader = await chromium.OpenAsync(site, 360);
        await reader.Page.GotoAsync(article.Path);

        await Assertions.Expect(reader.Page.GetByRole(AriaRole.Link, new() { Name = "Video on YouTube youtube.com/watch?v=two" })).ToBeVisibleAsync();
        var (card, address) = (await BoxAsync(reader, ".embed-link >> nth=0"), await BoxAsync(reader, ".embed-link small >> nth=0"));
        Assert.True(address.Y > card.Y + 15);
        await reader.AssertCleanAsync("cards");
    }

    private async Task<string> AddAsync(StaffClient ann, int width, int height)
    {
        using var added = await ann.SubmitAsync("/newsroom/media/", [], files: ("file", $"view-{width}.png", Photographs.Of(width, height, "png")));
        return await site.ReadAsync(db => db.Media.OrderByDescending(m => m.ArticleId).Select(m => m.Path).FirstAsync());
    }

    private static async Task<LocatorBoundingBoxResult> BoxAsync(Reader reader, string selector) => (await reader.Page.Locator(selector).BoundingBoxAsync())!;
}
