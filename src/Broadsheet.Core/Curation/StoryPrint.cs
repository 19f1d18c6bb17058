using System.Text;
using Broadsheet.Core.Screening;
using Broadsheet.Core.Text;

namespace Broadsheet.Core.Curation;

/// <summary>
/// A short print by which two outlets' tellings of one story are found: the print of how the text begins, and a hash of the headline's words.
/// Outlets rewrite headlines and cut texts from their end, so the beginning tells: its first <see cref="LeadWords"/> words.
/// </summary>
/// <param name="Lead">Null for a text of fewer than <see cref="LeastWords"/> words: too little to tell by.</param>
/// <param name="Headline">0 for a headline of fewer than <see cref="LeastHeadlineWords"/> words.</param>
public readonly record struct StoryPrint(TextPrint? Lead, long Headline)
{
    public const int LeadWords = 40;

    /// <summary>Enough for scripts without spaces, where words are not counted.</summary>
    public const int LeadCharacters = 400;

    public const int LeastWords = 15;
    public const int LeastHeadlineWords = 5;

    /// <summary>Outlets tell one story within so long of each other; later, like words are another day's story.</summary>
    public static readonly TimeSpan Together = TimeSpan.FromHours(72);

    /// <param name="headline">Plain text.</param>
    /// <param name="text">Plain text; null or short when the outlet sends none.</param>
    public static StoryPrint Of(string headline, string? text)
    {
        var words = SearchWords.Split(SearchWords.Fold(headline), pairsOnly: false).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var lead = Beginning(text ?? "");
        var print = SearchWords.Split(SearchWords.Fold(lead), pairsOnly: false).Take(LeastWords).Count() < LeastWords ? null : TextPrint.Of(lead);
        return new StoryPrint(print, words.Count < LeastHeadlineWords ? 0 : Hash(words));
    }

    /// <summary>Whether two outlets tell one story: a headline of the same words, or a beginning of nearly the same.</summary>
    /// <param name="apart">Between their dates, either way.</param>
    public bool IsSameStory(StoryPrint other, TimeSpan apart)
    {
        if (apart.Duration() > Together) return false;
        if (Headline != 0 && Headline == other.Headline) return true;
        return Lead is { } lead && other.Lead is { } its && lead.IsLike(its.First, its.Second);
    }

    private static string Beginning(string text)
    {
        var to = new StringBuilder();
        var words = 0;
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (words++ == LeadWords || to.Length > LeadCharacters) break;
            to.Append(word).Append(' ');
        }

        var length = Math.Min(to.Length, LeadCharacters);
        if (length > 0 && char.IsHighSurrogate(to[length - 1])) length--;
        return to.ToString(0, length);
    }

    /// <summary>FNV-1a: the same in every process.</summary>
    private static long Hash(List<string> words)
    {
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var word in words)
        {
            foreach (var c in word) hash = (hash ^ c) * 1_099_511_628_211UL;
            hash = (hash ^ ' ') * 1_099_511_628_211UL;
        }

        return hash == 0 ? 1 : (long)hash;
    }
}
