using Broadsheet.Core.Text;

namespace Broadsheet.Core.Screening.Models;

/// <summary>A word's place in a folded text. Of scripts written without spaces each character is a word.</summary>
internal readonly record struct WordSpan(int Start, int Length)
{
    public ReadOnlySpan<char> In(ReadOnlySpan<char> text) => text.Slice(Start, Length);

    public int End => Start + Length;

    public static void Split(ReadOnlySpan<char> folded, List<WordSpan> words)
    {
        for (var at = 0; at < folded.Length;)
        {
            if (SearchWords.IsUnspaced(folded[at]))
            {
                words.Add(new WordSpan(at, 1));
                at++;
            }
            else if (!char.IsLetterOrDigit(folded[at])) at++;
            else
            {
                var start = at++;
                while (at < folded.Length && !SearchWords.IsUnspaced(folded[at]) && (char.IsLetterOrDigit(folded[at]) || (folded[at] is '\'' or '’' && at + 1 < folded.Length && char.IsLetter(folded[at + 1])))) at++;
                words.Add(new WordSpan(start, at - start));
            }
        }
    }
}
