using System.Diagnostics;
using Broadsheet.Core.Text;

namespace Broadsheet.Core.Tests.Text;

public sealed class BlockDirectionsTests
{
    [Theory]
    [InlineData("<p>One</p><p>שלום world</p>", "<p>One</p><p dir=\"rtl\">שלום world</p>")]
    // By the first letter: digits, signs, references and tags have no direction of their own.
    [InlineData("<p>1. &amp; &nbsp;<em>“שלום”</em></p><p>Hello שלום</p>", "<p dir=\"rtl\">1. &amp; &nbsp;<em>“שלום”</em></p><p>Hello שלום</p>")]
    [InlineData("<h2>مرحبا</h2><ul><li>مرحبا</li><li>Two</li><li>3</li></ul>", "<h2 dir=\"rtl\">مرحبا</h2><ul dir=\"rtl\"><li>مرحبا</li><li dir=\"ltr\">Two</li><li>3</li></ul>")]
    [InlineData("<blockquote><p>مرحبا</p><p>Hello</p></blockquote>", "<blockquote dir=\"rtl\"><p>مرحبا</p><p dir=\"ltr\">Hello</p></blockquote>")]
    [InlineData("<table><tbody><tr><th>One</th><td>مرحبا</td></tr></tbody></table>", "<table><tbody><tr><th>One</th><td dir=\"rtl\">مرحبا</td></tr></tbody></table>")]
    // What holds others is turned by words of its own only: columns stay where they are.
    [InlineData("<div><p>مرحبا</p><p>One</p></div><div>مرحبا</div>", "<div><p dir=\"rtl\">مرحبا</p><p>One</p></div><div dir=\"rtl\">مرحبا</div>")]
    // What its writer said holds.
    [InlineData("<p dir=\"ltr\">مرحبا</p><div dir=\"rtl\"><p>One</p><p>مرحبا</p></div>", "<p dir=\"ltr\">مرحبا</p><div dir=\"rtl\"><p dir=\"ltr\">One</p><p>مرحبا</p></div>")]
    [InlineData("<p><bdi>مرحبا</bdi> said so</p><p><span dir=\"rtl\">مرحبا</span> too</p>", "<p><bdi>مرحبا</bdi> said so</p><p><span dir=\"rtl\">مرحبا</span> too</p>")]
    [InlineData("<p>\U0001E900 Adlam</p>", "<p dir=\"rtl\">\U0001E900 Adlam</p>")]
    public void Only_a_block_that_runs_against_its_article_says_so(string html, string shown)
    {
        var body = ArticleRenderer.Render(html, BodyFormat.Html, RenderContext.Default).Html.Value;

        Assert.Equal(shown, body);
        Assert.Equal(shown, ArticleRenderer.Render(body, BodyFormat.Html, RenderContext.Default).Html.Value);
    }

    [Theory]
    [InlineData("<p>مرحبا</p><p>Hello</p><pre>var x;</pre>", "<p>مرحبا</p><p dir=\"ltr\">Hello</p><pre dir=\"ltr\">var x;</pre>")]
    // A card keeps to its column.
    [InlineData("<p><a class=\"embed-link\" href=\"https://youtu.be/a\">Video on YouTube</a></p>", "<p><a class=\"embed-link\" href=\"https://youtu.be/a\" rel=\"noopener\">Video on YouTube <small dir=\"ltr\">youtu.be/a</small></a></p>")]
    public void In_a_right_to_left_article_it_is_the_other_way_round(string html, string shown) =>
        Assert.Equal(shown, ArticleRenderer.Render(html, BodyFormat.Html, RenderContext.Default with { Language = "ar-EG" }).Html.Value);

    [Fact]
    public void So_do_comments()
    {
        Assert.Equal("<p>Hello</p>\n<p dir=\"rtl\">مرحبا <b>all</b></p>", CommentText.Render("Hello\n\nمرحبا <b>all</b>").Value.Trim());
        Assert.Equal("<p dir=\"rtl\">مرحبا</p>", CommentText.Render("مرحبا").Value.Trim());
        Assert.Equal("<p dir=\"ltr\">Hello</p>", CommentText.RenderImported("Hello", "he").Value.Trim());
    }

    [Fact]
    public void A_megabyte_of_nested_digits_is_read_in_linear_time()
    {
        var body = SafeHtml.FromStore(string.Concat(Enumerable.Repeat("<blockquote>", 90)) + string.Concat(Enumerable.Repeat("<b>1</b> ", 100_000)) + "<p>مرحبا</p>" + string.Concat(Enumerable.Repeat("</blockquote>", 90)));
        var clock = Stopwatch.StartNew();

        var marked = BlockDirections.Mark(body, isRightToLeft: false).Value;

        Assert.StartsWith("<blockquote dir=\"rtl\"><blockquote><", marked, StringComparison.Ordinal);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(2), clock.Elapsed.ToString());
    }
}
