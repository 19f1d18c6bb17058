using Broadsheet.Core.Screening.Words;

namespace Broadsheet.Core.Screening.Models;

/// <summary>One part of a comment (its words, the name, a link), folded, with its words and what they are about.</summary>
internal sealed class PartWords
{
    private readonly List<WordSpan> _words;
    private readonly Topic[] _topics;

    private PartWords(string folded, List<WordSpan> words)
    {
        (Folded, _words) = (folded, words);
        _topics = new Topic[words.Count];
        for (var i = 0; i < words.Count; i++) Look(i);
    }

    /// <summary>White space as single spaces.</summary>
    public string Folded { get; }

    public IReadOnlyList<WordSpan> Words => _words;

    public ReadOnlySpan<char> Word(int index) => _words[index].In(Folded);

    /// <summary>What a word is about, alone or in the phrases that it stands in.</summary>
    public Topic TopicOf(int index) => _topics[index];

    /// <summary>How many words are about any of it.</summary>
    public int Count(Topic topic)
    {
        var count = 0;
        foreach (var one in _topics) count += (one & topic) != Topic.None ? 1 : 0;
        return count;
    }

    /// <summary>The words about it, in their order, at most so many.</summary>
    public string Named(Topic topic, int most = 3) => string.Join(' ', Enumerable.Range(0, _words.Count).Where(i => (_topics[i] & topic) != Topic.None).Take(most).Select(i => Word(i).ToString()));

    public static PartWords Of(ReadOnlySpan<char> text)
    {
        var folded = new char[ScreeningFold.RoomFor(text.Length)];
        var length = 0;
        foreach (var c in folded.AsSpan(0, ScreeningFold.Fold(text, folded, [])))
        {
            if (c == ' ' && (length == 0 || folded[length - 1] == ' ')) continue;
            folded[length++] = c;
        }
        if (length > 0 && folded[length - 1] == ' ') length--;
        var words = new List<WordSpan>(length / 5);
        WordSpan.Split(folded.AsSpan(0, length), words);
        return new PartWords(new string(folded, 0, length), words);
    }

    private void Look(int from)
    {
        var phrase = 0UL;
        for (var to = from; to < _words.Count && to < from + Lexicon.MostWords; to++)
        {
            phrase = Lexicon.Extend(phrase, Word(to));
            var topic = Lexicon.Of(phrase) & ~(Topic.BlogHost | Topic.BigHost | Topic.Shortener | Topic.OddZone);
            if (topic == Topic.None) continue;
            // A single word says what it is by itself; of a phrase, all words do.
            for (var i = from; i <= to; i++) _topics[i] |= topic;
        }
    }
}
