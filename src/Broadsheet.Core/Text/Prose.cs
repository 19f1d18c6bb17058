using System.Text;

namespace Broadsheet.Core.Text;

/// <summary>What of a body is told in sentences: without notes and their marks, tables, figures and their captions, players, code, and paragraphs that are only an address.</summary>
internal static class Prose
{
    /// <returns>Plain text; empty for a body that has nothing of the kind.</returns>
    public static string Of(SafeHtml body)
    {
        var kept = new StringBuilder(body.Value.Length);
        var scanner = new MarkupScanner(body.Value);
        while (scanner.Read())
        {
            if (scanner is { Token: MarkupToken.StartTag, Tag: { } tag })
            {
                // A copy looks ahead; where it finds nothing to leave out, reading goes on from here.
                var ahead = scanner;
                if (IsLeftOut(ref ahead, tag))
                {
                    scanner = ahead;
                    continue;
                }
            }

            kept.Append(scanner.Raw);
        }

        return PlainText.Of(new SafeHtml(kept.ToString()));
    }

    /// <summary>Whether the element goes; then it is read to its end.</summary>
    private static bool IsLeftOut(ref MarkupScanner scanner, HtmlTag tag)
    {
        if (tag.Name is "table" or "figure" or "figcaption" or "pre" or "audio" or "video" || !tag.Is(TagTraits.Void) && IsNote(scanner.Inner))
        {
            SkipElement(ref scanner, tag);
            return true;
        }

        switch (tag.Name)
        {
            case "p":
                return IsAddress(scanner.ReadRawContent("p").ToString());
            case "sup":
                return LeadsWithin(scanner.ReadRawContent("sup"));
            // 1, [2], *, ↩
            case "a" when LeadsWithin(scanner.Inner):
                return !PlainText.Of(scanner.ReadRawContent("a").ToString()).Any(char.IsLetter);
            default:
                return false;
        }
    }

    private static bool LeadsWithin(ReadOnlySpan<char> markup) => markup.Contains("href=\"#", StringComparison.Ordinal);

    /// <summary>The list of notes, one of them, or the mark of one: by the names that Markdown, our editor and WordPress give them.</summary>
    private static bool IsNote(ReadOnlySpan<char> attributes)
    {
        var reader = new AttributeReader(attributes);
        while (reader.Read())
        {
            if (reader.Name is "role" && reader.Value.StartsWith("doc-", StringComparison.Ordinal)) return true;
            if (reader.Name is "id" && reader.Value.StartsWith("fn", StringComparison.Ordinal) && reader.Value.Length > 2 && !char.IsLetter(reader.Value[2])) return true;
            if (reader.Name is not "class") continue;
            foreach (var part in reader.Value.Split(' '))
                if (reader.Value[part] is "wp-block-footnotes" or "wp-caption-text" || reader.Value[part].StartsWith("footnote", StringComparison.Ordinal)) return true;
        }

        return false;
    }

    /// <summary>A card, or a bare address.</summary>
    private static bool IsAddress(string content)
    {
        var scanner = new MarkupScanner(content.Trim());
        if (scanner.Read() && scanner is { Token: MarkupToken.StartTag, Tag.Name: "a" } && scanner.Inner.Contains($"class=\"{MarkupPolicy.EmbedClass}\"", StringComparison.Ordinal))
        {
            scanner.ReadRawContent("a");
            if (!scanner.Read()) return true;
        }

        var text = PlainText.Of(content).AsSpan().Trim();
        return text.Length > 0 && BareAddress.LengthAt(text, 0) == text.Length;
    }

    private static void SkipElement(ref MarkupScanner scanner, HtmlTag tag)
    {
        for (var depth = 1; depth > 0 && scanner.Read();)
            if (scanner.Tag == tag) depth += scanner.Token == MarkupToken.StartTag ? 1 : -1;
    }
}
