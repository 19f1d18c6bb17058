using Broadsheet.Core.Screening.Words;
using CsCheck;

namespace Broadsheet.Core.Tests.Screening.Words;

public sealed class WordMatcherTests
{
    private static readonly Gen<string> Soup = OneOf("a", "s", "ss", "b", "l", "1", "0", "$", "@", " ", ".", "-", "A", "é", "а", "і", "界", "世", "\u200B", "\u0301", "\uD83D", "😀", "ß", "ﬁ", "\n", "İ", "ก", "한").Array[0, 40].Select(string.Concat);

    [Theory]
    [InlineData("viagra", "buy VIAGRA now", "VIAGRA")]
    [InlineData("viagra", "v i a g r a now", "v i a g r a")]
    [InlineData("viagra", "get V.I.A.G.R.A", "V.I.A.G.R.A")]
    [InlineData("viagra", "v-i-a-g-r-a", "v-i-a-g-r-a")]
    [InlineData("viagra", "vi\u200Bag\u00ADra", "vi\u200Bag\u00ADra")]
    [InlineData("viagra", "v1@gr4!", "v1@gr4")]
    [InlineData("viagra", "viaaaaagra", "viaaaaagra")]
    [InlineData("viagra", "vіаgrа", "vіаgrа")]
    [InlineData("viagra", "ｖｉａｇｒａ 𝐯𝐢𝐚𝐠𝐫𝐚", "ｖｉａｇｒａ")]
    [InlineData("viagra", "víágrä", "víágrä")]
    [InlineData("cheap flights", "ch3ap   fl1ghts", "ch3ap   fl1ghts")]
    [InlineData("赌博", "我赌博了", "赌博")]
    [InlineData("赌博", "赌 博", "赌 博")]
    [InlineData("казино", "лучшее КАЗИНО", "КАЗИНО")]
    [InlineData("pédé", "un pede", "pede")]
    [InlineData("straße", "die STRASSE", "STRASSE")]
    public void An_entry_is_found_in_disguise_and_marked_where_it_stands(string entry, string text, string marked)
    {
        var found = WordMatcher.Of([entry], WordBorders.Words).Find(text);

        Assert.Contains((entry, marked), found.Select(f => (f.Entry, text.Substring(f.Start, f.Length))));
    }

    [Theory]
    [InlineData("ass", "class passes as assets")]
    [InlineData("ass", "as")]
    [InlineData("cop", "a coop")]
    [InlineData("рак", "pak")]
    [InlineData("100", "loo")]
    [InlineData("shit", "Shitake is lovely")]
    public void Other_words_are_left_alone(string entry, string text) => Assert.Empty(WordMatcher.Of([entry], WordBorders.Words).Find(text));

    [Fact]
    public void WordPress_lists_count_within_words_too()
    {
        var matcher = WordMatcher.Of(["press", "198.51.100", "bad.example"], WordBorders.Anywhere);

        Assert.Equal(["press", "198.51.100", "bad.example"], matcher.Find("WordPress\n198.51.100.7\nhttp://not-bad.example/x").Select(f => f.Entry));
    }

    [Fact]
    public void It_finds_what_a_naive_search_finds() =>
        Gen.Select(Soup.Array[1, 12], Soup).Sample((entries, text) =>
        {
            var folded = ScreeningFold.Fold(text);
            // Entries in look-alikes are looked for as they are written.
            var plain = entries.Select(e => e.Trim()).Where(e => !WordMatcher.IsInLookAlikes(e, ScreeningFold.Fold(e).Trim())).ToArray();
            var naive = plain.Select(e => ScreeningFold.Fold(e).Trim()).Where(f => f.Length > 0 && folded.Contains(f, StringComparison.Ordinal)).ToHashSet();
            var found = WordMatcher.Of(plain, WordBorders.Anywhere).Find(text).Select(f => ScreeningFold.Fold(f.Entry).Trim()).ToHashSet();
            Assert.Subset(found, naive);
        }, iter: 3_000);

    [Fact]
    public void An_obfuscated_entry_is_still_found() =>
        Gen.Select(OneOf("viagra", "casino", "replica", "escort", "loans"), Gen.Int[0, 5], Gen.Int).Sample((entry, way, seed) =>
            Assert.Contains(WordMatcher.Of(["other", entry], WordBorders.Words).Find($"so {Disguise(entry, way, seed)} it is"), f => f.Entry == entry), iter: 500);

    private static string Disguise(string word, int way, int seed) => way switch
    {
        0 => string.Join(' ', word.ToCharArray()),
        1 => string.Join('.', word.ToCharArray()),
        2 => string.Join('\u200B', word.ToUpperInvariant().ToCharArray()),
        3 => word.Replace('a', '@').Replace('i', '1').Replace('o', '0').Replace('s', '$').Replace('e', '3'),
        4 => word.Replace('a', 'а').Replace('o', 'о').Replace('e', 'е').Replace('c', 'с'),
        _ => word.Insert((seed & 0xFF) % word.Length is var at ? at : 0, new string(word[at], 3)),
    };

    [Fact]
    public void It_never_throws_and_marks_only_what_is_there() =>
        Gen.Select(Gen.OneOf(Soup, Gen.String).Array[0, 8], Gen.OneOf(Soup, Gen.String), Gen.Bool).Sample((entries, text, anywhere) =>
        {
            foreach (var found in WordMatcher.Of(entries, anywhere ? WordBorders.Anywhere : WordBorders.Words).Find(text))
            {
                Assert.InRange(found.Start, 0, text.Length - 1);
                Assert.InRange(found.Start + found.Length, found.Start + 1, text.Length);
            }
        }, iter: 5_000);

    [Fact]
    public void Fifty_thousand_entries_make_no_more_work_than_ten()
    {
        var text = string.Concat(Enumerable.Repeat("The new wall is higher than the council said it would be, and nobody asked us. ", 5));
        var many = WordMatcher.Of(Enumerable.Range(0, 50_000).Select(i => $"{(char)('a' + (i % 26))}{(char)('a' + (i / 26 % 26))}{(char)('a' + (i / 676 % 26))}{i}x"), WordBorders.Anywhere);
        var few = WordMatcher.Of(["viagra", "casino", "poker", "loans", "replica", "escort", "wholesale", "togel", "backlinks", "outlet"], WordBorders.Anywhere);

        Assert.Empty(many.Find(text, out var ofMany));
        Assert.Empty(few.Find(text, out var ofFew));
        // Two passes, of at most two steps a character each, whatever the list.
        Assert.InRange(ofMany, text.Length, 4 * text.Length);
        Assert.InRange(ofFew, text.Length, 4 * text.Length);
    }

    [Fact]
    public void A_list_that_is_read_again_is_not_built_again()
    {
        string[] list = ["casino", "poker"];

        Assert.Same(WordMatchers.Of(list), WordMatchers.Of([.. list]));
        Assert.NotSame(WordMatchers.Of(list), WordMatchers.Of(["casino"]));
    }

    private static Gen<string> OneOf(params string[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);
}
