using Broadsheet.Core.Transfer.WordPress;
using static Broadsheet.Core.Tests.Transfer.WordPress.WxrFiles;

namespace Broadsheet.Core.Tests.Transfer.WordPress;

/// <summary>What is odd in a file and loses nothing: warnings, skips, nulls.</summary>
public sealed class WxrOdditiesTests
{
    [Theory]
    [InlineData("", "names no wxr_version")]
    [InlineData("<wp:wxr_version>2.0</wp:wxr_version>", "is not one of 1.0, 1.1, 1.2")]
    public void A_missing_or_unknown_version_is_a_warning(string version, string warning)
    {
        var records = Read(Item("").Replace("<wp:wxr_version>1.2</wp:wxr_version>", version, StringComparison.Ordinal));
        Assert.Contains(warning, Assert.Single(records.OfType<WxrWarning>()).What, StringComparison.Ordinal);
        Assert.Single(records.OfType<WxrItem>());
    }

    [Theory]
    [InlineData("0000-00-00 00:00:00", 0)]
    [InlineData("-0001-11-30 00:00:00", 0)]
    [InlineData("", 0)]
    [InlineData("2020-02-30 10:00:00", 1)]
    [InlineData("yesterday", 1)]
    public void A_date_that_says_nothing_is_null_and_an_unreadable_one_is_warned_of(string date, int warnings)
    {
        var records = Read(Item($"<wp:post_date>{date}</wp:post_date>"));
        Assert.Null(Assert.Single(records.OfType<WxrItem>()).PostDate);
        Assert.Equal(warnings, records.OfType<WxrWarning>().Count());
    }

    [Theory]
    [InlineData("Mon, 30 Nov -0001 00:00:00 +0000", null)]
    [InlineData("Thu, 20 Feb 2020 09:11:12 GMT", "2020-02-20T09:11:12.0000000+00:00")]
    [InlineData("Fri, 20 Feb 2020 09:11:12 -0330", "2020-02-20T09:11:12.0000000-03:30")]
    [InlineData("20 Feb 2020 09:11:12 +02:00", "2020-02-20T09:11:12.0000000+02:00")]
    public void A_mail_date_is_read(string written, string? meant) =>
        Assert.Equal(meant, Only<WxrItem>(Item($"<pubDate>{written}</pubDate>")).Published?.ToString("O"));

    [Fact]
    public void An_id_that_is_no_number_is_warned_of_with_its_line_and_nothing_is_lost()
    {
        var text = Item("<wp:comment>\n<wp:comment_id>x9</wp:comment_id><wp:comment_content>Kept</wp:comment_content></wp:comment>\n<wp:comment></wp:comment>")
            .Replace("<wp:post_id>7</wp:post_id>", "<guid>https://gazette.example/?p=70</guid><wp:post_id>seven</wp:post_id>", StringComparison.Ordinal);
        var records = Read(text);
        Assert.Equal(70, Assert.Single(records.OfType<WxrItem>()).Id);
        Assert.Equal([(null, "Kept"), (null, "")], records.OfType<WxrComment>().Select(c => (c.Id, c.Content)));
        Assert.Equal(
            [(LineOf(text, "seven"), "post_id \"seven\" is not a number: left empty"), (LineOf(text, "x9"), "comment_id \"x9\" is not a number: left empty"),
                (LineOf(text, "<wp:comment></wp:comment>"), "a comment without wp:comment_id")],
            records.OfType<WxrWarning>().Select(w => (w.Line, w.What)));
    }

    [Fact]
    public void A_term_without_a_name_is_skipped_with_its_line()
    {
        var text = Around("<wp:tag><wp:term_id>1</wp:term_id></wp:tag>\n<wp:comment></wp:comment>");
        Assert.Equal([("tag", LineOf(text, "<wp:tag>")), ("element", LineOf(text, "<wp:comment>"))], Read(text).OfType<WxrSkip>().Select(s => (s.Kind, s.Line)));
    }

    [Fact]
    public void Of_two_values_for_one_field_the_first_counts()
    {
        var records = Read(Item("<wp:status>draft</wp:status><wp:status>publish</wp:status>"));
        Assert.Equal("draft", Assert.Single(records.OfType<WxrItem>()).Status);
        Assert.Equal("a second status is ignored", Assert.Single(records.OfType<WxrWarning>()).What);
    }

    [Fact]
    public void Terms_that_version_1_0_writes_twice_are_given_once()
    {
        var item = Only<WxrItem>(Item("<category><![CDATA[Sea]]></category><category domain=\"category\" nicename=\"sea\"><![CDATA[Sea]]></category><category domain=\"tag\" nicename=\"tide\">Tide</category><category>Loose</category>"));
        Assert.Equal([("category", "sea"), ("post_tag", "tide"), ("", "")], item.Terms.Select(t => (t.Taxonomy, t.Slug)));
    }
}
