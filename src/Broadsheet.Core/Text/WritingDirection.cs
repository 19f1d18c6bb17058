using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Broadsheet.Core.Text;

/// <summary>Which way a language, or a stretch of text, is written.</summary>
public static class WritingDirection
{
    private static readonly FrozenSet<string> RightToLeft = new[] { "ar", "he", "fa", "ur", "yi", "ps", "sd", "ug", "dv", "ckb" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // Hebrew, Arabic, Syriac, Thaana, N'Ko, Samaritan, Mandaic and their presentation forms; the surrogates that lead to what is written so beyond U+FFFF.
    private static readonly SearchValues<char> MayBeRightToLeft = SearchValues.Create([.. Range('\u0590', '\u08FF'), '\u200F', .. Range('\uFB1D', '\uFDFF'), .. Range('\uFE70', '\uFEFC'), '\uD802', '\uD803', '\uD83A', '\uD83B']);

    /// <param name="language">BCP 47 tag.</param>
    public static bool IsRightToLeft(string language) => RightToLeft.Contains(language.Split('-', '_')[0]);

    /// <summary>False where nothing in it can run from right to left.</summary>
    internal static bool MayTurn(ReadOnlySpan<char> text) => text.ContainsAny(MayBeRightToLeft);

    /// <summary>By its first character that has a direction of its own (Unicode UAX #9, P2, P3; all letters have one).</summary>
    /// <returns>Null where none has.</returns>
    internal static bool? Of(ReadOnlySpan<char> text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is 0x200E) return false;
            if (rune.Value is 0x200F or 0x061C) return true;
            if (Rune.GetUnicodeCategory(rune) <= UnicodeCategory.OtherLetter) return rune.Value is (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFF) or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF);
        }

        return null;
    }

    private static IEnumerable<char> Range(char from, char to) => Enumerable.Range(from, to - from + 1).Select(static c => (char)c);
}
