using Broadsheet.Core.Text;

namespace Broadsheet.Core.Tests.Text;

public class TextChangesTests
{
    [Theory]
    [InlineData("", "", "")]
    [InlineData("The quay is open.", "The quay is open.", " The quay is open.")]
    [InlineData("The quay is open.", "The old quay is shut.", " The |+old | quay is |-open|+shut| .")]
    [InlineData("One.\nTwo.\n", "One.\nTwo.\nThree.\n", " One.\nTwo.\n|+Three.\n")]
    [InlineData("One.\n\nGone.\n\nThree.", "One.\n\nThree.", " One.\n\n|-Gone.\n\n| Three.")]
    [InlineData("It isn't so", "It is so", " It |-isn't|+is|  so")]
    [InlineData("It costs 4.50 now.", "It costs 5.50 now.", " It costs |-4.50|+5.50|  now.")]
    [InlineData("From 1,000 at 12:30, 2.", "From 1,500 at 12:45, 2.", " From |-1,000|+1,500|  at |-12:30|+12:45| , 2.")]
    [InlineData("Ends in 7.\nNext.", "Ends in 7,\nNext.", " Ends in 7|-.|+,| \nNext.")]
    public void Words_that_went_and_words_that_came_are_marked(string then, string now, string marked)
    {
        var changes = TextChanges.Between(then, now);

        Assert.Equal(marked, string.Join('|', changes.Select(c => c.Mark + c.Text)));
    }

    [Fact]
    public void Both_versions_can_be_read_from_any_difference()
    {
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var (then, now) = (Text(random), Text(random));

            var changes = TextChanges.Between(then, now);

            Assert.Equal(then, string.Concat(changes.Where(c => c.Mark != '+').Select(c => c.Text)));
            Assert.Equal(now, string.Concat(changes.Where(c => c.Mark != '-').Select(c => c.Text)));
        }
    }

    [Fact]
    public void Very_long_texts_take_no_more_time_than_a_reader_waits()
    {
        var (then, now) = (string.Concat(Enumerable.Range(0, 60_000).Select(n => $"a{n}\n")), string.Concat(Enumerable.Range(0, 60_000).Select(n => $"b{n}\n")));
        var before = System.Diagnostics.Stopwatch.GetTimestamp();

        var changes = TextChanges.Between(then, now);

        Assert.InRange(changes.Count, 2, 3);
        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(before).TotalSeconds, 0, 10);
    }

    [Theory]
    [InlineData("twice a day", "four times a day", "-twice| |+four times|  a day")]
    [InlineData("The end.", "The end!", " The end|-.|+!")]
    [InlineData("One.", "One two.", " One|+ two| .")]
    public void A_blank_parts_the_word_that_went_from_the_one_that_came(string then, string now, string marked) =>
        Assert.Equal(marked, string.Join('|', TextChanges.Spaced(TextChanges.Between(then, now)).Select(c => c.Mark == ' ' && c.Text == " " ? " " : c.Mark + c.Text)));

    [Theory]
    [InlineData("<p>One<sup id=\"fnref:1\"><a href=\"#fn:1\">1</a></sup> two<sup>2</sup></p><div class=\"footnotes\"><ol><li id=\"fn:1\"><p>The note.<a href=\"#fnref:1\">↩</a></p></li></ol></div>", "One two2\nThe note.\n")]
    [InlineData("<p>One <b>two</b></p>\n<ul><li>three</li><li>four<br>five</li></ul>", "One two\nthree\nfour\nfive\n")]
    [InlineData("<h2>Head</h2><p>&amp; more</p><!--more--><hr>", "Head\n& more\n")]
    public void A_body_is_read_as_lines_of_words(string html, string lines) => Assert.Equal(lines, ReadableLines.Of(SafeHtml.FromStore(html)));

    private static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => "one two three\n four, \n\n five 🙂".Split(' ')[random.Next(6)] + (random.Next(3) == 0 ? "\n" : " ")));
}
