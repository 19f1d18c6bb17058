using System.Diagnostics;
using Broadsheet.Core.Text;
using CsCheck;

namespace Broadsheet.Core.Tests.Text;

public sealed class SanitiserTests
{
    [Theory]
    [InlineData("<p>Hello <b>there</b></p>", "<p>Hello <b>there</b></p>")]
    [InlineData("a < b & c > d", "a &lt; b &amp; c &gt; d")]
    [InlineData("<b><i>x</b>y</i>", "<b><i>x</i></b><i>y</i>")]
    [InlineData("<p><b>one<p>two</b>", "<p><b>one</b></p><p><b>two</b></p>")]
    [InlineData("<script>alert(1)</script>after", "after")]
    [InlineData("<div>kept</div>", "kept")]
    [InlineData("<img src=/x.png onerror=alert(1)>", "")]
    [InlineData("<a href=\"/about/\" onclick=x>us</a>", "<a href=\"/about/\" rel=\"nofollow ugc noopener\">us</a>")]
    [InlineData("<a href=\"java&#10;script:alert(1)\">x</a>", "<a>x</a>")]
    [InlineData("<a href=&#x6a;avascript&colon;alert(1)>x</a>", "<a>x</a>")]
    [InlineData("<a href=\"//there.test/x\">x</a>", "<a href=\"https://there.test/x\" rel=\"nofollow ugc noopener\">x</a>")]
    [InlineData("<a href=http://there.test/x/>x</a>", "<a href=\"http://there.test/x/\" rel=\"nofollow ugc noopener\">x</a>")]
    [InlineData("unfinished <a href=\"x", "unfinished &lt;a href=\"x")]
    public void A_commenter_keeps_words_and_emphasis(string written, string shown) =>
        Assert.Equal(shown, Sanitiser.Clean(written, MarkupRights.Commenter).Value);

    [Theory]
    [InlineData("<h2 id=intro onclick=x>T</h2><a href=#intro>up</a>", "<h2 id=\"section-intro\">T</h2><a href=\"#section-intro\">up</a>")]
    [InlineData("<sup id=\"fnref:1\"><a href=\"#fn:1\">1</a></sup>", "<sup id=\"fnref:1\"><a href=\"#fn:1\">1</a></sup>")]
    [InlineData("<a href=#comments>talk</a>", "<a href=\"#comments\">talk</a>")]
    [InlineData("<p class=\"has-drop-cap modal alignwide\">x", "<p class=\"has-drop-cap alignwide\">x</p>")]
    [InlineData("<p style=\"text-align: center; background: url(x)\">x</p>", "<p class=\"has-text-align-center\">x</p>")]
    [InlineData("<a href=\"https://there.test/\">x</a>", "<a href=\"https://there.test/\" rel=\"noopener\">x</a>")]
    [InlineData("<img src=/a.jpg width=300px height=banana>", "<img src=\"/a.jpg\" width=\"300\" alt=\"\">")]
    [InlineData("<img src=https://there.test/pic.jpg alt=\"A boat\">", "<a class=\"embed-link\" href=\"https://there.test/pic.jpg\" rel=\"noopener\">A boat</a>")]
    [InlineData("<img src=//there.test/pic.jpg>", "<a class=\"embed-link\" href=\"https://there.test/pic.jpg\" rel=\"noopener\">pic.jpg</a>")]
    [InlineData("<img src=\"/\\there.test/pic.jpg\">", "<img src=\"/%5Cthere.test/pic.jpg\" alt=\"\">")]
    [InlineData("<img src=https://count.test/p.gif width=1 height=1>", "")]
    [InlineData("<img src=/a.jpg srcset=\"/a-300.jpg 300w, https://cdn.test/b.jpg 600w\">", "<img src=\"/a.jpg\" srcset=\"/a-300.jpg 300w\" alt=\"\">")]
    [InlineData("<iframe src=\"https://www.youtube.com/embed/abc123?rel=0\"></iframe>", "<a class=\"embed-link\" href=\"https://www.youtube.com/watch?v=abc123\" rel=\"noopener\">youtube.com/watch?v=abc123</a>")]
    [InlineData("<table><td>1<td>2<tr>3</table>", "<table><tbody><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></tbody></table>")]
    [InlineData("<table>loose<tr><td>x</table>", "<table><tbody><tr><td>loose</td></tr><tr><td>x</td></tr></tbody></table>")]
    [InlineData("<video src=/v.mp4 controls autoplay></video>", "<video src=\"/v.mp4\" controls=\"\"></video>")]
    [InlineData("<video><source src=https://there.test/v.mp4></video>", "<a class=\"embed-link\" href=\"https://there.test/v.mp4\" rel=\"noopener\">v.mp4</a>")]
    [InlineData("<pre>\n\n x</pre>", "<pre> x</pre>")]
    [InlineData("<!--more--><p>x</p>", "<p>x</p>")]
    [InlineData("<a name=\"top\"/>text", "<a id=\"section-top\"></a>text")]
    [InlineData("<center><tt>x</tt> <strike>y</strike></center>z <acronym title=T>a</acronym>", "<div class=\"has-text-align-center\"><code>x</code> <s>y</s></div>z <abbr title=\"T\">a</abbr>")]
    [InlineData("<div style=\"background:url(/x.png)\">x</div>", "<div>x</div>")]
    public void An_editor_keeps_layout_and_own_media(string written, string shown) =>
        Assert.Equal(shown, Sanitiser.Clean(written, MarkupRights.Editor).Value);

    [Fact]
    public void Media_of_an_allowed_host_is_shown() =>
        Assert.Equal("<img src=\"https://media.test/a.jpg\" alt=\"\">", Sanitiser.Clean("<img src=https://media.test/a.jpg>", MarkupRights.Editor, new HashSet<string>(StringComparer.Ordinal) { "media.test" }).Value);

    [Theory]
    [InlineData("<em>Big</em> <a href=x>news</a><br><p>now", "<em>Big</em> newsnow")]
    [InlineData("<span class=x id=y>S</span>", "<span>S</span>")]
    public void A_headline_keeps_emphasis_only(string written, string shown) => Assert.Equal(shown, Sanitiser.CleanInline(written).Value);

    [Theory]
    [InlineData("<b>")]
    [InlineData("<div>")]
    [InlineData("<blockquote>")]
    [InlineData("<ul><li>")]
    [InlineData("<table><tr><td>")]
    [InlineData("<svg>")]
    [InlineData("<a href=x>")]
    [InlineData("<b id=1><p>")]
    [InlineData("</p>")]
    [InlineData("<p>")]
    [InlineData("<i><b><p></i>")]
    [InlineData("<!--")]
    [InlineData("<a href=\"")]
    [InlineData("<a ")]
    [InlineData("&amp")]
    [InlineData("</")]
    [InlineData("<template>")]
    [InlineData("<select><option>")]
    public void A_hundred_thousand_tags_are_neither_a_stack_overflow_nor_slow(string tag)
    {
        var hostile = string.Concat(Enumerable.Repeat(tag, 100_000)) + "end";
        var clock = Stopwatch.StartNew();
        foreach (var rights in Enum.GetValues<MarkupRights>())
        {
            var clean = Sanitiser.Clean(hostile, rights).Value;
            Assert.True(Depth(clean) <= TidyMarkup.MaxDepth + 5);
        }

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(15), $"{tag} took {clock.Elapsed}");
    }

    [Fact]
    public async Task Many_threads_get_the_same_as_one()
    {
        var written = XssPayloads.All.Where((_, i) => i % 10 == 0).Select(p => p.Markup).ToList();
        var alone = written.Select(w => Sanitiser.Clean(w, MarkupRights.Editor).Value).ToList();
        var together = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => written.Select(w => Sanitiser.Clean(w, MarkupRights.Editor).Value).ToList())));
        Assert.All(together, t => Assert.Equal(alone, t));
    }

    [Fact]
    public void Tag_soup_never_throws_and_is_always_inert_and_stable()
    {
        TagSoup.Any.Sample(soup =>
        {
            foreach (var rights in Enum.GetValues<MarkupRights>())
            {
                var once = Sanitiser.Clean(soup, rights).Value;
                Assert.Empty(InertMarkup.Faults(once, rights));
                Assert.Equal(once, Sanitiser.Clean(once, rights).Value);
            }
        }, iter: 5_000);
    }

    private static int Depth(string html)
    {
        int depth = 0, deepest = 0;
        for (var i = 0; i + 1 < html.Length; i++)
        {
            if (html[i] != '<') continue;
            depth += html[i + 1] == '/' ? -1 : 1;
            deepest = Math.Max(deepest, depth);
        }

        return html.Contains("<img", StringComparison.Ordinal) || html.Contains("<br", StringComparison.Ordinal) ? 0 : deepest;
    }
}
