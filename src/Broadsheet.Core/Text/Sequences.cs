namespace Broadsheet.Core.Text;

/// <summary>The longest common subsequence of two lists of texts.</summary>
internal static class Sequences
{
    /// <summary>Beyond this product of lengths, a difference is shown as the whole of then and the whole of now: time and memory grow with it.</summary>
    private const long MostCells = 4_000_000;

    /// <returns>Stretches in order: a blank mark where both have the same, else what stood there then and what stands there now (either may be empty).</returns>
    public static IReadOnlyList<(char Mark, IReadOnlyList<string> Then, IReadOnlyList<string> Now)> Between(string[] then, string[] now)
    {
        var start = 0;
        while (start < then.Length && start < now.Length && then[start] == now[start]) start++;
        var end = 0;
        while (end < then.Length - start && end < now.Length - start && then[^(end + 1)] == now[^(end + 1)]) end++;
        var found = new List<(char, IReadOnlyList<string>, IReadOnlyList<string>)>();
        if (start > 0) found.Add((' ', then[..start], now[..start]));
        found.AddRange(Middle(then[start..^end], now[start..^end]));
        if (end > 0) found.Add((' ', then[^end..], now[^end..]));
        return found;
    }

    private static IEnumerable<(char, IReadOnlyList<string>, IReadOnlyList<string>)> Middle(string[] a, string[] b)
    {
        if (a.Length == 0 && b.Length == 0) yield break;
        if (a.Length == 0 || b.Length == 0 || (long)a.Length * b.Length > MostCells)
        {
            yield return ('x', a, b);
            yield break;
        }
        var length = Lengths(a, b);
        List<string> same = [], old = [], young = [];
        for (int i = 0, j = 0; i < a.Length || j < b.Length;)
        {
            var isSame = i < a.Length && j < b.Length && a[i] == b[j];
            if (isSame && old.Count + young.Count > 0)
            {
                yield return ('x', old, young);
                (old, young) = ([], []);
            }
            else if (!isSame && same.Count > 0)
            {
                yield return (' ', same, same);
                same = [];
            }
            if (isSame)
            {
                same.Add(a[i]);
                i++;
                j++;
            }
            else if (j == b.Length || (i < a.Length && length[i + 1, j] >= length[i, j + 1])) old.Add(a[i++]);
            else young.Add(b[j++]);
        }
        if (same.Count > 0) yield return (' ', same, same);
        if (old.Count + young.Count > 0) yield return ('x', old, young);
    }

    /// <summary>Of what is left from each place on, so that a walk goes forward.</summary>
    private static int[,] Lengths(string[] a, string[] b)
    {
        var length = new int[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
            for (var j = b.Length - 1; j >= 0; j--)
                length[i, j] = a[i] == b[j] ? length[i + 1, j + 1] + 1 : Math.Max(length[i + 1, j], length[i, j + 1]);
        return length;
    }
}
