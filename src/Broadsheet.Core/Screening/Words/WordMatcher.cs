using System.Text;
using Broadsheet.Core.Text;

namespace Broadsheet.Core.Screening.Words;

/// <summary>Where entries of a list count.</summary>
public enum WordBorders
{
    /// <summary>Anywhere, also within words (WordPress's lists).</summary>
    Anywhere = 0,

    /// <summary>As whole words: “class” does not contain “ass”. Scripts without spaces have no borders.</summary>
    Words = 1,
}

/// <summary>An entry that was found.</summary>
/// <param name="Start">In the text as written, in UTF-16 code units.</param>
public sealed record FoundWord(string Entry, int Start, int Length);

/// <summary>
/// Finds the entries of a word list in a text, also disguised ones. Building costs once per list; finding costs the same for 10 entries and for 50,000.
/// An entry that is itself written in look-alikes (<c>vіagra</c> with a Cyrillic і, or Cyrillic <c>рак</c>, which looks like “pak”) is looked for as it is written.
/// </summary>
public sealed class WordMatcher
{
    /// <summary>So many places are reported, the first ones.</summary>
    public const int MostFound = 500;

    // A disguise is believed of so many letters and more: fewer are in too many words.
    private const int LeastDisguised = 3;

    // A letter doubled by mistake or on purpose, where no other word comes of it.
    private const int LeastDoubled = 6;

    private readonly string[] _entries;
    private readonly string[] _folded;
    private readonly WordBorders _borders;
    private readonly WordAutomaton _plain;
    private readonly WordAutomaton _disguised;
    private readonly WordAutomaton? _written;
    private readonly int[] _asWritten;
    private readonly int[] _ofPlain;
    private readonly List<(int Entry, string Letters, byte[] Runs)> _letters = [];

    private WordMatcher(string[] entries, string[] folded, WordBorders borders)
    {
        (_entries, _folded, _borders) = (entries, folded, borders);
        _asWritten = [.. Enumerable.Range(0, entries.Length).Where(i => IsInLookAlikes(entries[i], folded[i]))];
        foreach (var i in _asWritten) _folded[i] = entries[i].ToLowerInvariant();
        var isPlain = new bool[entries.Length];
        Array.Fill(isPlain, true);
        foreach (var i in _asWritten) isPlain[i] = false;
        _ofPlain = [.. Enumerable.Range(0, entries.Length).Where(i => isPlain[i])];
        _plain = new WordAutomaton([.. _ofPlain.Select(i => folded[i])]);
        if (_asWritten.Length > 0) _written = new WordAutomaton([.. _asWritten.Select(i => folded[i])]);
        foreach (var i in _ofPlain)
        {
            if (!IsWordsOnly(folded[i])) continue;
            var letters = PlainLetters.Of(folded[i]);
            _letters.Add((i, letters.Letters.ToString(), [.. letters.Runs]));
        }
        _disguised = new WordAutomaton([.. _letters.Select(l => l.Letters)]);
    }

    /// <summary>Nodes of all automata, of 18 bytes each.</summary>
    public int Size => _plain.Count + _disguised.Count + (_written?.Count ?? 0);

    public static WordMatcher Of(IEnumerable<string> entries, WordBorders borders)
    {
        var usable = entries.Select(e => (Entry: e.Trim(), Folded: ScreeningFold.Fold(e).Trim())).Where(e => e.Folded.Length > 0).DistinctBy(e => (e.Folded, IsInLookAlikes(e.Entry, e.Folded) ? e.Entry : "")).ToArray();
        return new WordMatcher([.. usable.Select(e => e.Entry)], [.. usable.Select(e => e.Folded)], borders);
    }

    /// <summary>In the order of the text. An entry is reported at each place, in disguise only where it does not also stand plainly.</summary>
    public IReadOnlyList<FoundWord> Find(string text) => Find(text, out _);

    /// <param name="steps">What it cost, whatever the machine.</param>
    internal IReadOnlyList<FoundWord> Find(string text, out long steps)
    {
        var folded = FoldedText.Of(text);
        var found = new List<(int Entry, int From, int To)>();
        steps = Search(_plain, _ofPlain, folded.Folded, found);
        if (_letters.Count > 0) steps += FindDisguised(folded.Folded, found);
        var places = found.Select(f => folded.InOriginal(f.From, f.To - f.From) is var (start, length) ? new FoundWord(_entries[f.Entry], start, length) : null!);
        if (_written is not null)
        {
            // Lower case changes no places.
            var written = new List<(int Entry, int From, int To)>();
            steps += Search(_written, _asWritten, text.ToLowerInvariant(), written);
            places = places.Concat(written.Select(w => new FoundWord(_entries[w.Entry], w.From, w.To - w.From)));
        }
        return [.. places.OrderBy(f => f.Start).ThenBy(f => f.Length).Take(MostFound)];
    }

    private long Search(WordAutomaton automaton, int[] entries, string text, List<(int Entry, int From, int To)> found) => automaton.Search(text, (index, end) =>
    {
        var from = end - _folded[entries[index]].Length;
        if (_borders == WordBorders.Anywhere || (IsBorder(text, from) && IsBorder(text, end))) found.Add((entries[index], from, end));
        return found.Count < MostFound;
    });

    private long FindDisguised(string folded, List<(int Entry, int From, int To)> found)
    {
        var letters = PlainLetters.Of(folded);
        var plainly = found.ToHashSet();
        return _disguised.Search(letters.Letters, (index, end) =>
        {
            var (entry, pattern, runs) = _letters[index];
            var from = end - pattern.Length;
            if (!letters.IsBorder(from) || !letters.IsBorder(end) || !HasRuns(letters, from, runs)) return true;
            var place = (entry, letters.At(from).First, letters.At(end - 1).Last + 1);
            if (!plainly.Contains(place)) found.Add(place);
            return found.Count < MostFound;
        });
    }

    /// <summary>Each letter stands there as often as in the entry, or three times and more.</summary>
    private static bool HasRuns(PlainLetters letters, int from, byte[] runs)
    {
        for (var i = 0; i < runs.Length; i++)
        {
            var (there, wanted) = (letters.Runs[from + i], runs[i]);
            if (there != wanted && !(there >= 3 && there >= wanted) && !(there == 2 && runs.Length >= LeastDoubled)) return false;
        }
        return true;
    }

    private static bool IsBorder(string text, int at) => at <= 0 || at >= text.Length || !IsOfWord(text[at]) || !IsOfWord(text[at - 1]) || SearchWords.IsUnspaced(text[at]) || SearchWords.IsUnspaced(text[at - 1]);

    private static bool IsOfWord(char c) => char.IsLetterOrDigit(c) || c == '_';

    /// <summary>Whether an entry is about a disguise: the plain word is another entry.</summary>
    internal static bool IsInLookAlikes(string entry, string folded) => !Ascii.IsValid(entry) && Ascii.IsValid(folded)
        && (folded.Length <= LeastDisguised || !Ascii.IsValid(SearchWords.Fold(entry)) || !entry.IsNormalized(NormalizationForm.FormKC));

    /// <summary>Addresses and the like are looked for as they are.</summary>
    private static bool IsWordsOnly(string folded) => folded.Count(char.IsLetter) >= (SearchWords.IsUnspaced(folded[0]) ? 2 : LeastDisguised) && folded.All(c => char.IsLetterOrDigit(c) || c == ' ') && folded.All(c => !char.IsSurrogate(c));
}
