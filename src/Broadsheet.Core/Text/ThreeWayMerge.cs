namespace Broadsheet.Core.Text;

/// <summary>Two people changed one text: both changes in one text, where they do not touch each other.</summary>
public static class ThreeWayMerge
{
    /// <param name="start">The text that both began with.</param>
    /// <returns>Null where both changed the same lines, or lines beside each other, in different ways.</returns>
    public static string? Of(string start, string theirs, string yours)
    {
        if (start == theirs || theirs == yours) return yours;
        if (start == yours) return theirs;
        var lines = TextChanges.Lines(start);
        var (a, b) = (Edits(lines, theirs), Edits(lines, yours));
        var merged = new List<string>();
        int at = 0, i = 0, j = 0;
        while (i < a.Count || j < b.Count)
        {
            if (i < a.Count && j < b.Count && a[i] is var one && b[j] is var other && one.From <= other.To && other.From <= one.To)
            {
                if (one.From != other.From || one.To != other.To || !one.Lines.SequenceEqual(other.Lines, StringComparer.Ordinal)) return null;
                j++;
            }
            var isTheirs = j >= b.Count || (i < a.Count && a[i].From <= b[j].From);
            var next = isTheirs ? a[i++] : b[j++];
            merged.AddRange(lines[at..next.From]);
            merged.AddRange(next.Lines);
            at = next.To;
        }
        merged.AddRange(lines[at..]);
        return string.Concat(merged);
    }

    private sealed record Edit(int From, int To, IReadOnlyList<string> Lines);

    private static List<Edit> Edits(string[] lines, string changed)
    {
        var (edits, at) = (new List<Edit>(), 0);
        foreach (var (mark, then, now) in Sequences.Between(lines, TextChanges.Lines(changed)))
        {
            if (mark != ' ') edits.Add(new Edit(at, at + then.Count, now));
            at += then.Count;
        }
        return edits;
    }
}
