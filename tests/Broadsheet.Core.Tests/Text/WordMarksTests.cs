using Broadsheet.Core.Text;

namespace Broadsheet.Core.Tests.Text;

public class WordMarksTests
{
    [Theory]
    [InlineData("<p>Cheap watches, CHEAP.</p>", "cheap", "<p><mark>Cheap</mark> watches, <mark>CHEAP</mark>.</p>")]
    [InlineData("<p><a href=\"https://cheap.example/\" title=\"a > cheap\">here</a></p>", "cheap", "<p><a href=\"https://cheap.example/\" title=\"a > cheap\">here</a></p>")]
    [InlineData("<p>Fish &amp; chips &lt;b&gt;</p>", "& chips <b>", "<p>Fish <mark>&amp; chips &lt;b&gt;</mark></p>")]
    [InlineData("<p>abc</p>", "", "<p>abc</p>")]
    [InlineData("<p>gt; &gt;</p>", "gt", "<p><mark>gt</mark>; &gt;</p>")]
    public void Words_are_marked_in_the_text_and_nowhere_else(string html, string word, string marked) => Assert.Equal(marked, WordMarks.Mark(SafeHtml.FromStore(html), [word]).Value);

    [Fact]
    public void Of_words_that_overlap_the_longer_is_marked() => Assert.Equal("<mark>watches</mark> <mark>watch</mark>", WordMarks.Mark(SafeHtml.FromStore("watches watch"), ["watch", "watches"]).Value);
}
