using System.Collections.Frozen;
using System.Text;
using Broadsheet.Core.Screening.Words;

namespace Broadsheet.Core.Screening.Models;

/// <summary>What words and phrases are about: see <c>lexicon.txt</c>. Read at the first use.</summary>
internal static class Lexicon
{
    /// <summary>Of one phrase.</summary>
    public const int MostWords = 6;

    private static readonly Lazy<FrozenDictionary<ulong, Topic>> Phrases = new(Read);

    /// <summary>All that a phrase is about.</summary>
    public static Topic Of(ulong phrase) => Phrases.Value.GetValueOrDefault(phrase);

    /// <summary>Of a phrase without spaces around, such as a host.</summary>
    public static Topic Of(ReadOnlySpan<char> word) => Of(Extend(0, word));

    /// <summary>A phrase is the hash of its words, one after the other.</summary>
    public static ulong Extend(ulong phrase, ReadOnlySpan<char> word)
    {
        var hash = phrase ^ 14_695_981_039_346_656_037UL;
        foreach (var c in word) hash = (hash ^ c) * 1_099_511_628_211UL;
        return hash * 0x9E37_79B9_7F4A_7C15UL;
    }

    private static FrozenDictionary<ulong, Topic> Read()
    {
        using var lines = new StreamReader(typeof(Lexicon).Assembly.GetManifestResourceStream("lexicon.txt") ?? throw new InvalidOperationException("lexicon.txt is not in the program."), Encoding.UTF8);
        var phrases = new Dictionary<ulong, Topic>();
        var topic = Topic.None;
        while (lines.ReadLine() is { } line)
        {
            if (line.StartsWith('[')) topic = Enum.Parse<Topic>(line.AsSpan(1, line.Length - 2), ignoreCase: true);
            else if (!line.StartsWith('#'))
            {
                foreach (var entry in line.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) Add(phrases, ScreeningFold.Fold(entry), topic);
            }
        }
        return phrases.ToFrozenDictionary();
    }

    private static void Add(Dictionary<ulong, Topic> phrases, string entry, Topic topic)
    {
        var phrase = 0UL;
        if (topic >= Topic.BlogHost) phrase = Extend(0, entry);
        else
        {
            var words = new List<WordSpan>();
            WordSpan.Split(entry, words);
            foreach (var word in words) phrase = Extend(phrase, word.In(entry));
        }
        phrases[phrase] = phrases.GetValueOrDefault(phrase) | topic;
    }
}

[Flags]
internal enum Topic
{
    None = 0,
    Praise = 1,
    Meta = 2,
    Seo = 4,
    Earn = 8,
    Loans = 16,
    Pharma = 32,
    Casino = 64,
    Adult = 128,
    Goods = 256,
    Services = 512,
    Crypto = 1_024,
    Generic = 2_048,
    Function = 4_096,
    Given = 8_192,
    BlogHost = 16_384,
    BigHost = 32_768,
    Shortener = 65_536,
    OddZone = 131_072,

    /// <summary>What is sold in comments.</summary>
    Trade = Seo | Earn | Loans | Pharma | Casino | Adult | Goods | Services | Crypto,
}
