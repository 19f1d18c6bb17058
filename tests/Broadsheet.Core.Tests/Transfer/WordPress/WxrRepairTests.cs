using System.Text;
using Broadsheet.Core.Transfer.WordPress;
using CsCheck;
using static Broadsheet.Core.Tests.Transfer.WordPress.WxrFiles;

namespace Broadsheet.Core.Tests.Transfer.WordPress;

public sealed class WxrRepairTests
{
    private static readonly WxrOptions Repair = new() { Repair = true };

    [Theory]
    [InlineData("a\u0010b", "a\uFFFDb", 1)]
    [InlineData("a&#x1F;&#31;&#0;&#x0001f;b", "a\uFFFD\uFFFD\uFFFD\uFFFDb", 4)]
    [InlineData("&#xD83D;&#xDE00;", "\uFFFD\uFFFD", 2)]
    [InlineData("&#xFFFE;&#x110000;\uFFFE\uFFFF", "\uFFFD\uFFFD\uFFFD\uFFFD", 4)]
    [InlineData("<![CDATA[a\u0001 &#x1F; ]]]>&#x1F;", "a\uFFFD &#x1F; ]\uFFFD", 2)]
    [InlineData("&amp;&#9;&#x41;&#x1F600;&lt;", "&\tA\U0001F600<", 0)]
    [InlineData("<!-- &#x1F; -->&#1;", "\uFFFD", 1)]
    [InlineData("<?x &#x1F; ??>&#1;", "\uFFFD", 1)]
    [InlineData("<![CDATA[]]>&#1;<![CDATA[]]>", "\uFFFD", 1)]
    public void What_xml_forbids_is_replaced_and_counted(string written, string read, int count)
    {
        var text = Item($"<content:encoded>{written}</content:encoded>");
        using var reader = new WxrReader(new MemoryStream(Encoding.UTF8.GetBytes(text)), Repair);
        var item = Assert.Single(reader.Records().OfType<WxrItem>());
        Assert.Equal((read, (long)count), (item.Content, reader.Replaced));
    }

    [Fact]
    public void References_in_attributes_are_repaired_too() =>
        Assert.Equal("se\uFFFDa", Assert.Single(Assert.Single(Read(Item("<category domain=\"category\" nicename=\"se&#1;a\">Sea</category>"), Repair).OfType<WxrItem>()).Terms).Slug);

    [Fact]
    public void Lines_stay_right()
    {
        var text = Item($"<content:encoded>\u0001&#2;\n\u0003</content:encoded>\n{Comment(1)}");
        Assert.Equal(LineOf(text, "<wp:comment>"), Assert.Single(Read(text, Repair).OfType<WxrComment>()).Line);
    }

    [Fact]
    public void Bytes_that_the_encoding_does_not_know_are_replaced_and_counted()
    {
        var bytes = Encoding.UTF8.GetBytes(Item("<content:encoded>a@b@c</content:encoded>")).Select(b => b == '@' ? (byte)0xE9 : b).ToArray();
        using var reader = new WxrReader(new MemoryStream(bytes), Repair);
        Assert.Equal("a\uFFFDb\uFFFDc", Assert.Single(reader.Records().OfType<WxrItem>()).Content);
        Assert.Equal(2, reader.Replaced);
    }

    [Fact]
    public void Other_faults_are_still_errors() =>
        Assert.Throws<WxrFormatException>(() => Read(Item("a & b </wp:status>"), Repair));

    [Fact]
    public void Blocks_of_any_size_give_the_same_repair() =>
        Gen.Select(Gen.Char["&#x1F;<![CDATA[]]>--?!aZ9 \n\u0001\uFFFE"].Array[0, 200], Gen.Int[1, 7].Array[1, 20]).Sample((chars, cuts) =>
        {
            var whole = Run(chars, [chars.Length]);
            var cut = Run(chars, cuts);
            Assert.Equal(whole, cut);
            Assert.DoesNotContain(whole.Text, c => c is '\u0001' or '\uFFFE');
        });

    private static (string Text, long Replaced) Run(char[] chars, int[] cuts)
    {
        var (repair, text, at) = (new XmlRepair(), new StringBuilder(), 0);
        for (var i = 0; at < chars.Length || i == 0; i++)
        {
            var count = Math.Min(Math.Max(cuts[i % cuts.Length], 1), chars.Length - at);
            var output = new char[count + XmlRepair.MaxHeld];
            var written = repair.Repair(chars.AsSpan(at, count), output, last: at + count == chars.Length);
            text.Append(output, 0, written);
            at += count;
        }

        return (text.ToString(), repair.Replaced);
    }
}
