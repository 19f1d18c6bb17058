using System.Runtime.CompilerServices;

namespace Broadsheet.Core.Screening.Words;

/// <summary>Keeps what was built of word lists: by the list itself, and by its content for a list that was read again.</summary>
internal static class WordMatchers
{
    // A publication has two lists; those of a few versions live on until no comment needs them.
    private const int MostKept = 4;

    private static readonly ConditionalWeakTable<IReadOnlyList<string>, WordMatcher> ByList = new();
    private static readonly Lock Building = new();
    private static readonly List<(IReadOnlyList<string> List, WordMatcher Matcher)> ByContent = [];

    public static WordMatcher Of(IReadOnlyList<string> list) => ByList.TryGetValue(list, out var known) ? known : Find(list);

    private static WordMatcher Find(IReadOnlyList<string> list)
    {
        lock (Building)
        {
            var at = ByContent.FindIndex(k => k.List.Count == list.Count && k.List.SequenceEqual(list, StringComparer.Ordinal));
            var kept = at >= 0 ? ByContent[at] : (List: [.. list], Matcher: WordMatcher.Of(list, WordBorders.Anywhere));
            if (at >= 0) ByContent.RemoveAt(at);
            ByContent.Add(kept);
            if (ByContent.Count > MostKept) ByContent.RemoveAt(0);
            ByList.AddOrUpdate(list, kept.Matcher);
            return kept.Matcher;
        }
    }
}
