using System.Globalization;
using System.Text;

namespace Broadsheet.Core.Text;

/// <summary>
/// The words under which a text is found, the same for every database: compatibility forms (NFKC), case and diacritics folded; scripts
/// that are written without spaces as pairs of characters.
/// </summary>
public static class SearchWords
{
    /// <summary>More terms than this are not looked for.</summary>
    public const int MaxTerms = 16;

    /// <summary>Longer words are cut, in UTF-16 code units.</summary>
    public const int MaxWord = 64;

    /// <summary>Folds for case-insensitive comparison: NFKC, lower case without regard to language, no diacritics. Nothing is dropped but marks.</summary>
    public static string Fold(string text)
    {
        if (System.Text.Ascii.IsValid(text)) return text.ToLowerInvariant();
        var folded = new StringBuilder(text.Length);
        foreach (var c in Normal(text, NormalizationForm.FormKD))
        {
            if (char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark && !IsLetterMark(c)) continue;
            AppendFolded(folded, c);
        }

        return Normal(folded.ToString(), NormalizationForm.FormC);
    }

    /// <summary>All words of a plain text in their order, separated by spaces.</summary>
    public static string Index(string plainText)
    {
        var words = new StringBuilder(plainText.Length + 16);
        foreach (var word in Split(Fold(plainText), pairsOnly: false))
        {
            if (words.Length > 0) words.Append(' ');
            words.Append(word);
        }

        return words.ToString();
    }

    /// <summary>
    /// The terms of what a reader asks for, each once, at most <see cref="MaxTerms"/>; empty when there is nothing to look for. A term of one
    /// character of an unspaced script is found by prefix only: the index holds pairs.
    /// </summary>
    public static string[] Query(string written) =>
        [.. Split(Fold(written.Length > 1_000 ? written[..1_000] : written), pairsOnly: true).Distinct(StringComparer.Ordinal).Take(MaxTerms)];

    /// <summary>A snippet with the found words in <c>&lt;mark&gt;</c>; the beginning of the text when none is found.</summary>
    /// <param name="plainText">Not markup: it is encoded here. Only its first 200,000 characters are searched.</param>
    /// <param name="terms">As <see cref="Query"/> gives them. A word that begins with a term is marked.</param>
    /// <param name="around">About how many characters to show, at least 20.</param>
    public static SafeHtml Highlight(string plainText, IReadOnlyList<string> terms, int around = 200) => FoundWords.Of(plainText, terms, around);

    /// <summary>Whether a character belongs to a script that is written without spaces (Han, kana, hangul, Thai, Lao, Khmer, Burmese).</summary>
    public static bool IsUnspaced(char c) =>
        c >= '\u0E00' && (c is (>= '\u0E00' and <= '\u0EFF') or (>= '\u1000' and <= '\u109F') or (>= '\u1100' and <= '\u11FF') or (>= '\u1780' and <= '\u17FF')
            or (>= '\u3005' and <= '\u3007') or (>= '\u3040' and <= '\u30FF') or (>= '\u3130' and <= '\u318F') or (>= '\u31F0' and <= '\u31FF') or (>= '\u3400' and <= '\u4DBF') or (>= '\u4E00' and <= '\u9FFF')
            or (>= '\uAC00' and <= '\uD7A3') or (>= '\uF900' and <= '\uFAFF') || char.IsSurrogate(c));

    /// <summary>The words of a folded text. A run of an unspaced script gives its pairs; alone, its one character.</summary>
    /// <param name="pairsOnly">For queries. Otherwise each run's last character is given too, so that one character can be found at its place.</param>
    internal static IEnumerable<string> Split(string folded, bool pairsOnly)
    {
        var at = 0;
        while (at < folded.Length)
        {
            var unspaced = IsUnspaced(folded[at]);
            if (!unspaced && !IsWordCharacter(folded[at]))
            {
                at++;
                continue;
            }

            var from = at;
            while (at < folded.Length && IsUnspaced(folded[at]) == unspaced && (unspaced || IsWordCharacter(folded[at]) || IsInner(folded, at))) at++;
            if (!unspaced) yield return Word(folded, from, at);
            else
            {
                foreach (var pair in Pairs(folded.AsMemory(from, at - from), pairsOnly)) yield return pair;
            }
        }
    }

    private static IEnumerable<string> Pairs(ReadOnlyMemory<char> run, bool pairsOnly)
    {
        var starts = new List<int>();
        for (var i = 0; i < run.Length; i++)
        {
            if (!char.IsLowSurrogate(run.Span[i]) || i == 0) starts.Add(i);
        }

        starts.Add(run.Length);
        for (var i = 0; i + 2 < starts.Count; i++) yield return run[starts[i]..starts[i + 2]].ToString();
        if (!pairsOnly || starts.Count == 2) yield return run[starts[^2]..starts[^1]].ToString();
    }

    private static string Word(string folded, int from, int to) =>
        folded.Substring(from, Math.Min(to - from, char.IsHighSurrogate(folded[Math.Min(to, from + MaxWord) - 1]) ? MaxWord - 1 : MaxWord)).Replace("’", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal);

    private static bool IsWordCharacter(char c) => char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // "don't" and "don’t" are one word, and the same.
    private static bool IsInner(string text, int at) => text[at] is '\'' or '’' && at > 0 && at + 1 < text.Length && char.IsLetter(text[at - 1]) && char.IsLetter(text[at + 1]) && !IsUnspaced(text[at + 1]);

    // Marks that are letters in their script: Indic vowel signs, kana voicing, Thai vowels, Hebrew and Arabic letters' own dots are folded.
    private static bool IsLetterMark(char c) => c is (>= '\u0900' and <= '\u0EFF') or (>= '\u0F00' and <= '\u109F') or '\u3099' or '\u309A';

    private static void AppendFolded(StringBuilder to, char c)
    {
        switch (c)
        {
            case 'ß' or 'ẞ':
                to.Append("ss");
                break;
            case 'æ' or 'Æ':
                to.Append("ae");
                break;
            case 'œ' or 'Œ':
                to.Append("oe");
                break;
            case 'ø' or 'Ø':
                to.Append('o');
                break;
            case 'ł' or 'Ł':
                to.Append('l');
                break;
            case 'đ' or 'Đ' or 'ð' or 'Ð':
                to.Append('d');
                break;
            case 'þ' or 'Þ':
                to.Append("th");
                break;
            case 'ı':
                to.Append('i');
                break;
            case 'ς':
                to.Append('σ');
                break;
            case '\u00AD' or '\u200B' or '\u200C' or '\u200D' or '\uFEFF' or '\u0640':
                break;
            default:
                to.Append(char.ToLowerInvariant(c));
                break;
        }
    }

    private static string Normal(string text, NormalizationForm form)
    {
        try
        {
            return text.Normalize(form);
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair; the rest is worth finding all the same.
            return new string([.. text.Select(static c => char.IsSurrogate(c) ? '\uFFFD' : c)]).Normalize(form);
        }
    }
}
