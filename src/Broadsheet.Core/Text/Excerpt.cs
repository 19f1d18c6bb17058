using System.Text;

namespace Broadsheet.Core.Text;

/// <summary>The beginning of a text in plain words.</summary>
public static class Excerpt
{
    /// <summary>WordPress's length of an automatic excerpt, in words.</summary>
    public const int DefaultWords = 55;

    // In scripts without spaces a "word" is this many characters long, on average.
    private const int UnspacedWord = 2;

    /// <summary>The first words, with "…" when there are more. Han, kana, hangul and Thai count two characters a word.</summary>
    /// <param name="html">A rendered body; only its first page, before <c>&lt;!--more--&gt;</c>, is read when it has such a marker.</param>
    /// <param name="words">At least 1.</param>
    public static string Of(SafeHtml html, int words = DefaultWords)
    {
        var text = PlainText.Of(ArticleBody.Teaser(html).Html);
        var budget = Math.Max(1, words) * UnspacedWord;
        var inWord = false;
        for (var i = 0; i < text.Length; i++)
        {
            var unspaced = SearchWords.IsUnspaced(text[i]);
            var cost = unspaced ? 1 : text[i] != ' ' && !inWord ? UnspacedWord : 0;
            inWord = !unspaced && text[i] != ' ';
            budget -= cost;
            if (budget < 0) return new StringBuilder(text, 0, i, i + 1).ToString().TrimEnd(' ', ',', ';', ':', '–', '—', '-', '.', '。', '…') + "…";
        }

        return text;
    }
}
