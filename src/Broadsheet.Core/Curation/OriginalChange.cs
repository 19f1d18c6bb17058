using Broadsheet.Core.Text;

namespace Broadsheet.Core.Curation;

/// <summary>How much of a text is still as it was.</summary>
public static class OriginalChange
{
    /// <summary>Below it a text counts as changed: a corrected name in a story of some length does not reach it, a rewritten paragraph does.</summary>
    public const int Threshold = 90;

    private const int Run = 4;

    /// <summary>The share of runs of four words that both have, of those that either has, as a percentage rounded down; 100 for two texts without words.</summary>
    public static int Likeness(string before, string now)
    {
        var (one, other) = (Runs(before), Runs(now));
        var all = one.Union(other, StringComparer.Ordinal).Count();
        return all == 0 ? 100 : 100 * one.Intersect(other, StringComparer.Ordinal).Count() / all;
    }

    private static HashSet<string> Runs(string text)
    {
        var words = SearchWords.Split(SearchWords.Fold(text), pairsOnly: false).ToArray();
        var runs = new HashSet<string>(StringComparer.Ordinal);
        if (words.Length is > 0 and < Run) runs.Add(string.Join(' ', words));
        for (var i = 0; i + Run <= words.Length; i++) runs.Add(string.Join(' ', words, i, Run));
        return runs;
    }
}
