using System.Text;
using Broadsheet.Web.Theming;

namespace Broadsheet.Web.Tests.Theming;

public sealed class PageWriterTests
{
    [Fact]
    public async Task What_is_written_in_any_pieces_is_there_as_UTF8()
    {
        var expected = new StringBuilder();
        await using var page = new PageWriter();
        for (var i = 0; i < 20_000; i++)
        {
            var piece = $"{i} Grüße 日本 😀;";
            expected.Append(piece);
            switch (i % 5)
            {
                case 0: await page.WriteAsync(piece); break;
                case 1: foreach (var letter in piece) page.Write(letter); break;
                case 2: page.Write(piece.ToCharArray(), 0, piece.Length); break;
                case 3: await page.WriteAsync(piece.AsMemory()); break;
                default: page.Write(Encoding.UTF8.GetBytes(piece)); break;
            }
        }

        Assert.Equal(expected.ToString(), Encoding.UTF8.GetString(page.Written.Span));
    }

    [Fact]
    public void Halves_of_a_character_that_come_one_by_one_are_one()
    {
        using var page = new PageWriter();
        page.Write("a\uD83D");
        Assert.Equal("a", Encoding.UTF8.GetString(page.Written.Span));
        page.Write("\uDE00b");

        Assert.Equal("a😀b", Encoding.UTF8.GetString(page.Written.Span));
    }

    /// <summary>As every writer of .NET does, and what comes after it is not lost.</summary>
    [Fact]
    public void A_half_without_its_other_half_becomes_the_mark_for_it()
    {
        // Not as a theory: a half of a character does not come through the test's name.
        foreach (var (first, second, expected) in ((string, string, string)[])[("\uD83D", "x", "\uFFFDx"), ("\uDE00", "x", "\uFFFDx"), ("\uD83D\uD83D", "\uDE00", "\uFFFD😀"), ("\uD83D", "\uD83D\uDE00", "\uFFFD😀")])
        {
            using var page = new PageWriter();
            page.Write(first);
            page.Write(second);

            Assert.Equal(expected, Encoding.UTF8.GetString(page.Written.Span));
        }
    }
}
