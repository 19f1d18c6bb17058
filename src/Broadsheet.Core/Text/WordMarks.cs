using System.Net;
using System.Text;

namespace Broadsheet.Core.Text;

/// <summary>Marks words in a text, for someone who looks for them.</summary>
public static class WordMarks
{
    /// <summary>Puts <c>mark</c> around each occurrence of each word, in either case, outside of tags; where two overlap, the earlier and longer one counts.</summary>
    /// <param name="words">As a reader sees them. Those that are empty are left out.</param>
    public static SafeHtml Mark(SafeHtml html, IReadOnlyList<string> words)
    {
        List<string> wanted = [.. words.Where(w => w.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).OrderByDescending(w => w.Length)];
        if (wanted.Count == 0) return html;
        var (text, marked, at) = (html.Value, new StringBuilder(html.Value.Length + 64), 0);
        while (at < text.Length)
        {
            var open = text.IndexOf('<', at);
            if (open < 0) open = text.Length;
            MarkText(text[at..open], wanted, marked);
            if (open == text.Length) break;
            at = EndOfTag(text, open);
            marked.Append(text, open, at - open);
        }
        return new SafeHtml(marked.ToString());
    }

    /// <summary>Values may hold an angle bracket (HTML §13.3); they stand in double quotes.</summary>
    internal static int EndOfTag(string text, int open)
    {
        var isQuoted = false;
        for (var i = open; i < text.Length; i++)
        {
            if (text[i] == '"') isQuoted = !isQuoted;
            else if (text[i] == '>' && !isQuoted) return i + 1;
        }
        return text.Length;
    }

    private static void MarkText(string encoded, List<string> words, StringBuilder marked)
    {
        if (encoded.Length == 0) return;
        var (text, at) = (WebUtility.HtmlDecode(encoded), 0);
        if (!words.Exists(w => text.Contains(w, StringComparison.OrdinalIgnoreCase)))
        {
            marked.Append(encoded);
            return;
        }
        while (at < text.Length)
        {
            var found = words.Select(w => (Place: text.IndexOf(w, at, StringComparison.OrdinalIgnoreCase), w.Length)).Where(f => f.Place >= 0).OrderBy(f => f.Place).ThenByDescending(f => f.Length).FirstOrDefault((Place: text.Length, Length: 0));
            marked.Append(Encode(text[at..found.Place]));
            if (found.Length > 0) marked.Append("<mark>").Append(Encode(text[found.Place..(found.Place + found.Length)])).Append("</mark>");
            at = found.Place + found.Length;
        }
    }

    private static string Encode(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
