using System.IO.Compression;
using System.Text;
using Broadsheet.Core.Transfer.WordPress;
using static Broadsheet.Core.Tests.Transfer.WordPress.WxrFiles;

namespace Broadsheet.Core.Tests.Transfer.WordPress;

/// <summary>What cannot be read on is one line that names the place.</summary>
public sealed class WxrErrorsTests
{
    [Fact]
    public void A_forbidden_character_is_named_with_line_and_column()
    {
        var text = Item("<wp:status>dr\u0010aft</wp:status>");
        var error = Fails(text);
        Assert.Equal($"wordpress.xml, line {LineOf(text, "dr\u0010aft")}, column 14: character U+0010 is not allowed in XML", error.Message);
    }

    [Theory]
    [InlineData("a <![CDATA[b\u0001]]>", "character U+0001 is not allowed in XML")]
    [InlineData("a &#x1F; b", "character U+001F is not allowed in XML")]
    [InlineData("a &nbsp; b", "the entity &nbsp; is not one of XML's own five, and others are never read")]
    [InlineData("a & b", "an & that begins no entity (it must be written &amp;)")]
    public void A_text_that_is_no_xml_fails_at_its_line(string content, string what)
    {
        var text = Item($"\n\n<content:encoded>{content}</content:encoded>");
        var error = Fails(text).Error;
        Assert.Equal((LineOf(text, "<content:encoded>"), what), (error.Line, error.What));
        Assert.True(error.Column > 18);
    }

    [Fact]
    public void An_entity_bomb_fails_where_it_would_burst()
    {
        const string bomb = "<!DOCTYPE rss [\n<!ENTITY a \"aaaaaaaaaa\">\n<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">\n<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">\n]>\n<rss";
        var text = Item("<wp:status>&c;</wp:status>").Replace("<rss", bomb, StringComparison.Ordinal);
        var error = Fails(text).Error;
        Assert.Equal((LineOf(text, "&c;</wp"), "the entity &c; is not one of XML's own five, and others are never read"), (error.Line, error.What));
    }

    [Fact]
    public void An_external_entity_fails_where_it_is_used_and_is_not_opened()
    {
        const string external = "<!DOCTYPE rss [<!ENTITY secret SYSTEM \"file:///etc/hostname\">]>\n<rss";
        var text = Item("<wp:status>&secret;</wp:status>").Replace("<rss", external, StringComparison.Ordinal);
        var error = Fails(text).Error;
        Assert.Equal(LineOf(text, "&secret;"), error.Line);
        Assert.Contains("&secret;", error.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<!DOCTYPE rss>")]
    [InlineData("<!DOCTYPE rss PUBLIC \"-//X//DTD\" \"http://dtd.invalid/rss.dtd\">")]
    [InlineData("<!DOCTYPE rss [<!ENTITY % more SYSTEM \"http://dtd.invalid/more.dtd\"> %more; <!ENTITY x \"]>\">]>")]
    public void A_harmless_document_type_is_passed_over(string doctype) =>
        Assert.Equal(7, Only<WxrItem>(Item("").Replace("<rss", doctype + "\n<rss", StringComparison.Ordinal)).Id);

    [Fact]
    public void A_truncated_file_gives_what_is_whole_and_then_fails()
    {
        var text = Item(Comment(1) + Comment(2));
        text = text[..text.LastIndexOf("Well", StringComparison.Ordinal)];
        using var reader = new WxrReader(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        Assert.True(reader.Read(out _) && reader.Read(out _) && reader.Read(out var first) && first is WxrComment);
        var error = Assert.Throws<WxrFormatException>(() => reader.Read(out _));
        Assert.Contains("the file ends too early", error.Message, StringComparison.Ordinal);
        Assert.Throws<WxrFormatException>(() => reader.Read(out _));
    }

    [Theory]
    [InlineData("", "wordpress.xml: the file is empty")]
    [InlineData(" \r\n ", "wordpress.xml, line 2: the file is empty")]
    [InlineData("{\"db\":[]}", "wordpress.xml, line 1: this is JSON")]
    [InlineData("\n<!DOCTYPE html><html><p>", "wordpress.xml, line 2: this is an HTML page")]
    [InlineData("id,title", "wordpress.xml, line 1: this is not XML")]
    [InlineData("<feed xmlns='http://www.w3.org/2005/Atom'/>", "wordpress.xml, line 1: this is not a WordPress export: its root is <feed>, not <rss>")]
    [InlineData("<rss></rss>", "wordpress.xml: this RSS file has no channel")]
    [InlineData("<?xml version='1.0' encoding='klingon-1'?><rss/>", "wordpress.xml, line 1: the encoding klingon-1 is not known")]
    public void Another_kind_of_file_is_told_apart_kindly(string text, string message) =>
        Assert.StartsWith(message, Fails(text).Message, StringComparison.Ordinal);

    [Fact]
    public void A_compressed_file_is_told_apart_kindly()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write("<rss/>"u8);
        Assert.Contains("gzip", Fails(packed.ToArray()).Message, StringComparison.Ordinal);

        var archived = new MemoryStream();
        using (var zip = new ZipArchive(archived, ZipArchiveMode.Create, leaveOpen: true)) zip.CreateEntry("wordpress.xml");
        Assert.Contains("ZIP", Fails(archived.ToArray()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_longer_than_the_limit_is_an_error_that_names_its_line()
    {
        var text = Item($"<content:encoded>{new string('a', 5000)}</content:encoded>");
        var options = new WxrOptions { FileName = "wordpress.xml", MaxFieldLength = 4000 };
        var error = Assert.Throws<WxrFormatException>(() => Read(text, options));
        Assert.Equal($"wordpress.xml, line {LineOf(text, "<content")}: a text of more than 4000 characters", error.Message);
        Assert.Equal(5000, Assert.Single(Read(text, options with { MaxFieldLength = 5000 }).OfType<WxrItem>()).Content.Length);
    }

    [Theory]
    [InlineData("content:encoded")]
    [InlineData("x")]
    public void Elements_nested_without_end_are_an_error(string element)
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 5000)) + string.Concat(Enumerable.Repeat("</a>", 5000));
        Assert.Contains("nested more than", Fails(Item($"<{element}>{deep}</{element}>")).Message, StringComparison.Ordinal);
    }
}
