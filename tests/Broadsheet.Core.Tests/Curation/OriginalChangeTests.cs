using Broadsheet.Core.Curation;

namespace Broadsheet.Core.Tests.Curation;

public sealed class OriginalChangeTests
{
    private static readonly string Story = string.Join(' ', Enumerable.Range(0, 300).Select(i => $"word{i}"));

    [Fact]
    public void The_same_words_are_the_same_whatever_their_marks() => Assert.Equal(100, OriginalChange.Likeness("The ferry, at last, runs.", "the FERRY at last runs"));

    [Fact]
    public void A_corrected_name_is_no_change() => Assert.InRange(OriginalChange.Likeness(Story, Story.Replace("word40 ", "name ", StringComparison.Ordinal)), OriginalChange.Threshold, 99);

    [Fact]
    public void A_rewritten_third_is_one() => Assert.InRange(OriginalChange.Likeness(Story, string.Join(' ', Story.Split(' ').Select((w, i) => i < 100 ? $"new{i}" : w))), 0, OriginalChange.Threshold - 1);

    [Theory]
    [InlineData("", "", 100)]
    [InlineData("", "some words", 0)]
    [InlineData("two words", "two words", 100)]
    public void Few_words_are_compared_too(string before, string now, int expected) => Assert.Equal(expected, OriginalChange.Likeness(before, now));
}
