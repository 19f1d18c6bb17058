using System.Collections.Concurrent;
using System.Text;
using Broadsheet.Core.People;
using Broadsheet.Core.Text;

namespace Broadsheet.Core.Screening.Words;

/// <summary>
/// One normal form for word lists and models: compatibility forms (NFKC) and case folded, diacritics off, characters that leave no mark out, letters that
/// look like Latin ones as those (UTS 39). Numbers stay numbers. Works on each character alone, so that every place maps back to the original.
/// </summary>
internal static class ScreeningFold
{
    private const char Unknown = '\0';
    private const char Longer = '\uFFFE';

    /// <summary>Others than those of the basic plane are remembered up to this many, so that nobody fills the memory with rare ones.</summary>
    private const int MostRemembered = 4_096;

    private static readonly char[] Single = MakeSingle();
    private static readonly ConcurrentDictionary<int, string> Several = new();

    /// <summary>Folds into <paramref name="to"/> as far as there is room.</summary>
    /// <param name="origins">For each folded character the place in <paramref name="text"/> that it came from; empty where that is not wanted.</param>
    /// <returns>How much of <paramref name="to"/> was filled.</returns>
    public static int Fold(ReadOnlySpan<char> text, Span<char> to, Span<int> origins)
    {
        var length = 0;
        for (var at = 0; at < text.Length && length < to.Length; at++)
        {
            var folded = Single[text[at]];
            if (folded is not (Unknown or Longer))
            {
                if (!origins.IsEmpty) origins[length] = at;
                to[length++] = folded;
                continue;
            }
            var from = at;
            foreach (var c in FoldSlowly(text, ref at))
            {
                if (length == to.Length) break;
                if (!origins.IsEmpty) origins[length] = from;
                to[length++] = c;
            }
        }
        return length;
    }

    public static string Fold(string text)
    {
        var folded = new char[RoomFor(text.Length)];
        return new string(folded, 0, Fold(text, folded, []));
    }

    /// <summary>Most characters become one; the few that become up to 18 are rare enough to be cut at this.</summary>
    public static int RoomFor(int length) => (length * 2) + 32;

    private static string FoldSlowly(ReadOnlySpan<char> text, ref int at)
    {
        if (Rune.DecodeFromUtf16(text[at..], out var rune, out var used) != System.Buffers.OperationStatus.Done) return "\uFFFD";
        at += used - 1;
        if (Several.TryGetValue(rune.Value, out var known)) return known;
        var folded = FoldOne(rune);
        if (rune.IsBmp && folded.Length == 1 && folded[0] is not (Unknown or Longer)) Single[rune.Value] = folded[0];
        else if (Several.Count < MostRemembered) Several[rune.Value] = folded;
        return folded;
    }

    private static string FoldOne(Rune rune)
    {
        if (Unseen.Is(rune)) return "";
        if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune)) return " ";
        if (rune.Value is '’' or '‘' or '`' or '´') return "'";
        if (rune.IsBmp && SearchWords.IsUnspaced((char)rune.Value)) return rune.ToString().Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        var decomposed = SearchWords.Fold(rune.ToString());
        if (decomposed.Length == 0) return "";
        var skeleton = Confusables.Skeleton(decomposed);
        return System.Text.Ascii.IsValid(skeleton) && !System.Text.Ascii.IsValid(decomposed) ? skeleton.ToLowerInvariant() : decomposed;
    }

    private static char[] MakeSingle()
    {
        var single = new char[char.MaxValue + 1];
        for (var c = '\x01'; c < '\x7F'; c++) single[c] = c < ' ' ? ' ' : char.ToLowerInvariant(c);
        return single;
    }
}
