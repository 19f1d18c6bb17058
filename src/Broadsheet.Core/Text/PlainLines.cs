using System.Text;

namespace Broadsheet.Core.Text;

/// <summary>The words of sanitised markup as lines of plain text, for mail: paragraphs stand apart, line breaks and items of lists stay.</summary>
public static class PlainLines
{
    /// <summary>At most two line breaks in a row; no white space at the ends of lines. One pass, for any input.</summary>
    /// <param name="html">Sanitised markup.</param>
    /// <param name="atMost">UTF-16 code units; what is longer ends in "…" and no half of a character.</param>
    public static string Of(SafeHtml html, int atMost)
    {
        var text = new StringBuilder();
        var scanner = new MarkupScanner(html.Value);
        var pre = 0;
        while (text.Length <= atMost && scanner.Read())
        {
            switch (scanner.Token)
            {
                case MarkupToken.Text:
                    Append(text, PlainText.Decode(scanner.Inner.ToString()), pre > 0);
                    break;
                case MarkupToken.StartTag when scanner.Tag is { } tag && tag.Is(TagTraits.RawText):
                    scanner.ReadRawContent(tag.Name);
                    break;
                case MarkupToken.StartTag or MarkupToken.EndTag when scanner.Tag is { } tag:
                    if (tag.Name == "pre") pre = Math.Max(0, pre + (scanner.Token == MarkupToken.StartTag ? 1 : -1));
                    Break(text, tag, scanner.Token == MarkupToken.StartTag);
                    break;
            }
        }

        return Cut(text.ToString().Trim(), atMost);
    }

    private static void Break(StringBuilder text, HtmlTag tag, bool isStart)
    {
        if (tag.Name == "br") Line(text, 1, evenIfThere: isStart);
        else if (tag.Name is "li" or "tr" or "dt" or "dd")
        {
            Line(text, 1, evenIfThere: false);
            if (isStart && tag.Name == "li") text.Append("• ");
        }
        else if (tag.Is(TagTraits.ClosesParagraph)) Line(text, tag.Name is "ul" or "ol" && text.Length == 0 ? 1 : 2, evenIfThere: false);
    }

    /// <summary>Ends the line; blank lines do not add up.</summary>
    private static void Line(StringBuilder text, int wanted, bool evenIfThere)
    {
        while (text.Length > 0 && text[^1] == ' ') text.Length--;
        if (text.Length == 0) return;
        var there = text[^1] == '\n' ? text.Length > 1 && text[^2] == '\n' ? 2 : 1 : 0;
        if (evenIfThere) wanted = Math.Min(2, there + 1);
        for (; there < wanted; there++) text.Append('\n');
    }

    private static void Append(StringBuilder text, string words, bool asWritten)
    {
        foreach (var c in words)
        {
            if (c == '\0') continue;
            if (!char.IsWhiteSpace(c)) text.Append(c);
            else if (asWritten) text.Append(c is '\n' or '\t' ? c : ' ');
            else if (text.Length > 0 && text[^1] is not (' ' or '\n')) text.Append(' ');
        }
    }

    private static string Cut(string text, int atMost)
    {
        if (text.Length <= atMost) return text;
        var end = char.IsHighSurrogate(text[atMost - 1]) ? atMost - 1 : atMost;
        var space = text.AsSpan(0, end).LastIndexOfAny(' ', '\n');
        return text[..(space > end - 40 && space > 0 ? space : end)].TrimEnd() + "…";
    }
}
