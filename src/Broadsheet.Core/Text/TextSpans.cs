using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Text;

namespace Broadsheet.Core.Text;

/// <summary>Finds places in what a reader sees of safe markup, across its inline elements, and covers them.</summary>
internal static class TextSpans
{
    /// <summary>Elements that do not part words.</summary>
    private static readonly FrozenSet<string> Inline = new[] { "a", "abbr", "acronym", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The longest name of a character that the sanitiser writes, such as <c>&amp;#1114111;</c>.</summary>
    private const int LongestEntity = 12;

    /// <summary>Leaves the first letter of each place and puts <paramref name="cover"/> for the rest. Of places that overlap the earlier and longer one counts.</summary>
    /// <param name="find">Gets the text with a line break between blocks; gives places in it, in UTF-16 code units.</param>
    /// <param name="cover">Plain text without <c>&lt;</c> and <c>&amp;</c>.</param>
    public static SafeHtml Cover(SafeHtml html, Func<string, IReadOnlyList<(int Start, int Length)>> find, string cover)
    {
        var (source, text, places) = (html.Value, new StringBuilder(html.Value.Length), new List<(int From, int To)>(html.Value.Length));
        Read(source, text, places);
        var shown = text.ToString();
        var found = find(shown).Where(f => f.Length > 0).OrderBy(f => f.Start).ThenByDescending(f => f.Length).ToList();
        if (found.Count == 0) return html;
        var (covered, at, end) = (new StringBuilder(source.Length), 0, 0);
        foreach (var (start, length) in found)
        {
            if (start < end) continue;
            end = start + length;
            var rest = start + StringInfo.GetNextTextElementLength(shown, start);
            if (rest >= end) continue;
            covered.Append(source, at, places[rest].From - at).Append(cover);
            at = places[rest].From;
            // Only the letters go: tags between them stay where they are.
            for (var i = rest; i < end; i++)
            {
                if (places[i].From < at) continue;
                if (places[i].From > at) covered.Append(source, at, places[i].From - at);
                at = places[i].To;
            }
        }
        return new SafeHtml(covered.Append(source, at, source.Length - at).ToString());
    }

    /// <param name="places">Gets, for each code unit of the text, where it stands in the markup.</param>
    private static void Read(string source, StringBuilder text, List<(int From, int To)> places)
    {
        for (var at = 0; at < source.Length;)
        {
            var end = at + 1;
            if (source[at] == '<')
            {
                end = WordMarks.EndOfTag(source, at);
                if (!Inline.Contains(NameOf(source, at))) Add("\n", end, end);
            }
            else if (source[at] == '&' && source.IndexOf(';', at, Math.Min(LongestEntity, source.Length - at)) is > 0 and var semicolon)
            {
                end = semicolon + 1;
                Add(WebUtility.HtmlDecode(source[at..end]), at, end);
            }
            else Add(source.AsSpan(at, 1), at, end);
            at = end;
        }

        void Add(ReadOnlySpan<char> letters, int from, int to)
        {
            text.Append(letters);
            foreach (var _ in letters) places.Add((from, to));
        }
    }

    private static string NameOf(string source, int open)
    {
        var from = open + (open + 1 < source.Length && source[open + 1] == '/' ? 2 : 1);
        var to = from;
        while (to < source.Length && char.IsAsciiLetterOrDigit(source[to])) to++;
        return source[from..to];
    }
}
