namespace Broadsheet.Core.Text;

/// <summary>A stretch of two versions of a text.</summary>
/// <param name="Mark"><c>-</c> only then, <c>+</c> only now, a blank for both.</param>
public readonly record struct TextChange(char Mark, string Text);

/// <summary>Which words were taken out and which came in: first by lines, then by words where one line became another.</summary>
public static class TextChanges
{
    /// <returns>Every character of both versions, in order; stretches of one kind are one.</returns>
    public static IReadOnlyList<TextChange> Between(string then, string now)
    {
        var found = new List<TextChange>();
        foreach (var (mark, before, after) in Sequences.Between(Lines(then), Lines(now)))
        {
            if (mark == ' ') Add(found, ' ', string.Concat(before));
            else
                foreach (var (wordMark, old, young) in Sequences.Between(Words(string.Concat(before)), Words(string.Concat(after))))
                {
                    if (wordMark == ' ') Add(found, ' ', string.Concat(old));
                    else
                    {
                        Add(found, '-', string.Concat(old));
                        Add(found, '+', string.Concat(young));
                    }
                }
        }
        return found;
    }

    /// <summary>To be read: with a blank between a word that went and the one that came in its place.</summary>
    public static IReadOnlyList<TextChange> Spaced(IReadOnlyList<TextChange> changes)
    {
        var spaced = new List<TextChange>(changes.Count);
        foreach (var change in changes)
        {
            if (spaced.Count > 0 && spaced[^1] is var last && last.Mark != ' ' && change.Mark != ' ' && char.IsLetterOrDigit(last.Text[^1]) && char.IsLetterOrDigit(change.Text[0])) spaced.Add(new TextChange(' ', " "));
            spaced.Add(change);
        }
        return spaced;
    }

    private static void Add(List<TextChange> found, char mark, string text)
    {
        if (text.Length == 0) return;
        if (found.Count > 0 && found[^1].Mark == mark) found[^1] = new TextChange(mark, found[^1].Text + text);
        else found.Add(new TextChange(mark, text));
    }

    /// <summary>Each with its line end.</summary>
    internal static string[] Lines(string text)
    {
        var lines = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf('\n', at);
            end = end < 0 ? text.Length : end + 1;
            lines.Add(text[at..end]);
            at = end;
        }
        return [.. lines];
    }

    /// <summary>Words, and what stands between them.</summary>
    private static string[] Words(string text)
    {
        var words = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var end = at + 1;
            if (char.IsLetterOrDigit(text[at])) while (end < text.Length && (char.IsLetterOrDigit(text[end]) || (end + 1 < text.Length && Joins(text[end - 1], text[end], text[end + 1])))) end++;
            else if (char.IsHighSurrogate(text[at]) && end < text.Length) end++;
            words.Add(text[at..end]);
            at = end;
        }
        return [.. words];
    }

    /// <summary>isn't; 4.50, 1,000, 12:30 (also with the blanks and marks that other languages set in numbers).</summary>
    private static bool Joins(char before, char between, char after) =>
        between is '\'' or '’' ? char.IsLetterOrDigit(after) : between is '.' or ',' or ':' or '\u00A0' or '\u202F' or '\u066B' or '\u066C' && char.IsDigit(before) && char.IsDigit(after);
}
