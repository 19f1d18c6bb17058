using System.Text;

namespace Broadsheet.Core.Text;

/// <summary>A rendered body as lines of plain text, a line a block: for showing readers what changed.</summary>
public static class ReadableLines
{
    public static string Of(SafeHtml html)
    {
        var (lines, from) = (new StringBuilder(), 0);
        var scanner = new MarkupScanner(html.Value);
        while (scanner.Read())
        {
            if (scanner.Token is MarkupToken.Text or MarkupToken.Comment || scanner.Tag is not { } tag || !(tag.Is(TagTraits.ClosesParagraph) || tag.Name is "br" or "li" or "tr" or "figcaption")) continue;
            Add(lines, html.Value[from..scanner.Position]);
            from = scanner.Position;
        }
        Add(lines, html.Value[from..]);
        return lines.ToString();
    }

    private static void Add(StringBuilder lines, string markup)
    {
        if (PlainText.Of(new SafeHtml(markup)).Trim() is { Length: > 0 } words) lines.Append(words).Append('\n');
    }
}
