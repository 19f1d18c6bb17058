using Broadsheet.Core.Screening;

namespace Broadsheet.Core.Tests.Screening;

/// <summary>Near-repeats are found again, other texts are not. Fixed texts: the figures are the same on each run.</summary>
public sealed class TextPrintTests
{
    private const string Text = "The council met on Tuesday evening to talk about the harbour wall, and after three hours of loud debate it voted to repair the northern part first, which nobody in the hall had asked for.";

    [Theory]
    [InlineData(Text)]
    [InlineData("THE COUNCIL met on tuesday evening, to talk about the harbour wall – and after three hours of loud debate it voted to repair the northern part first… which nobody in the hall had asked for!!")]
    [InlineData("The council met on Friday evening to talk about the harbour wall, and after three hours of loud debate it voted to repair the northern part first, which nobody in the hall had asked for.")]
    [InlineData("Hello all! The council met on Tuesday evening to talk about the harbour wall, and after three hours of loud debate it voted to repair the northern part first, which nobody in the hall had asked for. Bye.")]
    public void The_same_words_or_nearly_are_found(string other) => Assert.True(Finds(Text, other));

    [Theory]
    [InlineData("The council met on Tuesday evening, and the fishermen of the northern part went home before the vote, because the tide does not wait for anybody who likes to talk.")]
    [InlineData("After three hours we went home: the film was long, the hall was cold, and nobody had asked for a second part, which comes out on Friday all the same.")]
    public void Other_words_on_the_same_matter_are_not(string other) => Assert.False(Finds(Text, other));

    [Fact]
    public void Texts_of_common_words_are_not_taken_for_each_other()
    {
        var (random, common) = (new Random(5), "the of and to in a is that for it was on with as be at by this had not are but from or have an they which one you were her all she there would their we him been has when who will more".Split(' '));
        var texts = Enumerable.Range(0, 300).Select(_ => string.Join(' ', Enumerable.Range(0, 40).Select(_ => common[random.Next(common.Length)]))).Select(t => TextPrint.Of(t)!.Value).ToList();

        var pairs = from i in Enumerable.Range(0, texts.Count) from j in Enumerable.Range(0, i) select SharesBand(texts[i], texts[j]) && texts[i].IsLike(texts[j].First, texts[j].Second);

        Assert.Equal(0, pairs.Count(like => like));
    }

    [Theory]
    [InlineData("Great post, visit us!", "GREAT post – visit us", true)]
    [InlineData("Great post, visit us!", "Great post, visit me!", false)]
    [InlineData("Great post, visit us!", "Visit us, great post!", false)]
    [InlineData("Great post, visit us!", "Great post, visit us now!", false)]
    [InlineData("I agree with this, well said, you", "I agree with this, well said, you two", false)]
    public void Of_few_words_only_the_very_same_are_found(string one, string other, bool found)
    {
        Assert.True(TextPrint.Of(one)!.Value.IsShort);
        Assert.Equal(found, Finds(one, other));
    }

    [Fact]
    public void One_or_two_words_say_nothing()
    {
        Assert.Null(TextPrint.Of("Thank you!"));
        Assert.Null(TextPrint.Of(""));
        Assert.True(TextPrint.Of("I agree with this, well said.") is { IsShort: true });
        Assert.True(TextPrint.Of("I agree with this, well said my friend.") is { IsShort: false });
    }

    [Fact]
    public void Short_texts_of_common_words_are_not_taken_for_each_other()
    {
        var words = "the of and to in a is that for it was on with as be at by this had not".Split(' ');
        var texts = (from a in words from b in words from c in words select $"{a} {b} {c}").ToList();

        Assert.Equal(texts.Count, texts.Select(t => TextPrint.Of(t)!.Value).Select(p => (p.Band1, p.First, p.Second)).Distinct().Count());
    }

    [Fact]
    public void Words_without_spaces_count_too() => Assert.True(Finds("東京都知事は火曜日の夜に港の壁について話し合った。", "東京都知事は火曜日の夜に港の壁について話し合った！"));

    private static bool Finds(string one, string other) => TextPrint.Of(one) is { } a && TextPrint.Of(other) is { } b && SharesBand(a, b) && a.IsLike(b.First, b.Second);

    private static bool SharesBand(TextPrint a, TextPrint b) => a.Band1 == b.Band1 || a.Band2 == b.Band2 || a.Band3 == b.Band3 || a.Band4 == b.Band4;
}
