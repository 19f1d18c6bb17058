namespace Broadsheet.Core.Screening.Words;

/// <summary>A word list as it is written: one entry a line, lines that begin with <c>#</c> are remarks.</summary>
/// <param name="Entries">As written, each once.</param>
/// <param name="Problems">Lines that cannot be used, and why; the rest can.</param>
public sealed record WordList(IReadOnlyList<string> Entries, IReadOnlyList<WordListProblem> Problems)
{
    /// <summary>Shorter entries, folded, would be in every comment; of scripts without spaces one character is enough.</summary>
    public const int ShortestEntry = 2;

    /// <summary>In UTF-16 code units, as written.</summary>
    public const int LongestEntry = 200;

    public static WordList Read(string text)
    {
        var (entries, problems, seen, line) = (new List<string>(), new List<WordListProblem>(), new HashSet<string>(StringComparer.Ordinal), 0);
        foreach (var written in text.AsSpan().EnumerateLines())
        {
            line++;
            var entry = written.Trim().TrimStart('\uFEFF');
            if (entry.IsEmpty || entry[0] == '#') continue;
            if (entry.Length > LongestEntry)
            {
                problems.Add(new WordListProblem(line, $"it is {entry.Length:N0} characters long; up to {LongestEntry} fit"));
                continue;
            }
            var folded = ScreeningFold.Fold(entry.ToString()).Trim();
            if (folded.Length == 0) problems.Add(new WordListProblem(line, "nothing is left of it: it has only characters that leave no mark"));
            else if (folded.Length < ShortestEntry && !Text.SearchWords.IsUnspaced(folded[0])) problems.Add(new WordListProblem(line, $"“{folded}” is too short: it would be found in nearly every comment"));
            else if (seen.Add(WordMatcher.IsInLookAlikes(entry.ToString(), folded) ? entry.ToString() : folded)) entries.Add(entry.ToString());
        }
        return new WordList(entries, problems);
    }
}

/// <param name="Line">From 1.</param>
public sealed record WordListProblem(int Line, string What)
{
    public override string ToString() => $"Line {Line}: {What}.";
}
