using System.Xml.Linq;
using Broadsheet.Web.Tests.Sites;

namespace Broadsheet.Web.Tests.Features.Reading;

/// <summary>Words that look like markup are shown by every feed reader, and run in none: not by those that take a summary, a headline or a name for markup.</summary>
public abstract class FeedMarkupTests(BroadsheetSite site)
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    [Theory]
    [InlineData("feed/", "description")]
    [InlineData("feed/rdf/", "description")]
    [InlineData("feed/atom/", "summary")]
    public async Task A_comment_that_speaks_of_a_tag_is_shown_by_readers_that_expect_markup(string feed, string summary)
    {
        await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0 });
        var article = await site.PublishAsync("Of tags & other things");
        using var reader = site.NewReader();
        using (await reader.CommentAsync(article.Path, "Write &lt;img src=x onerror=alert(1)&gt; & see.", "Ann")) { }

        var item = (await ReadAsync(reader, article.Path + feed)).Descendants().First(e => e.Name.LocalName is "item" or "entry");

        var words = item.Elements().Single(e => e.Name.LocalName == summary);
        Assert.Equal("Write &lt;img src=x onerror=alert(1)&gt; &amp; see.", words.Value);
        if (words.Name.Namespace == Atom) Assert.Equal("html", words.Attribute("type")!.Value);
        Assert.DoesNotContain("<img", item.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_headline_is_words_and_markup_only_where_it_looks_like_a_tag()
    {
        using var reader = site.NewReader();
        await site.PublishAsync("Tides & <em>ferries</em>: 3 < 4");
        await site.PublishAsync("How &lt;marquee&gt; was made");

        foreach (var (feed, type) in new[] { ("/feed/", null), ("/feed/atom/", "html") })
        {
            var titles = (await ReadAsync(reader, feed)).Descendants().Where(e => e.Name.LocalName is "item" or "entry").Select(e => e.Elements().Single(t => t.Name.LocalName == "title")).ToList();
            var plain = Assert.Single(titles, t => t.Value == "Tides & ferries: 3 < 4");
            Assert.Null(plain.Attribute("type"));
            var tag = Assert.Single(titles, t => t.Value == "How &lt;marquee&gt; was made");
            Assert.Equal(type, tag.Attribute("type")?.Value);
        }
    }

    private static async Task<XDocument> ReadAsync(ReaderClient reader, string feed)
    {
        using var answer = await reader.GetAsync(feed);
        answer.EnsureSuccessStatusCode();
        return XDocument.Parse(await answer.Content.ReadAsStringAsync());
    }

    public sealed class OnSqlite(SqliteSite site) : FeedMarkupTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : FeedMarkupTests(site), IClassFixture<PostgresSite>;
}
