using System.Text;

namespace Broadsheet.Core.Text;

/// <summary>An address alone on its line: where WordPress fetches a player from elsewhere, we set a plain link (no third party is called).</summary>
internal static class EmbedLines
{
    public static string Expand(string markup)
    {
        if (!markup.Contains("http", StringComparison.OrdinalIgnoreCase)) return markup;
        var expanded = new StringBuilder(markup.Length + 128);
        var scanner = new MarkupScanner(markup);
        var verbatim = 0;
        var freshLine = true;
        while (scanner.Read())
        {
            if (scanner.Token == MarkupToken.Text && verbatim == 0)
            {
                Lines(expanded, scanner.Inner, freshLine, EndsAtBlock(markup, scanner.Position));
                freshLine = scanner.Inner.EndsWith("\n", StringComparison.Ordinal);
                continue;
            }

            expanded.Append(scanner.Raw);
            if (scanner.Tag is { Name: "pre" or "code" or "a" or "script" or "style" or "textarea" }) verbatim = Math.Max(0, verbatim + (scanner.Token == MarkupToken.StartTag ? 1 : -1));
            freshLine = scanner.Token == MarkupToken.Comment || scanner.Tag is { } tag && (tag.Is(TagTraits.ClosesParagraph) || tag.Name == "br");
        }

        return expanded.ToString();
    }

    /// <summary>A link in a paragraph of its own; nothing for an address that may not be linked.</summary>
    public static string Paragraph(string address)
    {
        if (EmbedLink.From(address) is not { } link) return "";
        var markup = new StringBuilder($"\n\n<p><a class=\"{MarkupPolicy.EmbedClass}\" href=\"");
        MarkupWriter.Escape(markup, link.Address, quote: true);
        markup.Append("\">");
        MarkupWriter.Escape(markup, link.Label, quote: false);
        return markup.Append("</a></p>\n\n").ToString();
    }

    private static void Lines(StringBuilder to, ReadOnlySpan<char> text, bool freshLine, bool endsLine)
    {
        while (true)
        {
            var end = text.IndexOf('\n');
            var line = end < 0 ? text : text[..end];
            var address = line.Trim();
            if (freshLine && (end >= 0 || endsLine) && address.StartsWith("http", StringComparison.OrdinalIgnoreCase) && BareAddress.LengthAt(address, 0) == address.Length
                && Paragraph(PlainText.Decode(address.ToString())) is { Length: > 0 } paragraph) to.Append(paragraph);
            else to.Append(line);
            if (end < 0) return;
            to.Append('\n');
            text = text[(end + 1)..];
            freshLine = true;
        }
    }

    private static bool EndsAtBlock(string markup, int at)
    {
        var next = new MarkupScanner(markup, at);
        return !next.Read() || next.Token == MarkupToken.Comment || next.Tag is { } tag && (tag.Is(TagTraits.ClosesParagraph) || tag.Name == "br");
    }
}
