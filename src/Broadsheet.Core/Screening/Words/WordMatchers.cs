using System.Runtime.CompilerServices;

namespace Broadsheet.Core.Screening.Words;

/// <summary>Keeps what was built of word lists: by the list itself, and by its content for a list that was read again.</summary>
internal static class WordMatchers
{
    // A publication has four lists; those of a few versions live on until no comment needs them.
    private const int MostKept = 8;

    private static readonly ConditionalWeakTable<IReadOnlyList<string>, WordMatcher>[] ByList = [new(), new()];
    private static readonly Lock Building = new();
    private static readonly List<(IReadOnlyList<string> List, WordBorders Borders, WordMatcher Matcher)> ByContent = [];

    public static WordMatcher Of(IReadOnlyList<string> list, WordBorders borders = WordBorders.Anywhere) => ByList[(int)borders].TryGetValue(list, out var known) ? known : Find(list, borders);

    private static WordMatcher Find(IReadOnlyList<string> list, WordBorders borders)
    {
        lock (Building)
        {
            var at = ByContent.FindIndex(k => k.Borders == borders && k.List.Count == list.Count && k.List.SequenceEqual(list, StringComparer.Ordinal));
            var kept = at >= 0 ? ByContent[at] : (List: [.. list], borders, Matcher: WordMatcher.Of(list, borders));
            if (at >= 0) ByContent.RemoveAt(at);
            ByContent.Add(kept);
            if (ByContent.Count > MostKept) ByContent.RemoveAt(0);
            ByList[(int)borders].AddOrUpdate(list, kept.Matcher);
            return kept.Matcher;
        }
    }
}
