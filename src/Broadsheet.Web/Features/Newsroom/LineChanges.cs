namespace Broadsheet.Web.Features.Newsroom;

/// <summary>Which lines were taken out and which came in, between two versions of a text.</summary>
internal static class LineChanges
{
    /// <summary>Longer differences are shown as the whole of then and the whole of now: the table below grows with the product of both.</summary>
    private const int MostLines = 2_000;

    /// <returns>Every line once, in order: <c>-</c> only then, <c>+</c> only now, a blank for both.</returns>
    public static IReadOnlyList<(char Mark, string Text)> Between(string then, string now)
    {
        var (a, b) = (then.ReplaceLineEndings("\n").Split('\n'), now.ReplaceLineEndings("\n").Split('\n'));
        var start = 0;
        while (start < a.Length && start < b.Length && a[start] == b[start]) start++;
        var end = 0;
        while (end < a.Length - start && end < b.Length - start && a[^(end + 1)] == b[^(end + 1)]) end++;
        return [.. a[..start].Select(Both), .. Middle(a[start..^end], b[start..^end]), .. a[^end..].Select(Both)];
    }

    private static IEnumerable<(char, string)> Middle(string[] a, string[] b)
    {
        if ((long)a.Length * b.Length > (long)MostLines * MostLines) return [.. a.Select(l => ('-', l)), .. b.Select(l => ('+', l))];
        // Longest common subsequence, from the end, so that the walk below goes forward.
        var length = new int[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
            for (var j = b.Length - 1; j >= 0; j--)
                length[i, j] = a[i] == b[j] ? length[i + 1, j + 1] + 1 : Math.Max(length[i + 1, j], length[i, j + 1]);
        var lines = new List<(char, string)>();
        for (int i = 0, j = 0; i < a.Length || j < b.Length;)
        {
            if (i < a.Length && j < b.Length && a[i] == b[j]) { lines.Add(Both(a[i])); i++; j++; }
            else if (j == b.Length || (i < a.Length && length[i + 1, j] >= length[i, j + 1])) lines.Add(('-', a[i++]));
            else lines.Add(('+', b[j++]));
        }
        return lines;
    }

    private static (char, string) Both(string line) => (' ', line);
}
