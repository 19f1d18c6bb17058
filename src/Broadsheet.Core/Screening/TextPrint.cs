using Broadsheet.Core.Text;

namespace Broadsheet.Core.Screening;

/// <summary>
/// A short print of a text's words by which the same text, or nearly the same, is found again (MinHash over pairs of words; Broder 1997).
/// Two texts that share most of their pairs share most of their minima, and with them, nearly always, one of the four bands.
/// A text of few words has no likeness: its print is a hash of all of them, and finds only the very same.
/// </summary>
/// <param name="First">The first eight minima, a byte each; of few words, half of their hash.</param>
/// <param name="Second">The other eight; the other half.</param>
public readonly record struct TextPrint(long Band1, long Band2, long Band3, long Band4, long First, long Second)
{
    /// <summary>Of fewer words only the very same are found: many people write nearly the same few words.</summary>
    public const int LeastWords = 8;

    /// <summary>Fewer say nothing at all.</summary>
    public const int FewestWords = 3;

    /// <summary>What follows is not looked at.</summary>
    public const int MostWords = 500;

    private const int Minima = 16;
    private const int Rows = 3;

    /// <summary>So many of the sixteen minima must agree: about 60 % of the pairs.</summary>
    private const int Alike = 10;

    /// <summary>Of a text of few words. The same words are no sign of copying when different people write them.</summary>
    public bool IsShort => Band1 == Band2 && Band2 == Band3 && Band3 == Band4;

    /// <returns>Null for a text of fewer than <see cref="FewestWords"/> words.</returns>
    public static TextPrint? Of(string plainText)
    {
        Span<ulong> minima = stackalloc ulong[Minima];
        minima.Fill(ulong.MaxValue);
        var (words, last, one, other) = (0, 0UL, 1UL, 2UL);
        foreach (var word in SearchWords.Split(SearchWords.Fold(plainText), pairsOnly: false))
        {
            var hash = HashOf(word);
            if (words++ > 0) Take(minima, Mix(last * 31 + hash));
            (last, one, other) = (hash, Mix(one ^ hash), Mix(other * 31 + hash));
            if (words == MostWords) break;
        }
        if (words < FewestWords) return null;
        if (words < LeastWords) return (long)Mix(one ^ other) is var band ? new TextPrint(band, band, band, band, (long)one, (long)other) : null;
        return new TextPrint(Band(minima, 0), Band(minima, 1), Band(minima, 2), Band(minima, 3), Bytes(minima[..8]), Bytes(minima[8..]));
    }

    public bool IsLike(long first, long second) => IsShort ? First == first && Second == second : Agreeing(First, first) + Agreeing(Second, second) >= Alike;

    private static void Take(Span<ulong> minima, ulong pair)
    {
        for (var i = 0; i < minima.Length; i++)
            if (Mix(pair + (ulong)(i + 1) * 0x9E3779B97F4A7C15) is var value && value < minima[i]) minima[i] = value;
    }

    private static long Band(ReadOnlySpan<ulong> minima, int band)
    {
        var hash = (ulong)(band + 1);
        foreach (var minimum in minima.Slice(band * Rows, Rows)) hash = Mix(hash ^ minimum);
        return (long)hash;
    }

    private static long Bytes(ReadOnlySpan<ulong> minima)
    {
        var bytes = 0UL;
        foreach (var minimum in minima) bytes = (bytes << 8) | (minimum & 0xFF);
        return (long)bytes;
    }

    private static int Agreeing(long one, long other)
    {
        var (different, count) = ((ulong)(one ^ other), 0);
        for (var i = 0; i < 8; i++, different >>= 8)
            if ((different & 0xFF) == 0) count++;
        return count;
    }

    /// <summary>FNV-1a: the same in every process.</summary>
    private static ulong HashOf(string word)
    {
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var c in word) hash = (hash ^ c) * 1_099_511_628_211UL;
        return hash;
    }

    /// <summary>SplitMix64's finaliser (Steele, Lea, Flood 2014).</summary>
    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
