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
    /// <param name="words">At least 1.</param>
    public static string Of(SafeHtml html, int words = DefaultWords) => Cut(PlainText.Of(html), words);

    /// <summary>The first words of an article's body that are told in sentences: no notes, tables, captions, code or addresses, unless there is nothing else.</summary>
    /// <param name="body">As rendered; only its first page, before <c>&lt;!--more--&gt;</c>, is read when it has such a marker.</param>
    public static string OfBody(SafeHtml body)
    {
        var teaser = ArticleBody.Teaser(body).Html;
        return Cut(Prose.Of(teaser) is { Length: > 0 } prose ? prose : PlainText.Of(teaser), DefaultWords);
    }

    private static string Cut(string text, int words)
    {
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
