using System.Text;

namespace Broadsheet.Core.Text;

/// <summary>A rendered body as lines of plain text, a line a block, without the marks of notes: for summaries, and for showing readers what changed.</summary>
public static class ReadableLines
{
    public static string Of(SafeHtml html)
    {
        var (lines, line) = (new StringBuilder(), new StringBuilder());
        var scanner = new MarkupScanner(html.Value);
        while (scanner.Read())
        {
            if (NoteMarks.Skip(ref scanner)) continue;
            if (scanner.Tag is { } tag && (tag.Is(TagTraits.ClosesParagraph) || tag.Name is "br" or "li" or "tr" or "figcaption")) End(lines, line);
            else line.Append(scanner.Raw);
        }

        End(lines, line);
        return lines.ToString();
    }

    private static void End(StringBuilder lines, StringBuilder line)
    {
        if (PlainText.Of(new SafeHtml(line.ToString())).Trim() is { Length: > 0 } words) lines.Append(words).Append('\n');
        line.Clear();
    }
}
