namespace Broadsheet.Core.Text;

/// <summary>The marks of notes, and the links back from them: 1, [2], *, ↩.</summary>
internal static class NoteMarks
{
    /// <summary>Whether the element that begins here is such a mark; then it is read to its end.</summary>
    public static bool Skip(ref MarkupScanner scanner)
    {
        if (scanner is not { Token: MarkupToken.StartTag, Tag: { } tag }) return false;
        var ahead = scanner;
        var isMark = tag.Name switch
        {
            "sup" => LeadsWithin(ahead.ReadRawContent("sup")),
            "a" when LeadsWithin(ahead.Inner) => !PlainText.Of(ahead.ReadRawContent("a").ToString()).Any(char.IsLetter),
            _ => false,
        };
        if (isMark) scanner = ahead;
        return isMark;
    }

    private static bool LeadsWithin(ReadOnlySpan<char> markup) => markup.Contains("href=\"#", StringComparison.Ordinal);
}
