namespace Broadsheet.Core.Text;

/// <summary>How long a text takes to read silently.</summary>
public static class ReadingTime
{
    // Brysbaert (2019): 238 words a minute for English prose. Chinese is read at some 400 characters a minute.
    private const double WordsAMinute = 238;
    private const double UnspacedCharactersAMinute = 400;

    /// <summary>Whole minutes, rounded up, at least 1; 0 only for a text without words.</summary>
    public static int Minutes(SafeHtml html)
    {
        var text = PlainText.Of(html);
        int words = 0, unspaced = 0;
        var inWord = false;
        foreach (var c in text)
        {
            if (SearchWords.IsUnspaced(c)) unspaced++;
            var word = char.IsLetterOrDigit(c) && !SearchWords.IsUnspaced(c);
            if (word && !inWord) words++;
            inWord = c != ' ' && (word || inWord);
        }

        return (int)Math.Ceiling(words / WordsAMinute + unspaced / UnspacedCharactersAMinute);
    }
}
