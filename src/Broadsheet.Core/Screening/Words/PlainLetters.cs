using Broadsheet.Core.Text;

namespace Broadsheet.Core.Screening.Words;

/// <summary>
/// A folded text with disguises taken off: numbers and signs that stand for letters (<c>v1agr@</c>), letters torn apart (<c>v i a g r a</c>, <c>v.i.a.g.r.a</c>),
/// letters repeated (<c>viaaagra</c>; how often is kept, so that “ass” is not found in “as”). Words stay apart by one space.
/// </summary>
internal sealed class PlainLetters
{
    // Single letters in a row are one torn word from so many on.
    private const int LeastTorn = 3;

    private readonly List<char> _letters = [];
    private readonly List<int> _first = [];
    private readonly List<int> _last = [];
    private readonly List<bool> _isTorn = [];
    private readonly List<byte> _runs = [];

    public ReadOnlySpan<char> Letters => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_letters);

    /// <summary>How often each letter stood there in a row, at most 255.</summary>
    public IReadOnlyList<byte> Runs => _runs;

    /// <summary>Where a letter's row begins and ends in the folded text, both included.</summary>
    public (int First, int Last) At(int index) => (_first[index], _last[index]);

    /// <summary>Whether a word begins (or ends, before it) here. Of torn letters no one knows: everywhere.</summary>
    public bool IsBorder(int index) => index <= 0 || index >= _letters.Count || _letters[index] == ' ' || _letters[index - 1] == ' ' || _isTorn[index] || _isTorn[index - 1]
        || SearchWords.IsUnspaced(_letters[index]) || SearchWords.IsUnspaced(_letters[index - 1]);

    public static PlainLetters Of(string folded)
    {
        var plain = new PlainLetters();
        var at = 0;
        while (at < folded.Length)
        {
            if (folded[at] == ' ')
            {
                at++;
                continue;
            }
            var (torn, end) = TornWord(folded, at);
            var isTorn = torn >= (SearchWords.IsUnspaced(folded[at]) ? 2 : LeastTorn);
            if (!isTorn) end = EndOfWord(folded, at);
            plain.Add(folded, at, end, isTorn);
            at = end;
        }
        return plain;
    }

    /// <summary>How many single characters with a space between begin here, and where they end.</summary>
    private static (int Count, int End) TornWord(string folded, int at)
    {
        var (count, end) = (0, at);
        while (at < folded.Length && folded[at] != ' ' && (at + 1 == folded.Length || folded[at + 1] == ' '))
        {
            count++;
            end = at + 1;
            at += 2;
        }
        return (count, end);
    }

    private static int EndOfWord(string folded, int at)
    {
        var end = folded.IndexOf(' ', at);
        return end < 0 ? folded.Length : end;
    }

    private void Add(string folded, int from, int to, bool isTorn)
    {
        var hasLetter = folded.AsSpan(from, to - from).IndexOfAnyInRange('a', 'z') >= 0 || !isTorn;
        if (_letters.Count > 0 && _letters[^1] != ' ') Append(' ', from, isTorn: false);
        for (var i = from; i < to; i++)
        {
            // “Now!” is no “Nowi”.
            if (folded[i] == '!' && (i + 1 == to || !char.IsLetterOrDigit(folded[i + 1])) && !isTorn) continue;
            if (Letter(folded[i], hasLetter) is var letter && letter != '\0') Append(letter, i, isTorn);
        }
    }

    private void Append(char letter, int at, bool isTorn)
    {
        if (_letters.Count > 0 && _letters[^1] == letter && letter != ' ')
        {
            _last[^1] = at;
            if (_runs[^1] < byte.MaxValue) _runs[^1]++;
            return;
        }
        _letters.Add(letter);
        _first.Add(at);
        _last.Add(at);
        _isTorn.Add(isTorn);
        _runs.Add(1);
    }

    /// <summary>i, l, 1, ! and | look alike and count as one. Zero for what is left out.</summary>
    private static char Letter(char c, bool hasLetter) => c switch
    {
        'l' => 'i',
        _ when char.IsLetter(c) || char.IsSurrogate(c) => c,
        _ when !hasLetter => char.IsDigit(c) ? c : '\0',
        '1' or '!' or '|' => 'i',
        '0' => 'o',
        '3' or '€' => 'e',
        '4' or '@' => 'a',
        '5' or '$' => 's',
        '7' or '+' => 't',
        '8' => 'b',
        _ => char.IsDigit(c) ? c : '\0',
    };
}
