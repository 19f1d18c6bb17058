using System.Text;
using Broadsheet.Core.Curation.Feeds;

namespace Broadsheet.Core.Tests.Curation.Feeds;

public sealed class FeedReaderTests
{
    private static readonly Uri Address = new("https://wire.example/news/feed.xml");

    [Fact]
    public void Rss_is_read_with_its_modules()
    {
        var feed = Read("""
            <?xml version="1.0"?>
            <rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">
            <channel><title>The Wire &amp; more</title><link>https://wire.example/</link><language>en_GB</language><ttl>45</ttl>
              <atom:link rel="self" href="https://wire.example/news/feed.xml"/><atom:link rel="hub" href="https://hub.example/"/>
              <item><title>Harbour &lt;em&gt;reopens&lt;/em&gt;</title><link>/news/1</link><guid isPermaLink="false">wire-1</guid><pubDate>Thu, 20 Feb 2020 08:00:00 +0100</pubDate>
                <dc:creator>Ines Moor</dc:creator><dc:creator>B. Tal</dc:creator><description>The harbour is open.</description><content:encoded><![CDATA[<p>The harbour is <a href="x">open</a>.</p>]]></content:encoded>
                <media:content url="https://wire.example/a.jpg" medium="image"/><category>Ports</category><category>ports</category><source url="https://haven.example/feed">Havenpost</source></item>
              <item><title>Without address</title><guid>https://wire.example/news/2</guid></item>
            </channel></rss>
            """);
        var item = feed.Items[0];
        Assert.Equal(("The Wire & more", "en-GB", TimeSpan.FromMinutes(45)), (feed.Title, feed.Language, feed.Rest));
        Assert.Equal(("https://wire.example/", "https://wire.example/news/feed.xml", "https://hub.example/"), (feed.Site?.AbsoluteUri, feed.Self?.AbsoluteUri, feed.Hub?.AbsoluteUri));
        Assert.Equal(("wire-1", "Harbour reopens", "https://wire.example/news/1", "Ines Moor, B. Tal"), (item.Id, item.Title, item.Link?.AbsoluteUri, item.Author));
        Assert.Equal((new DateTimeOffset(2020, 2, 20, 7, 0, 0, TimeSpan.Zero), "Havenpost", "https://wire.example/a.jpg"), (item.Published, item.SourceName, item.Picture?.AbsoluteUri));
        Assert.Equal(("<p>The harbour is <a href=\"x\">open</a>.</p>", "The harbour is open."), (item.Content, item.Summary));
        Assert.Equal(["Ports"], item.Topics);
        Assert.Equal("https://wire.example/news/2", feed.Items[1].Link?.AbsoluteUri);
    }

    [Fact]
    public void Atom_is_read_with_its_bases_and_types()
    {
        var feed = Read("""
            <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="/welt/"><title type="html">Haven&amp;amp;post</title><link rel="alternate" href="."/><author><name>Redaktion</name></author>
            <entry><id>tag:haven.example,2024:1</id><title>1 &lt; 2</title><link href="a1"/><updated>2024-05-03T08:00:00Z</updated>
              <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Der <b>Hafen</b><br/></p></div></content></entry></feed>
            """);
        var item = feed.Items[0];
        Assert.Equal(("Haven&post", "https://wire.example/welt/", "de"), (feed.Title, feed.Site?.AbsoluteUri, item.Language));
        Assert.Equal(("1 < 2", "https://wire.example/welt/a1", "Redaktion", "<p>Der <b>Hafen</b><br /></p>"), (item.Title, item.Link?.AbsoluteUri, item.Author, item.Content));
    }

    [Fact]
    public void Json_feed_is_read()
    {
        var feed = Read("""{"version":"https://jsonfeed.org/version/1.1","title":"Tide & Time","hubs":[{"type":"WebSub","url":"https://hub.example/"}],"items":[{"id":7,"url":"/7","title":"A <b> tag","content_text":"1 < 2","authors":[{"name":"A"},{"name":"B"}],"date_published":"2024-05-03T08:00:00+02:00"},3]}""");
        Assert.Equal(("Tide & Time", FeedFormat.Json, "https://hub.example/"), (feed.Title, feed.Format, feed.Hub?.AbsoluteUri));
        var item = Assert.Single(feed.Items);
        Assert.Equal(("7", "A <b> tag", "1 &lt; 2", "A, B"), (item.Id, item.Title, item.Content, item.Author));
    }

    [Theory]
    [InlineData("windows-1251", "text/xml; charset=windows-1251", false)]
    [InlineData("koi8-r", "application/rss+xml", true)]
    [InlineData("utf-16", null, false)]
    [InlineData("utf-8", "text/xml; charset=us-ascii", false)]
    public void The_encoding_is_told_by_mark_answer_or_declaration(string name, string? contentType, bool declared)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        var text = (declared ? $"<?xml version='1.0' encoding='{name}'?>" : "<?xml version='1.0'?>") + "<rss><channel><title>Порт открыт</title></channel></rss>";
        Assert.Equal("Порт открыт", FeedReader.Read([.. encoding.GetPreamble(), .. encoding.GetBytes(text)], contentType, null).Value.Title);
    }

    [Theory]
    [InlineData("\n\n<?xml version='1.0'?><rss><channel><title>A&nbsp;b & c</title><item><title>Open</channel></rss>", "A b & c")]
    [InlineData("Warning: something in line 3\n<rss><channel><title>After noise</title></channel></rss>", "After noise")]
    [InlineData("<rss><channel><title>Bell\u0007</title></channel></rss>", "Bell")]
    public void Common_faults_are_forgiven(string text, string title) => Assert.Equal(title, Read(text).Title);

    [Theory]
    [InlineData("<!doctype html>\n<html><head></head></html>", "Line 2 begins an HTML page, not a feed.")]
    [InlineData("<opml/>", "Line 1 begins an OPML list, not a feed.")]
    [InlineData("<svg></svg>", "Line 1 begins <svg>, which is no feed that is known here (RSS, Atom, JSON Feed).")]
    [InlineData("{\"a\":1", "The JSON is broken in line 1, byte 7.")]
    [InlineData("{}", "This JSON is no JSON Feed: it has no items.")]
    [InlineData("words", "There is no element in it: it is no feed.")]
    public void What_is_no_feed_is_told_in_one_line(string text, string expected) =>
        Assert.Equal(expected, FeedReader.Read(Encoding.UTF8.GetBytes(text), null, Address).Problem?.Message);

    [Theory]
    [InlineData("ed@wire.example (Ines Moor)", "Ines Moor")]
    [InlineData("Ines Moor <ed@wire.example>", "Ines Moor")]
    [InlineData("ed@wire.example", null)]
    [InlineData("  Ines   Moor ", "Ines Moor")]
    public void A_writer_is_a_name(string written, string? expected) => Assert.Equal(expected, FeedNames.Of(written));

    private static FeedDocument Read(string text) => FeedReader.Read(Encoding.UTF8.GetBytes(text), null, Address).Value;
}
