using System.Text;

namespace Broadsheet.Core.Text;

/// <summary>What of a body is told in sentences: without headings, notes and their marks, tables, figures and their captions, players, code, cards, and lines that are only an address.</summary>
internal static class Prose
{
    /// <summary>A longer address within a sentence is shown by its host.</summary>
    private const int LongestAddress = 30;

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

        var lines = ReadableLines.Of(new SafeHtml(kept.ToString())).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', lines.Where(line => BareAddress.LengthAt(line, 0) != line.Length).Select(WithShortAddresses));
    }

    /// <summary>Whether the element goes; then it is read to its end.</summary>
    private static bool IsLeftOut(ref MarkupScanner scanner, HtmlTag tag)
    {
        if (tag.Name is "table" or "figure" or "figcaption" or "pre" or "audio" or "video" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" || !tag.Is(TagTraits.Void) && IsNote(scanner.Inner))
        {
            SkipElement(ref scanner, tag);
            return true;
        }

        return tag.Name == "p" && IsCard(scanner.ReadRawContent("p").ToString());
    }

    /// <summary>The list of notes, or one of them: by the names that Markdown, our editor and WordPress give them.</summary>
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

    private static bool IsCard(string content)
    {
        var scanner = new MarkupScanner(content.Trim());
        if (!scanner.Read() || scanner is not { Token: MarkupToken.StartTag, Tag.Name: "a" } || !scanner.Inner.Contains($"class=\"{MarkupPolicy.EmbedClass}\"", StringComparison.Ordinal)) return false;
        scanner.ReadRawContent("a");
        return !scanner.Read();
    }

    private static string WithShortAddresses(string line)
    {
        StringBuilder? shorter = null;
        var done = 0;
        for (var at = 0; at < line.Length; at++)
        {
            if (BareAddress.LengthAt(line, at) is var length && length == 0) continue;
            if (length > LongestAddress && Uri.TryCreate(BareAddress.Absolute(line.Substring(at, length)), UriKind.Absolute, out var address))
            {
                (shorter ??= new StringBuilder(line.Length)).Append(line, done, at - done).Append(address.Host.StartsWith("www.", StringComparison.Ordinal) ? address.Host[4..] : address.Host);
                done = at + length;
            }

            at += length - 1;
        }

        return shorter is null ? line : shorter.Append(line, done, line.Length - done).ToString();
    }

    private static void SkipElement(ref MarkupScanner scanner, HtmlTag tag)
    {
        for (var depth = 1; depth > 0 && scanner.Read();)
            if (scanner.Tag == tag) depth += scanner.Token == MarkupToken.StartTag ? 1 : -1;
    }
}
