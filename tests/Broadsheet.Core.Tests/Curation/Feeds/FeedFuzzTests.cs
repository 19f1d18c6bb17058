using System.Diagnostics;
using System.Text;
using Broadsheet.Core.Curation.Feeds;
using CsCheck;

namespace Broadsheet.Core.Tests.Curation.Feeds;

public sealed class FeedFuzzTests
{
    private static readonly string[] Parts =
    [
        "<rss version='2.0'>", "<channel>", "</channel>", "<item>", "</item>", "<title>", "</title>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "</entry>", "<link href='/a'/>", "<link>http://a.test/</link>",
        "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>", "<![CDATA[", "]]>", "<!--", "-->", "<!DOCTYPE a [", "<!ENTITY a \"&b;\">", "]>", "&a;", "&nbsp;", "&#x0;", "&#99999999;", "<?xml version='1.0' encoding='utf-16'?>",
        "<guid isPermaLink='true'>", "<pubDate>Mon, 31 Feb 99 99:99 +9999</pubDate>", "<updated>2020-13-45T25:61:61Z</updated>", "{\"items\":[", "{\"id\":1,\"title\":\"\\ud800\"},", "]}", "xml:base='http://b.test/'", "\0", "\ud83d\ude00", "<", ">", "'", "\"", "=", " ",
    ];

    [Fact]
    public void No_sequence_of_parts_throws() =>
        Gen.Int[0, Parts.Length - 1].Select(static i => Parts[i]).Array[0, 60].Sample(static parts => Holds(Encoding.UTF8.GetBytes(string.Concat(parts))), iter: 3000);

    [Fact]
    public void No_bytes_throw() =>
        Gen.Byte.Array[0, 300].Sample(static bytes => Holds([.. "<rss><channel><item>"u8, .. bytes]), iter: 2000);

    [Fact]
    public void A_bomb_of_entities_does_not_go_off()
    {
        var bomb = new StringBuilder("<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a0 'lol'>");
        for (var i = 1; i < 40; i++) bomb.Append("<!ENTITY a").Append(i).Append(" '&a").Append(i - 1).Append(";&a").Append(i - 1).Append(";'>");
        bomb.Append("]><rss><channel><title>&a39;</title></channel></rss>");
        Assert.Equal("&a39;", FeedReader.Read(Encoding.UTF8.GetBytes(bomb.ToString()), null, null).Value.Title);
    }

    [Theory]
    [InlineData("<a>", 400_000)]
    [InlineData("<a b='", 400_000)]
    [InlineData("<item><title>x", 200_000)]
    [InlineData("</x>", 1_000_000)]
    [InlineData("<![CDATA[", 400_000)]
    [InlineData("&a", 1_000_000)]
    [InlineData("<item><guid>1</guid><description>&lt;", 100_000)]
    [InlineData("<!DOCTYPE [", 300_000)]
    public void Much_of_anything_ends_soon(string part, int times)
    {
        var bytes = Encoding.UTF8.GetBytes("<rss><channel>" + string.Concat(Enumerable.Repeat(part, times)));
        var begun = Stopwatch.GetTimestamp();
        _ = FeedReader.Read(bytes, null, null);
        Assert.True(Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(20), $"{Stopwatch.GetElapsedTime(begun)}");
    }

    [Fact]
    public async Task More_than_ten_megabytes_are_refused()
    {
        using var large = new MemoryStream(new byte[FeedReader.MaxBytes + 1]);
        var outcome = await FeedReader.ReadAsync(large, null, null, TestContext.Current.CancellationToken);
        Assert.Equal("The feed is larger than 10 MB.", outcome.Problem?.Message);
    }

    private static bool Holds(byte[] bytes)
    {
        var outcome = FeedReader.Read(bytes, "text/xml", new Uri("https://a.test/feed"));
        return outcome.Problem is null ? outcome.Value.Items.All(static i => i.Id.Length > 0) : outcome.Problem.Message.Length > 0;
    }
}
