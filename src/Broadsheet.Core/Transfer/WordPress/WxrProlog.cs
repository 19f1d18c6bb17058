namespace Broadsheet.Core.Transfer.WordPress;

/// <summary>What stands before the root element.</summary>
internal static class WxrProlog
{
    /// <summary>
    /// Turns a byte order mark that follows blank lines, and the XML declaration, into blanks: WordPress files whose theme or
    /// plugins print a blank line first are common, and XML forbids anything before its declaration.
    /// </summary>
    /// <exception cref="WxrFormatException">It begins as no XML does.</exception>
    public static void Clean(Span<char> text, string fileName)
    {
        var at = 0;
        while (at < text.Length && (char.IsWhiteSpace(text[at]) || text[at] == '\uFEFF'))
        {
            if (text[at] is not ('\n' or '\r' or '\t')) text[at] = ' ';
            at++;
        }

        var rest = text[at..];
        if (OtherFormat(rest) is { } other)
        {
            var line = 1 + text[..at].Count('\n');
            throw new WxrFormatException(fileName, new WxrError(line, 0, other));
        }

        if (!rest.StartsWith("<?xml") || rest.Length < 6 || !char.IsWhiteSpace(rest[5])) return;
        var end = ((ReadOnlySpan<char>)rest).IndexOf("?>");
        if (end < 0) return;
        foreach (ref var c in rest[..(end + 2)])
            if (c is not ('\n' or '\r')) c = ' ';
    }

    private static string? OtherFormat(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return "the file is empty";
        if (text[0] is '{' or '[') return "this is JSON, not a WordPress export (an .xml file from Tools, Export)";
        if (text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase))
            return "this is an HTML page, not a WordPress export (an .xml file from Tools, Export)";
        if (text[0] != '<') return "this is not XML: a WordPress export begins with <?xml";
        return null;
    }
}
