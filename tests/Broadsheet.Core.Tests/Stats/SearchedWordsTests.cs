using Broadsheet.Core.Stats;

namespace Broadsheet.Core.Tests.Stats;

public sealed class SearchedWordsTests
{
    [Theory]
    [InlineData("  Harbour\t\u00a0Bridge ", "harbour bridge")]
    [InlineData("ＨＡＲＢＯＵＲ", "harbour")]
    [InlineData("budget 2026", "budget 2026")]
    [InlineData("ann@example.org", null)]
    [InlineData("call 0171 2345678", null)]
    [InlineData("   ", null)]
    [InlineData(null, null)]
    public void Words_are_folded_and_addresses_and_numbers_left_out(string? typed, string? words) => Assert.Equal(words, SearchedWords.Of(typed));

    [Fact]
    public void Words_without_end_are_cut_between_characters()
    {
        var words = SearchedWords.Of(string.Concat(Enumerable.Repeat("𝔥", 100)))!;
        Assert.True(words.Length <= SearchedWords.MaxLength);
        Assert.False(char.IsHighSurrogate(words[^1]));
    }
}
