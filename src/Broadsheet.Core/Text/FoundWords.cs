using System.Text;

namespace Broadsheet.Core.Text;

/// <summary>A piece of a text round the words that were looked for.</summary>
internal static class FoundWords
{
    private const int MaxText = 200_000;

    public static SafeHtml Of(string plainText, IReadOnlyList<string> terms, int around)
    {
        var text = plainText.Length > MaxText ? plainText[..MaxText] : plainText;
        var spans = Find(text, terms);
        around = Math.Max(20, around);
        var from = spans.Count == 0 ? 0 : WordStart(text, Math.Max(0, spans[0].Start - around / 3));
        var to = WordEnd(text, Math.Min(text.Length, from + around), from);
        var html = new StringBuilder(from > 0 ? "… " : "");
        var at = from;
        foreach (var (start, end) in spans)
        {
            if (start < at || end > to) continue;
            MarkupWriter.Escape(html, text.AsSpan(at, start - at), quote: false);
            html.Append("<mark>");
            MarkupWriter.Escape(html, text.AsSpan(start, end - start), quote: false);
            html.Append("</mark>");
            at = end;
        }

        MarkupWriter.Escape(html, text.AsSpan(at, to - at), quote: false);
        if (to < text.Length) html.Append(" …");
        return new SafeHtml(html.ToString());
    }

    private static List<(int Start, int End)> Find(string text, IReadOnlyList<string> terms)
    {
        var spans = new List<(int Start, int End)>();
        if (terms.Count == 0) return spans;
        var at = 0;
        while (at < text.Length && spans.Count < 50)
        {
            if (SearchWords.IsUnspaced(text[at]))
            {
                var pair = SearchWords.Fold(text.Substring(at, Math.Min(2, text.Length - at)));
                if (terms.Any(t => pair.StartsWith(t, StringComparison.Ordinal))) Join(spans, at, at + Math.Min(2, text.Length - at));
                at++;
                continue;
            }

            if (!char.IsLetterOrDigit(text[at]))
            {
                at++;
                continue;
            }

            var from = at;
            while (at < text.Length && !SearchWords.IsUnspaced(text[at]) && (char.IsLetterOrDigit(text[at]) || char.GetUnicodeCategory(text[at]) is System.Globalization.UnicodeCategory.NonSpacingMark || text[at] is '\'' or '’' && at + 1 < text.Length && char.IsLetter(text[at + 1]))) at++;
            if (at - from > SearchWords.MaxWord) continue;
            var word = SearchWords.Index(text[from..at]);
            if (terms.Any(t => word.StartsWith(t, StringComparison.Ordinal))) spans.Add((from, at));
        }

        return spans;
    }

    private static void Join(List<(int Start, int End)> spans, int start, int end)
    {
        if (spans.Count > 0 && spans[^1].End >= start) spans[^1] = (spans[^1].Start, end);
        else spans.Add((start, end));
    }

    private static int WordStart(string text, int at)
    {
        if (at == 0) return 0;
        var space = text.AsSpan(at, Math.Min(30, text.Length - at)).IndexOf(' ');
        return space >= 0 ? at + space + 1 : char.IsLowSurrogate(text[at]) ? at + 1 : at;
    }

    private static int WordEnd(string text, int at, int least)
    {
        if (at >= text.Length) return text.Length;
        var space = text.LastIndexOf(' ', at, Math.Min(30, at - least));
        return space > least ? space : char.IsLowSurrogate(text[at]) ? at - 1 : at;
    }
}
