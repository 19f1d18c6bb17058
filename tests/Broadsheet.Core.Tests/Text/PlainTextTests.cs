using System.Diagnostics;
using Broadsheet.Core.Text;

namespace Broadsheet.Core.Tests.Text;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("<p>One</p><p>two<br>three</p>", "One two three")]
    [InlineData("a&amp;b &lt;c&gt; &#8217;x&#x2019; &eacute; &nope; &", "a&b <c> ’x’ é &nope; &")]
    [InlineData("x<script>var a = '<p>'</script>y<!-- no -->", "xy")]
    [InlineData("<em>a</em>b  \n c&nbsp;d", "ab c d")]
    [InlineData("1 < 2 and <3", "1 < 2 and <3")]
    [InlineData("&#0; &#xD800; &#99999999999; &#128;", "\uFFFD \uFFFD \uFFFD €")]
    [InlineData("", "")]
    public void Tags_go_and_references_are_decoded(string html, string text) => Assert.Equal(text, PlainText.Of(html));

    [Fact]
    public void A_placeholder_for_a_missing_picture_is_not_part_of_the_text()
    {
        var body = ArticleRenderer.Render("Before <img src=/wp-content/uploads/x.jpg> after", BodyFormat.WordPress, RenderContext.Default);
        Assert.Equal(1, body.MissingMedia);
        Assert.Equal("Before after", PlainText.Of(body.Html));
        // Nobody hides words from the screening of comments that way.
        Assert.Equal("spam", PlainText.Of("<span class=\"missing-media\">spam</span>"));
    }

    [Theory]
    [InlineData("<")]
    [InlineData("<a ")]
    [InlineData("<!--")]
    [InlineData("&")]
    [InlineData("&#")]
    [InlineData("<script>")]
    public void A_megabyte_of_nonsense_is_read_in_linear_time(string piece)
    {
        var hostile = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));
        var clock = Stopwatch.StartNew();
        PlainText.Of(hostile);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(3), $"{piece} took {clock.Elapsed}");
    }

    [Fact]
    public void An_excerpt_ends_with_a_whole_word()
    {
        var html = SafeHtml.FromStore("<p>One two, <b>three</b> four.</p>");
        Assert.Equal("One two…", Excerpt.Of(html, 2));
        Assert.Equal("One two, three four.", Excerpt.Of(html, 4));
        Assert.Equal("One…", Excerpt.Of(html, 0));
        Assert.Equal("before", Excerpt.OfBody(SafeHtml.FromStore("<p>before</p><!--more--><p>after</p>")));
        Assert.Equal(56, Excerpt.Of(SafeHtml.FromStore(string.Concat(Enumerable.Repeat("word ", 80)))).Replace("…", " …", StringComparison.Ordinal).Split(' ').Length);
        Assert.Equal("日本語の…", Excerpt.Of(SafeHtml.FromStore("日本語の新聞"), 2));
    }

    [Theory]
    [InlineData("The mayor left.[^1] So did **we**.\n\n[^1]: As she told this paper.", "The mayor left. So did we.")]
    [InlineData("https://www.youtube.com/watch?v=abc\n\nWatch it.\n\n<https://example.org/a>", "Watch it.")]
    [InlineData("| a | b |\n|---|---|\n| 1 | 2 |\n\nPrices rose.\n\n```\nvar x;\n```\n\nUse `x`.", "Prices rose. Use x.")]
    [InlineData("<figure><video src=\"/a.mp4\">no film</video><figcaption>A boat</figcaption></figure>\n\nIt sank.", "It sank.")]
    [InlineData("See [the port](#port) and https://example.org/a first.", "See the port and https://example.org/a first.")]
    [InlineData("Children ride for half.\n\n## Fares and discounts\n\nThe fare is 4.50.", "Children ride for half. The fare is 4.50.")]
    [InlineData("# Only a heading", "Only a heading")]
    [InlineData("Ask at https://www.harbour.example.org/tickets/2026?lang=en&page=2. It helps.", "Ask at harbour.example.org. It helps.")]
    public void An_automatic_summary_reads_like_prose(string markdown, string summary) =>
        Assert.Equal(summary, Excerpt.OfBody(ArticleRenderer.Render(markdown, BodyFormat.Markdown, RenderContext.Default).Html));

    [Theory]
    // As our editor writes notes and cards, as WordPress does, and as plugins did.
    [InlineData("<p>It rained<sup class=\"footnote-ref\" id=\"fnref:1\"><a href=\"#fn:1\" role=\"doc-noteref\">1</a></sup>.</p><p class=\"footnote\" id=\"fn:1\"><a class=\"footnote-back-ref\" href=\"#fnref:1\" role=\"doc-backlink\">1</a> All day.</p><p><a class=\"embed-link\" href=\"https://youtu.be/a\">Video on YouTube</a></p>", "It rained.")]
    [InlineData("<p>Snow<sup class=\"fn\"><a id=\"a-link\" href=\"#a\">1</a></sup> fell <a href=\"#x\">[2]</a></p><ol class=\"wp-block-footnotes\"><li id=\"a\">Deep. <a href=\"#a-link\">↩</a></li></ol>", "Snow fell")]
    [InlineData("<p>Hail.</p><div class=\"footnotes\"><hr><ol><li id=\"fn1\"><div>One</div></li></ol></div><p>H<sup>2</sup> and E = mc<sup>2</sup></p>", "Hail. H2 and E = mc2")]
    [InlineData("<p>Read it here:<br>https://example.org/a<br>or ask.</p><p>https://example.org/b</p><div>https://example.org/c</div>", "Read it here: or ask.")]
    // Nothing else: better than nothing.
    [InlineData("<table><tr><td>1</td><td>2</td></tr></table>", "1 2")]
    [InlineData("<p>https://example.org/a</p>", "https://example.org/a")]
    public void A_summary_of_markup_leaves_out_what_is_no_sentence(string html, string summary) =>
        Assert.Equal(summary, Excerpt.OfBody(ArticleRenderer.Render(html, BodyFormat.Html, RenderContext.Default).Html));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(238, 1)]
    [InlineData(239, 2)]
    public void Reading_time_is_in_whole_minutes(int words, int minutes) =>
        Assert.Equal(minutes, ReadingTime.Minutes(SafeHtml.FromStore(string.Concat(Enumerable.Repeat("it's ", words)))));

    [Theory]
    [InlineData("\"Mayor\" says 'no' -- it's over...", "en", "“Mayor” says ‘no’ — it’s over…")]
    [InlineData("AT&T <b> & \"x\"", "en", "AT&T <b> & “x”")]
    [InlineData("\"Ja\"", "de", "„Ja“")]
    [InlineData("10-12 and 1990-2000", "en", "10-12 and 1990-2000")]
    [InlineData("Plain", "en", "Plain")]
    public void A_headline_is_typeset(string written, string language, string shown) => Assert.Equal(shown, Typography.Of(written, language));

    [Theory]
    [InlineData("/wp-content/uploads/a-300x200.jpg", "/wp-content/uploads/a-300x200.jpg|/wp-content/uploads/a.jpg|/wp-content/uploads/a-scaled.jpg|/wp-content/uploads/a-rotated.jpg")]
    [InlineData("/a-scaled.jpg", "/a-scaled.jpg|/a.jpg")]
    [InlineData("/noending", "/noending")]
    public void A_rendition_knows_its_originals(string path, string originals) => Assert.Equal(originals, string.Join('|', MediaPath.Originals(path)));

    [Fact]
    public void Safe_markup_that_was_never_made_is_empty()
    {
        Assert.Equal("", default(SafeHtml).Value);
        Assert.Equal("", SafeHtml.Empty.ToString());
        Assert.Equal("<p>x</p>", SafeHtml.FromStore("<p>x</p>").ToString());
    }
}
