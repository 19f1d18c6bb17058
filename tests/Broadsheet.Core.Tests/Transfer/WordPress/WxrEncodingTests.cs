using System.Globalization;
using System.Text;
using Broadsheet.Core.Transfer.WordPress;
using static Broadsheet.Core.Tests.Transfer.WordPress.WxrFiles;

namespace Broadsheet.Core.Tests.Transfer.WordPress;

public sealed class WxrEncodingTests
{
    private const string Words = "Möwen – “Ebbe” 😀";

    private static string Sample(string encoding) =>
        Item($"<content:encoded>{Words}</content:encoded>").Replace("UTF-8", encoding, StringComparison.Ordinal);

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", false)]
    [InlineData("utf-32", true)]
    public void A_unicode_file_is_read_with_and_without_its_mark(string name, bool mark)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes(Sample(name))];
        Assert.Equal(Words, Assert.Single(Read(bytes).OfType<WxrItem>()).Content);
    }

    [Theory]
    [InlineData("windows-1252")]
    [InlineData("ISO-8859-1")]
    public void A_latin_file_is_read_as_declared(string name)
    {
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(Sample(name).Replace("😀", "", StringComparison.Ordinal));
        Assert.Equal("Möwen – “Ebbe” ", Assert.Single(Read(bytes).OfType<WxrItem>()).Content);
    }

    [Theory]
    [InlineData("windows-1251", "Чайки")]
    [InlineData("shift_jis", "カモメ")]
    [InlineData("koi8-r", "Чайки")]
    public void Other_declared_encodings_are_read(string name, string words)
    {
        var text = Item($"<content:encoded>{words}</content:encoded>").Replace("UTF-8", name, StringComparison.Ordinal);
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding(name)!.GetBytes(text);
        Assert.Equal(words, Assert.Single(Read(bytes).OfType<WxrItem>()).Content);
    }

    [Fact]
    public void A_file_of_single_bytes_that_claims_two_is_read_as_utf_8() =>
        Assert.Equal(Words, Assert.Single(Read(Encoding.UTF8.GetBytes(Sample("utf-16"))).OfType<WxrItem>()).Content);

    [Theory]
    [InlineData("\n\n  ")]
    [InlineData("\r\n\r\n")]
    [InlineData("\uFEFF\n\uFEFF")]
    public void Blank_lines_before_the_declaration_are_forgiven_and_counted(string before)
    {
        var text = before + Item("");
        Assert.Equal(LineOf(text, "<item>"), Only<WxrItem>(text).Line);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65_000)]
    [InlineData(65_535 - 400)]
    [InlineData(300_000)]
    public void A_byte_that_the_encoding_does_not_know_is_named_with_its_place(int before)
    {
        var text = Item($"<content:encoded>é{new string('x', before)}\nöö@</content:encoded>");
        var bytes = Encoding.UTF8.GetBytes(text);
        var at = Array.LastIndexOf(bytes, (byte)'@');
        bytes[at] = 0xE9;
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"wordpress.xml, line {LineOf(text, "öö@")}, column 3: byte {at} (E9) is not valid in the file's encoding"),
            Fails(bytes).Message);
    }

    [Fact]
    public void A_wrong_byte_is_found_at_every_place_of_a_block()
    {
        for (var before = 65_536 - 600; before < 65_536 + 40; before += 1)
        {
            var bytes = Encoding.UTF8.GetBytes(Item($"<content:encoded>{new string('x', before)}öö@ tail</content:encoded>"));
            var at = Array.LastIndexOf(bytes, (byte)'@');
            bytes[at] = 0xE2; // begins three bytes of which two never come
            Assert.Contains($"byte {at} (E2) is", Fails(bytes).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_cut_within_a_character_is_named()
    {
        var bytes = Encoding.UTF8.GetBytes(Item("<wp:status>é"));
        var cut = bytes.AsSpan().IndexOf("é"u8) + 1;
        Assert.Contains($"byte {cut - 1} (C3)", Fails(bytes[..cut]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Items_before_a_wrong_byte_are_given()
    {
        var filler = new string('x', 200_000);
        var bytes = Encoding.UTF8.GetBytes(Around($"<item><title>First</title></item><item><title>{filler}</title></item><item><title>@</title></item>"));
        bytes[Array.LastIndexOf(bytes, (byte)'@')] = 0xFF;
        using var reader = new WxrReader(new MemoryStream(bytes));
        var titles = new List<string>();
        Assert.Throws<WxrFormatException>(() =>
        {
            while (reader.Read(out var record))
                if (record is WxrItem item) titles.Add(item.Title);
        });
        Assert.Equal(["First", filler], titles);
    }
}
