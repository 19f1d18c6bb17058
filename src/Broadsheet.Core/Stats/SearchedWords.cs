using System.Text;

namespace Broadsheet.Core.Stats;

/// <summary>What readers search for here, so that it can be counted, and nobody is found by it.</summary>
public static class SearchedWords
{
    /// <summary>UTF-16 code units; longer ones are cut.</summary>
    public const int MaxLength = 80;

    private const int LongNumber = 6;

    /// <returns>In small letters with single blanks; null for nothing, and for what looks like somebody's address or number.</returns>
    public static string? Of(string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed) || typed.Contains('@', StringComparison.Ordinal)) return null;
        var words = new StringBuilder();
        var digits = 0;
        foreach (var rune in typed.Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            if (Rune.IsControl(rune) || Rune.IsWhiteSpace(rune))
            {
                if (words.Length > 0 && words[^1] != ' ') words.Append(' ');
                continue;
            }
            if (Rune.IsDigit(rune) && ++digits >= LongNumber) return null;
            if (Rune.IsLetter(rune)) digits = 0;
            if (words.Length + rune.Utf16SequenceLength > MaxLength) break;
            words.Append(Rune.ToLowerInvariant(rune));
        }
        return words.ToString().Trim() is { Length: > 0 } found ? found : null;
    }
}
