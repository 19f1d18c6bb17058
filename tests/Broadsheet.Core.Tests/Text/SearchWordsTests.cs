using Broadsheet.Core.Text;
using CsCheck;

namespace Broadsheet.Core.Tests.Text;

public sealed class SearchWordsTests
{
    [Theory]
    [InlineData("The Café, re-opened: don’t MISS it!", "the cafe re opened dont miss it")]
    [InlineData("STRASSE Straße ﬁne Ærø Łódź", "strasse strasse fine aero lodz")]
    [InlineData("İstanbul IŞIK ısı", "istanbul isik isi")]
    [InlineData("日本語 text", "日本 本語 語 text")]
    [InlineData("한국어", "한국 국어 어")]
    [InlineData("がぎ", "がぎ ぎ")]
    [InlineData("ΣΊΣΥΦΟΣ", "σισυφοσ")]
    [InlineData("हिन्दी", "हिन्दी")]
    [InlineData("  ", "")]
    [InlineData("①②", "12")]
    public void A_text_is_indexed_by_folded_words(string text, string words) => Assert.Equal(words, SearchWords.Index(text));

    [Theory]
    [InlineData("Café café CAFÉ", "cafe")]
    [InlineData("日本語", "日本 本語")]
    [InlineData("日", "日")]
    [InlineData("\"quoted\" AND -x*", "quoted and x")]
    [InlineData("...", "")]
    public void A_question_is_folded_alike(string written, string terms) => Assert.Equal(terms, string.Join(' ', SearchWords.Query(written)));

    [Fact]
    public void A_question_has_at_most_sixteen_terms() =>
        Assert.Equal(SearchWords.MaxTerms, SearchWords.Query(string.Join(' ', Enumerable.Range(1, 40).Select(i => $"w{i}"))).Length);

    [Theory]
    [InlineData("Ann@Example.TEST", "ann@example.test")]
    [InlineData("José", "jose")]
    public void Folding_keeps_everything_but_case_and_marks(string text, string folded) => Assert.Equal(folded, SearchWords.Fold(text));

    [Fact]
    public void Every_word_of_a_text_is_found_by_asking_for_it() => Gen.String.Sample(text =>
    {
        var index = SearchWords.Index(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var term in SearchWords.Query(text)) Assert.Contains(index, w => w.StartsWith(term, StringComparison.Ordinal));
    });

    [Theory]
    [InlineData("The Café <re>opens & more", "cafe reopens", "The <mark>Café</mark> &lt;re&gt;opens &amp; more")]
    [InlineData("新しい日本語の新聞", "日本 本語", "新しい<mark>日本語</mark>の新聞")]
    [InlineData("harbours reopen", "harbour", "<mark>harbours</mark> reopen")]
    [InlineData("nothing here", "absent", "nothing here")]
    public void Found_words_are_marked(string text, string terms, string shown) =>
        Assert.Equal(shown, SearchWords.Highlight(text, terms.Split(' '), 200).Value);

    [Fact]
    public void A_snippet_lies_round_the_first_find()
    {
        var text = string.Concat(Enumerable.Repeat("filler words ", 100)) + "needle " + string.Concat(Enumerable.Repeat("more words ", 100));
        var snippet = SearchWords.Highlight(text, ["needle"], 80).Value;
        Assert.StartsWith("… ", snippet, StringComparison.Ordinal);
        Assert.EndsWith(" …", snippet, StringComparison.Ordinal);
        Assert.Contains("<mark>needle</mark>", snippet, StringComparison.Ordinal);
        Assert.InRange(snippet.Length, 60, 120);
    }

    [Fact]
    public void Any_snippet_is_inert() => Gen.Select(Gen.String, Gen.String).Sample((text, written) =>
        Assert.Empty(InertMarkup.Faults(SearchWords.Highlight(text, SearchWords.Query(written + text), 30).Value, MarkupRights.Editor)));
}
