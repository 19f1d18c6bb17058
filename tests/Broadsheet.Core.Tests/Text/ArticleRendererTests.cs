using System.Diagnostics;
using Broadsheet.Core.Text;
using CsCheck;

namespace Broadsheet.Core.Tests.Text;

public sealed class ArticleRendererTests
{
    private const string Boat = "/wp-content/uploads/2020/02/boat.jpg";
    private const string Small = "/wp-content/uploads/2020/02/boat-300x200.jpg 300w, /wp-content/uploads/2020/02/boat-768x512.jpg 768w";
    private const string Tiny = "/wp-content/uploads/2020/02/boat-300x200.jpg 300w";
    private const string Sources = Small + ", /wp-content/uploads/2020/02/boat-1024x683.jpg 1024w, " + Boat + " 1200w";
    private const string Column = "(min-width: 768px) 737px, (min-width: 611px) 576px, calc(100vw - 35px)";

    private static readonly RenderContext Context = new()
    {
        OwnHosts = new HashSet<string>(StringComparer.Ordinal) { "old.test", "paper.wordpress.com" },
        BasePath = "/blog",
        Media = new MediaShelf(
            new MediaFacts(7, Boat, Present: true, Alt: "A boat", Caption: "Off <em>shore</em><script>x</script>", MimeType: "image/jpeg", Width: 1200, Height: 800),
            new MediaFacts(8, "/wp-content/uploads/2020/02/gone.jpg", Present: false, Alt: "A ship", MimeType: "image/jpeg"),
            new MediaFacts(9, "/wp-content/uploads/2020/02/song one.mp3", Present: true, Title: "Song", MimeType: "audio/mpeg")),
    };

    /// <summary>Texts that no reader of Markdown likes. The writer is told, and sees the words as they stand.</summary>
    [Theory]
    [InlineData(">", "nested too deeply")]
    [InlineData("*a ", "nested too deeply")]
    [InlineData("[", "nested too deeply")]
    [InlineData("1. ", "nested too deeply")]
    [InlineData("[a](", "very many links")]
    [InlineData("![a](", "very many links")]
    [InlineData("[a](b (", "very many links")]
    [InlineData("(http://a.b(", "very many links")]
    [InlineData("http://a.b ", "very many links")]
    [InlineData("www.a.b ", "very many links")]
    [InlineData("Just words. ", "too long for Markdown", 200_001)]
    public void Markdown_that_cannot_be_read_is_said_so_in_time(string unit, string problem, int length = 200_000)
    {
        var text = string.Concat(Enumerable.Repeat(unit, length / unit.Length + 1))[..length];
        var started = Stopwatch.GetTimestamp();

        var rendered = ArticleRenderer.Render(text, BodyFormat.Markdown, Context);

        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 6);
        Assert.Equal("body", rendered.Problem!.Field);
        Assert.Contains(problem, rendered.Problem.Message, StringComparison.Ordinal);
        Assert.Contains(unit.Trim().Replace(">", "&gt;", StringComparison.Ordinal), rendered.Html.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[a]: b\n")]
    [InlineData("|a|b\n")]
    public void Markdown_that_is_hard_to_read_is_read_in_time(string unit)
    {
        var started = Stopwatch.GetTimestamp();

        Assert.Null(ArticleRenderer.Render(string.Concat(Enumerable.Repeat(unit, 200_000 / unit.Length)), BodyFormat.Markdown, Context).Problem);

        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 15);
    }

    [Fact]
    public void Markdown_with_many_links_is_read()
    {
        var paragraph = string.Concat(Enumerable.Repeat("See [the notice](https://example.org/notice) and https://example.org/more of it. ", 200));

        var rendered = ArticleRenderer.Render(string.Concat(Enumerable.Repeat(paragraph + "\n\n", 10)), BodyFormat.Markdown, Context);

        Assert.Null(rendered.Problem);
        Assert.Equal(4_000, rendered.Html.Value.Split("<a ").Length - 1);
    }

    private static string WordPress(string body) => ArticleRenderer.Render(body, BodyFormat.WordPress, Context).Html.Value;

    [Theory]
    [InlineData("One.\n\nTwo,\nthree.", "<p>One.</p>\n<p>Two,<br>\nthree.</p>")]
    [InlineData("<blockquote>Said</blockquote>After", "<blockquote><p>Said</p>\n</blockquote>\n<p>After</p>")]
    [InlineData("<div>alone</div>", "<div>alone</div>")]
    [InlineData("<div>one\n\ntwo</div>", "<div><p>one</p>\n<p>two</p>\n</div>")]
    [InlineData("<ul>\n<li>a</li>\n<li>b</li>\n</ul>", "<ul><li>a</li>\n<li>b</li>\n</ul>")]
    [InlineData("<pre>a\n\n\"b\"  --\n</pre>\n\nx", "<pre>a\n\n\"b\"  --\n</pre>\n<p>x</p>")]
    [InlineData("<h2>T</h2>\ntext", "<h2>T</h2>\n<p>text</p>")]
    [InlineData("<p>kept</p>\n\nmade", "<p>kept</p>\n<p>made</p>")]
    [InlineData("a<br />\nb<br/><br/>c", "<p>a<br>\nb</p>\n<p>c</p>")]
    [InlineData("<b>one\n\ntwo</b>", "<p><b>one</b></p>\n<p><b>two</b></p>")]
    public void Classic_posts_get_paragraphs(string body, string shown) => Assert.Equal(shown, WordPress(body));

    [Theory]
    [InlineData("\"Quote\" -- 'inner' it's the '90s... 9'", "“Quote” — ‘inner’ it’s the ’90s… 9’")]
    [InlineData("3x4 and 0x41 and 6\"", "3×4 and 0x41 and 6″")]
    [InlineData("a - b --- c", "a – b — c")]
    [InlineData("<code>\"x\" -- y</code>", "<code>\"x\" -- y</code>")]
    [InlineData("\"<em>All</em> news\"", "“<em>All</em> news”")]
    [InlineData("(tm) ``x''", "™ “x”")]
    public void Classic_posts_get_typography(string body, string shown) => Assert.Equal($"<p>{shown}</p>", WordPress(body));

    [Theory]
    [InlineData("<!-- wp:paragraph -->\n<p>One.</p>\n<!-- /wp:paragraph -->", "<p>One.</p>")]
    [InlineData("<!-- wp:embed {\"url\":\"https://youtu.be/x\"} -->\n<figure class=\"wp-block-embed\"><div class=\"wp-block-embed__wrapper\">\nhttps://youtu.be/x\n</div></figure>\n<!-- /wp:embed -->", "<a class=\"embed-link\" href=\"https://youtu.be/x\" rel=\"noopener\">youtu.be/x</a>")]
    [InlineData("<!-- wp:core-embed/vimeo {\"url\":\"https://vimeo.com/5\"} /-->", "<a class=\"embed-link\" href=\"https://vimeo.com/5\" rel=\"noopener\">vimeo.com/5</a>")]
    [InlineData("<!-- wp:image {\"id\":7} -->\n<figure class=\"wp-block-image size-large\"><img src=\"https://old.test" + Boat + "\" alt=\"\" class=\"wp-image-7\"/></figure>\n<!-- /wp:image -->", "<figure class=\"wp-block-image size-large\"><img src=\"" + Boat + "\" alt=\"\" width=\"1200\" height=\"800\" srcset=\"" + Sources + "\" sizes=\"" + Column + "\" decoding=\"async\"></figure>")]
    [InlineData("<!-- wp:latest-posts /-->\n<!-- wp:paragraph --><p>x</p><!-- /wp:paragraph -->", "<p>x</p>")]
    [InlineData("<!-- wp:cover -->\n<div class=\"wp-block-cover\" style=\"background-image:url(https://old.test" + Boat + ")\"><p>On it</p></div>\n<!-- /wp:cover -->", "<div class=\"wp-block-cover\"><img class=\"wp-block-cover__image-background\" src=\"" + Boat + "\" alt=\"\"")]
    [InlineData("<!-- wp:a /-->\n\n<!-- wp:b /-->\n\n<!-- wp:code -->\n<pre class=\"wp-block-code\"><code><b>a</b>\n\n<b>c</b></code></pre>\n<!-- /wp:code -->", "<pre class=\"wp-block-code\"><code><b>a</b>\n\n<b>c</b></code></pre>")]
    public void Block_comments_go_and_their_content_stays(string body, string shown)
    {
        var html = WordPress(body);
        Assert.Contains(shown, html, StringComparison.Ordinal);
        Assert.DoesNotContain("<!--", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://old.test/blog/2020/02/20/x/?a=1#c", "/2020/02/20/x/?a=1#c")]
    [InlineData("http://www.old.test/blog", "/")]
    [InlineData("https://paper.wordpress.com/about/", "/about/")]
    [InlineData("https://paper.files.wordpress.com/2020/02/boat.jpg?w=300", Boat)]
    [InlineData("https://i2.wp.com/old.test/blog/wp-content/uploads/2020/02/boat.jpg?resize=300%2C200&ssl=1", Boat)]
    [InlineData("//old.test/blog//evil.test/", "/evil.test/")]
    public void Own_addresses_become_root_relative(string address, string shown) =>
        Assert.Equal($"<p><a href=\"{shown}\">x</a></p>", WordPress($"<a href=\"{address}\">x</a>"));

    [Theory]
    [InlineData("https://paper.files.wordpress.com/2020/02/boat.jpg?w=300", Boat, 1200, 800, Sources, Column)]
    [InlineData("https://i0.wp.com/paper.files.wordpress.com/2020/02/boat.jpg?w=300", Boat, 1200, 800, Sources, Column)]
    [InlineData("http://old.test/blog/wp-content/uploads/2020/02/boat-300x200.jpg", "/wp-content/uploads/2020/02/boat-300x200.jpg", 300, 200, Small, "(min-width: 335px) 300px, calc(100vw - 35px)")]
    public void Own_pictures_are_local_and_measured(string address, string shown, int width, int height, string sources, string sizes) =>
        Assert.Equal($"<p><img src=\"{shown}\" width=\"{width}\" height=\"{height}\" srcset=\"{sources}\" sizes=\"{sizes}\" alt=\"A boat\" decoding=\"async\"></p>", WordPress($"<img src=\"{address}\">"));

    [Fact]
    public void The_first_picture_is_fetched_at_once_and_the_others_when_they_come_near()
    {
        var html = WordPress($"<p><img src=\"{Boat}\"></p><p><img src=\"{Boat}\"></p><p><img src=\"{Boat}\" loading=\"eager\"></p>");
        Assert.Equal(["", "lazy", "eager"], html.Split("<img ")[1..].Select(i => i.Contains("loading=\"", StringComparison.Ordinal) ? i.Split("loading=\"")[1].Split('"')[0] : ""));
    }

    [Fact]
    public void What_is_missing_or_foreign_is_counted_and_named()
    {
        var body = ArticleRenderer.Render("<img src=https://old.test/wp-content/uploads/2020/02/gone.jpg> <img src=/wp-content/uploads/x.png alt=X> <img src=https://there.test/a.png> <img src=" + Boat + ">", BodyFormat.Html, Context);

        Assert.Contains("<span class=\"missing-media\" role=\"img\" aria-label=\"A ship\">A ship</span>", body.Html.Value, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"X\"", body.Html.Value, StringComparison.Ordinal);
        Assert.Equal((2, 1), (body.MissingMedia, body.ForeignMedia));
        Assert.Equal([new("/wp-content/uploads/2020/02/gone.jpg", 8, false), new("/wp-content/uploads/x.png", null, false), new(Boat, 7, true)], body.MediaReferences);
    }

    [Theory]
    [InlineData("[caption id=\"attachment_7\" align=\"alignright\" width=\"300\"]<a href=\"/x\"><img src=\"" + Boat + "\" width=\"300\" height=\"200\" /></a> The \"boat\"[/caption]",
        "<figure class=\"wp-caption alignright\"><a href=\"/x\"><img src=\"" + Boat + "\" width=\"300\" height=\"200\" srcset=\"" + Small + "\" sizes=\"(min-width: 335px) 300px, calc(100vw - 35px)\" alt=\"A boat\" decoding=\"async\"></a><figcaption class=\"wp-caption-text\">The “boat”</figcaption>\n</figure>")]
    [InlineData("[caption width=\"300\" caption=\"Old form\"]<img src=\"" + Boat + "\" width=\"3\" height=\"2\" alt=\"\" />[/caption]",
        "<figure class=\"wp-caption alignnone\"><img src=\"" + Boat + "\" width=\"3\" height=\"2\" alt=\"\" srcset=\"" + Tiny + "\" sizes=\"(min-width: 38px) 3px, calc(100vw - 35px)\" decoding=\"async\"><figcaption class=\"wp-caption-text\">Old form</figcaption>\n</figure>")]
    [InlineData("[gallery ids=\"7,8\" columns=\"2\"]", "<figure class=\"gallery gallery-columns-2\"><ul><li class=\"gallery-item\"><figure><a href=\"" + Boat + "\"><img src=\"" + Boat + "\" alt=\"A boat\" width=\"1200\" height=\"800\" srcset=\"" + Sources + "\" sizes=\"(min-width: 768px) 320px, 60vw\" decoding=\"async\"></a><figcaption>Off <em>shore</em></figcaption>\n</figure>\n</li>")]
    [InlineData("[gallery]", "aria-label=\"A ship\"")]
    [InlineData("[audio src=\"http://old.test/wp-content/uploads/2020/02/song%20one.mp3\"]", "<audio controls=\"\" preload=\"none\"><source src=\"/wp-content/uploads/2020/02/song%20one.mp3\"></audio>")]
    [InlineData("[audio]", "<source src=\"/wp-content/uploads/2020/02/song%20one.mp3\">")]
    [InlineData("[playlist ids=9]", "<li>Song<audio controls=\"\" preload=\"none\">")]
    [InlineData("[video mp4=\"https://there.test/v.mp4\"][/video]", "<a class=\"embed-link\" href=\"https://there.test/v.mp4\" rel=\"noopener\">v.mp4</a>")]
    [InlineData("[youtube=http://www.youtube.com/watch?v=abc&w=640]", "href=\"http://www.youtube.com/watch?v=abc&amp;w=640\"")]
    [InlineData("[youtube abc_1-2]", "href=\"https://www.youtube.com/watch?v=abc_1-2\"")]
    [InlineData("[vimeo 123]", "href=\"https://vimeo.com/123\"")]
    [InlineData("[soundcloud url=\"https://api.soundcloud.com/tracks/1\"]", "href=\"https://api.soundcloud.com/tracks/1\"")]
    [InlineData("[googlemaps https://maps.test/?q=1&amp;z=2]", "href=\"https://maps.test/?q=1&amp;z=2\"")]
    [InlineData("[embed width=\"1\"]https://vimeo.com/1[/embed]", "href=\"https://vimeo.com/1\"")]
    [InlineData("[code language=\"js\"]\nif (a < \"b\") <i>x</i>\n\n1\n[/code]", "<pre><code>if (a &lt; \"b\") &lt;i&gt;x&lt;/i&gt;\n\n1</code></pre>")]
    [InlineData("[[gallery ids=\"1\"]] and [unknown x=1] stay", "<p>[gallery ids=\"1\"] and [unknown x=1] stay</p>")]
    [InlineData("<code>[gallery]</code> <a title=\"[gallery]\">x</a>", "<p><code>[gallery]</code> <a title=\"[gallery]\">x</a></p>")]
    [InlineData("text\nhttps://youtu.be/abc\nmore https://stays.test", "<p>text</p>\n<p><a class=\"embed-link\" href=\"https://youtu.be/abc\" rel=\"noopener\">youtu.be/abc</a></p>\n<p>more https://stays.test</p>")]
    [InlineData("<iframe width=\"560\" src=\"//player.vimeo.com/video/77?x=1\"></iframe>", "<p><a class=\"embed-link\" href=\"https://vimeo.com/77\" rel=\"noopener\">vimeo.com/77</a></p>")]
    [InlineData("<object><param name=\"movie\" value=\"x\"><embed src=\"http://www.youtube.com/v/abc&hl=en\"></embed></object>", "href=\"https://www.youtube.com/watch?v=abc\"")]
    public void Shortcodes_and_embeds_become_local_markup_or_links(string body, string shown) => Assert.Contains(shown, WordPress(body), StringComparison.Ordinal);

    [Fact]
    public void A_body_is_cut_at_its_markers()
    {
        var body = ArticleRenderer.Render("<b>One\n\n<!--more Read on -- now-->\n\nTwo</b>\n\n<!--nextpage-->\n\nThree\n<!--more-->\n<!-- secret -->", BodyFormat.WordPress, Context).Html;

        Assert.Equal("<p><b>One</b></p>\n<!--more Read on - now-->\n<p>Two</p>\n<!--nextpage-->\n<p>Three</p>", body.Value.Trim().Replace("\n\n", "\n", StringComparison.Ordinal));
        Assert.Equal(["<p><b>One</b></p>\n\n<p>Two</p>", "<p>Three</p>"], ArticleBody.Pages(body).Select(p => p.Value).ToArray());
        Assert.Equal(new Teaser(new SafeHtml("<p><b>One</b></p>"), true, "Read on - now"), ArticleBody.Teaser(body));
        Assert.Equal(new Teaser(new SafeHtml("<p>x</p>"), false, null), ArticleBody.Teaser(new SafeHtml("<p>x</p>")));
    }

    [Theory]
    [InlineData("# T\n\n*x* \"q\"[^1] -- ~~d~~\n\n[^1]: Note", "id=\"fn:1\"")]
    [InlineData("# T\n\n*x* \"q\" -- ~~d~~", "<em>x</em> “q” – <del>d</del>")]
    [InlineData("|a|b|\n|:-:|--|\n|1|2|", "<th class=\"has-text-align-center\">a</th>")]
    [InlineData("Term\n:   Meaning", "<dt>Term</dt>")]
    [InlineData("*[HTML]: Hyper\n\nHTML", "<abbr title=\"Hyper\">HTML</abbr>")]
    [InlineData("https://there.test/ <script>x</script>", "<a href=\"https://there.test/\" rel=\"noopener\">https://there.test/</a>")]
    [InlineData("a\n\n<!--more-->\n\nb", "<!--more-->")]
    public void Markdown_is_rendered_and_cleaned(string body, string shown)
    {
        var html = ArticleRenderer.Render(body, BodyFormat.Markdown, Context).Html.Value;
        Assert.Contains(shown, html, StringComparison.Ordinal);
        Assert.Empty(InertMarkup.Faults(html, MarkupRights.Editor, markers: true));
    }

    [Theory]
    [InlineData("<p><a class=\"embed-link\" href=\"https://www.example.org/a&amp;b/\">The launch</a></p>", "The launch <small dir=\"ltr\">example.org/a&amp;b</small></a></p>")]
    [InlineData("<p><a class=\"embed-link\" href=\"https://example.org/a\">example.org/a</a></p>", ">example.org/a</a></p>")]
    [InlineData("<p><a class=\"embed-link\" href=\"https://example.org/a\">https://example.org/a/</a></p>", ">https://example.org/a/</a></p>")]
    [InlineData("<p>See <a class=\"embed-link\" href=\"https://example.org/a\">A boat</a></p>", ">A boat</a></p>")]
    [InlineData("<p><a class=\"embed-link\" href=\"https://example.org/a\">A boat</a> sails</p>", ">A boat</a> sails</p>")]
    [InlineData("<p><a class=\"embed-link\" href=\"/here/\">Here</a></p>", ">Here</a></p>")]
    public void A_card_shows_its_address_below_its_title(string body, string shown) =>
        Assert.EndsWith(shown, ArticleRenderer.Render(body, BodyFormat.Html, Context).Html.Value, StringComparison.Ordinal);

    [Theory]
    [InlineData("Before\n\nhttps://www.youtube.com/watch?v=a_b&t=1\n\nafter", "<p><a href=\"https://www.youtube.com/watch?v=a_b&amp;t=1\" class=\"embed-link\" rel=\"noopener\">Video on YouTube <small dir=\"ltr\">youtube.com/watch?v=a_b&amp;t=1</small></a></p>")]
    [InlineData("<https://youtube.com/shorts/abc>", "<p><a href=\"https://www.youtube.com/watch?v=abc\" class=\"embed-link\" rel=\"noopener\">Video on YouTube <small dir=\"ltr\">youtube.com/watch?v=abc</small></a></p>")]
    [InlineData("https://vimeo.com/77", "<p><a href=\"https://vimeo.com/77\" class=\"embed-link\" rel=\"noopener\">Video on Vimeo <small dir=\"ltr\">vimeo.com/77</small></a></p>")]
    // (Bare, the last letter is taken for a sentence's.)
    [InlineData("<https://youtu.be/abcdefghij_>", "<p><a href=\"https://youtu.be/abcdefghij_\" class=\"embed-link\" rel=\"noopener\">Video on YouTube <small dir=\"ltr\">youtu.be/abcdefghij_</small></a></p>")]
    // Not alone, not a player's, a name of its own, not of the text itself: a link as ever.
    [InlineData("See https://vimeo.com/77", "<p>See <a href=\"https://vimeo.com/77\" rel=\"noopener\">https://vimeo.com/77</a></p>")]
    [InlineData("https://there.test/film", "<p><a href=\"https://there.test/film\" rel=\"noopener\">https://there.test/film</a></p>")]
    [InlineData("https://vimeo.com/", "<p><a href=\"https://vimeo.com/\" rel=\"noopener\">https://vimeo.com/</a></p>")]
    [InlineData("[A film](https://vimeo.com/77)", "<p><a href=\"https://vimeo.com/77\" rel=\"noopener\">A film</a></p>")]
    [InlineData("> https://vimeo.com/77", "<p><a href=\"https://vimeo.com/77\" rel=\"noopener\">https://vimeo.com/77</a></p>")]
    public void The_address_of_a_film_alone_in_its_paragraph_becomes_a_card_in_Markdown(string body, string shown) =>
        Assert.Contains(shown, ArticleRenderer.Render(body, BodyFormat.Markdown, Context).Html.Value, StringComparison.Ordinal);

    [Theory]
    [InlineData(BodyFormat.WordPress)]
    [InlineData(BodyFormat.Html)]
    [InlineData(BodyFormat.Markdown)]
    public void Every_payload_is_inert_as_a_body(BodyFormat format)
    {
        foreach (var payload in XssPayloads.All)
        {
            var faults = InertMarkup.Faults(ArticleRenderer.Render(payload.Markup, format, Context).Html.Value, MarkupRights.Editor, markers: true);
            Assert.True(faults.Count == 0, $"{payload.Source}: {payload.Markup}\n{string.Join('\n', faults)}");
        }
    }

    [Fact]
    public void Any_soup_is_an_inert_and_stable_body() => TagSoup.Any.Sample(
        soup =>
        {
            foreach (var format in Enum.GetValues<BodyFormat>())
            {
                var body = ArticleRenderer.Render(soup, format, Context).Html;
                Assert.Empty(InertMarkup.Faults(body.Value, MarkupRights.Editor, markers: true));
                foreach (var page in ArticleBody.Pages(body)) Assert.Equal(page.Value, Sanitiser.Clean(page.Value, MarkupRights.Editor).Value);
            }
        },
        iter: 2_000);

    [Theory]
    [InlineData("[caption]")]
    [InlineData("[caption ")]
    [InlineData("[gallery ids=\"")]
    [InlineData("[[code]]")]
    [InlineData("[code][/caption]")]
    [InlineData("<p>\n\n")]
    [InlineData("<div>\n\n")]
    [InlineData("<div></ul>")]
    [InlineData("<blockquote>x\n\n</div>")]
    [InlineData("\n\n\n")]
    [InlineData("<br>")]
    [InlineData("<br>\n\n<br>")]
    [InlineData("http://a.b/\n")]
    [InlineData("<pre>")]
    [InlineData("<!-- wp:x -->")]
    [InlineData("<!--more-->")]
    [InlineData("<table><tr><td>x\n\n")]
    [InlineData("<img src=https://a.test/b.png>\n")]
    [InlineData("&quot;'")]
    [InlineData("<a ")]
    [InlineData("[")]
    public void A_megabyte_of_a_hostile_body_takes_linear_time(string piece)
    {
        var hostile = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length)) + " end";
        var clock = Stopwatch.StartNew();
        ArticleRenderer.Render(hostile, BodyFormat.WordPress, Context);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(15), $"{piece} took {clock.Elapsed}");
    }
}
