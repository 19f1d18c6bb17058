using System.Text;
using System.Text.Json;

namespace Broadsheet.Core.Text;

/// <summary>
/// Blocks of WordPress's editor: comments round their content. The content is kept and the comments go (in the sanitiser); an embed that is
/// only a comment with an address becomes a link. Blocks that WordPress makes at view time (latest posts …) have no content and leave nothing.
/// </summary>
internal static class BlockComments
{
    public static string Expand(string body)
    {
        var markup = new StringBuilder(body.Length);
        var scanner = new MarkupScanner(body);
        while (scanner.Read())
        {
            if (scanner.Token == MarkupToken.Comment) Comment(markup, ref scanner);
            else if (scanner.Token == MarkupToken.Text && IsLineBreak(scanner.Inner)) EndLine(markup);
            else markup.Append(scanner.Raw);
            if (scanner is { Token: MarkupToken.StartTag, Tag.Name: "pre" }) markup.Append(scanner.ReadRawContent("pre")).Append("</pre>");
        }

        return markup.ToString();
    }

    private static void Comment(StringBuilder markup, ref MarkupScanner scanner)
    {
        if (ContentMarkers.Parse(scanner.Inner) is not null) markup.Append(scanner.Raw);
        else if (EmbedAddress(scanner.Inner) is { } address) markup.Append(EmbedLines.Paragraph(address));
    }

    private static bool IsLineBreak(ReadOnlySpan<char> text) => text.Contains('\n') && text.IndexOfAnyExcept(" \t\n\r\f") < 0;

    // Round each comment stand newlines, of which none is needed.
    private static void EndLine(StringBuilder markup)
    {
        if (markup.Length > 0 && markup[^1] != '\n') markup.Append('\n');
    }

    private static string? EmbedAddress(ReadOnlySpan<char> comment)
    {
        var text = comment.Trim();
        if (!text.StartsWith("wp:embed ", StringComparison.Ordinal) && !text.StartsWith("wp:core-embed/", StringComparison.Ordinal) || !text.EndsWith("/", StringComparison.Ordinal)) return null;
        var open = text.IndexOf('{');
        var close = text.LastIndexOf('}');
        if (open < 0 || close < open) return null;
        try
        {
            using var json = JsonDocument.Parse(text[open..(close + 1)].ToString());
            return json.RootElement.TryGetProperty("url", out var url) && url.ValueKind == JsonValueKind.String ? url.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
