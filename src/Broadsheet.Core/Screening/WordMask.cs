using Broadsheet.Core.Screening.Words;
using Broadsheet.Core.Text;

namespace Broadsheet.Core.Screening;

/// <summary>Shows words of a list as their first letter and dots, also in disguise: as whole words, so that nothing is cut out of another. Addresses of links are left as they are.</summary>
public static class WordMask
{
    /// <summary>As many for each word: its length would give it away.</summary>
    public const string Dots = "•••";

    /// <returns>The same where none of the words is in it.</returns>
    public static SafeHtml Of(SafeHtml html, IReadOnlyList<string> words) =>
        words.Count == 0 ? html : TextSpans.Cover(html, text => [.. WordMatchers.Of(words, WordBorders.Words).Find(text).Select(f => (f.Start, f.Length))], Dots);

    /// <summary>Whether something in it may be masked.</summary>
    public static bool IsIn(string html) => html.Contains(Dots, StringComparison.Ordinal);
}
