using Broadsheet.Core.Text;

namespace Broadsheet.Core.Curation;

/// <summary>Counts the words of a text that stand in another. A character of a script without spaces counts as one word.</summary>
public static class CopiedWords
{
    /// <summary>Shorter runs are anybody's words: names, dates, turns of phrase.</summary>
    public const int LeastRun = 8;

    public static int CountAll(string text) => SearchWords.Split(SearchWords.Fold(text), pairsOnly: false).Count();

    /// <summary>How many words of the text stand in runs of at least <see cref="LeastRun"/> that the original holds too, whatever the case, accents and punctuation.</summary>
    public static int Count(string text, string original)
    {
        var words = SearchWords.Split(SearchWords.Fold(text), pairsOnly: false).ToArray();
        var source = SearchWords.Split(SearchWords.Fold(original), pairsOnly: false).ToArray();
        var run = Math.Min(LeastRun, source.Length);
        if (run == 0 || words.Length < run) return 0;
        var known = Enumerable.Range(0, source.Length - run + 1).Select(i => Run(source, i, run)).ToHashSet(StringComparer.Ordinal);
        var (count, counted) = (0, 0);
        for (var i = 0; i + run <= words.Length; i++)
        {
            if (!known.Contains(Run(words, i, run))) continue;
            count += i + run - Math.Max(i, counted);
            counted = i + run;
        }

        return count;
    }

    private static string Run(string[] words, int from, int length) => string.Join(' ', words, from, length);
}
