using System.Text;
using Broadsheet.Core.Transfer.WordPress;
using CsCheck;
using static Broadsheet.Core.Tests.Transfer.WordPress.WxrFiles;

namespace Broadsheet.Core.Tests.Transfer.WordPress;

/// <summary>A file damaged in any way is read or refused with its place; nothing else is ever thrown.</summary>
public sealed class WxrFuzzTests
{
    private static readonly byte[] Whole = Encoding.UTF8.GetBytes(Around(
        "<wp:author><wp:author_id>1</wp:author_id><wp:author_login>mara</wp:author_login></wp:author>\n"
        + "<wp:category><wp:term_id>1</wp:term_id><wp:category_nicename>sea</wp:category_nicename><wp:cat_name><![CDATA[Sea]]></wp:cat_name></wp:category>\n"
        + "<item><title>Ebbe &amp; Flut 😀</title><pubDate>Thu, 20 Feb 2020 09:11:12 +0000</pubDate><guid isPermaLink=\"false\">https://gazette.example/?p=1</guid>"
        + "<content:encoded><![CDATA[<p>Möwen ]]]]><![CDATA[></p>]]></content:encoded><wp:post_id>1</wp:post_id><wp:post_date>2020-02-20 10:11:12</wp:post_date>"
        + "<category domain=\"category\" nicename=\"sea\">Sea</category><wp:postmeta><wp:meta_key>k</wp:meta_key><wp:meta_value>v</wp:meta_value></wp:postmeta>\n"
        + Comment(1) + Comment(2, 1) + "</item>\n<!-- the end --><?x y?>"));

    private static readonly string[] Splinters =
        ["<", ">", "&", "]]>", "<![CDATA[", "<!--", "-->", "</item>", "<item>", "<wp:comment>", "</wp:comment>", "&#x1F;", "&#xD800;", "&lt;", "\0", "\u0010",
            "<!DOCTYPE rss [<!ENTITY a \"b\">]>", "&a;", "xmlns:wp=\"urn:x\"", "<?xml version=\"1.0\"?>", "\uFEFF", "é", "\n", "\r", "<a><b>", "<wp:post_id>99999999999999999999</wp:post_id>"];

    private static readonly Gen<byte[]> Splinter = Gen.OneOf(
        Gen.Byte.Array[0, 8],
        Gen.Int[0, Splinters.Length - 1].Select(i => Encoding.UTF8.GetBytes(Splinters[i])));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_damaged_file_is_read_or_refused(bool repair) =>
        Gen.Select(Gen.Int[0, Whole.Length], Gen.Int[0, 60], Splinter).Array[1, 6].Sample(
            cuts =>
            {
                var bytes = cuts.Aggregate(Whole, Damage);
                try
                {
                    var records = Read(bytes, new WxrOptions { FileName = "wordpress.xml", Repair = repair });
                    Assert.IsType<WxrChannelEnd>(records[^1]);
                }
                catch (WxrFormatException e)
                {
                    Assert.DoesNotContain(e.Message, char.IsControl);
                    Assert.InRange(e.Error.Line, 0, 1 + bytes.Count(b => b is (byte)'\n' or (byte)'\r'));
                }
            },
            iter: 5_000);

    private static byte[] Damage(byte[] whole, (int At, int Length, byte[] Splinter) cut)
    {
        var at = Math.Min(cut.At, whole.Length);
        return [.. whole[..at], .. cut.Splinter, .. whole[Math.Min(at + cut.Length, whole.Length)..]];
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        for (var length = 0; length < Whole.AsSpan().LastIndexOf("</rss>"u8) + 6; length++) Fails(Whole[..length]);
    }
}
