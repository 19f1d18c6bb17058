namespace Broadsheet.Core.Text;

/// <summary>The two comments that mean something in a body: where its teaser ends and where its pages part (as in WordPress).</summary>
internal static class ContentMarkers
{
    public const string More = "more";
    public const string NextPage = "nextpage";
    private const int MaxMoreText = 200;

    /// <summary>The marker in its one written form, or null for any other comment.</summary>
    public static string? Parse(ReadOnlySpan<char> comment)
    {
        if (comment.SequenceEqual(NextPage)) return NextPage;
        if (!comment.StartsWith(More, StringComparison.Ordinal)) return null;
        if (comment.Length == More.Length) return More;
        if (!MarkupScanner.IsSpace(comment[More.Length])) return null;
        var text = Plain(comment[More.Length..]);
        return text.Length == 0 ? More : $"{More} {text}";
    }

    // Nothing that could end a comment or be read as markup again.
    private static string Plain(ReadOnlySpan<char> text)
    {
        var plain = new System.Text.StringBuilder();
        foreach (var c in text)
        {
            if (plain.Length >= MaxMoreText) break;
            if (c is '<' or '>' or '&' or '"' || c == '-' && plain.Length > 0 && plain[^1] == '-') continue;
            plain.Append(char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c);
        }

        return plain.ToString().Trim(' ', '-', '!');
    }
}
