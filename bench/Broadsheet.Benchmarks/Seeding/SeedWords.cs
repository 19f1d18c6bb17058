using System.Text;

namespace Broadsheet.Benchmarks.Seeding;

/// <summary>Sentences of invented words, the same each time: few words are frequent and many are rare, as in a language.</summary>
internal static class SeedWords
{
    private const int Vocabulary = 6_000;

    private static readonly string[] Syllables = ["ba", "lo", "ren", "ti", "mu", "sel", "or", "da", "vin", "ke", "ta", "ros", "ne", "pil", "ga", "hum", "fe", "lin", "so", "wer"];

    /// <summary>Whole sentences of up to <paramref name="length"/> characters; the last one makes it nearly so long.</summary>
    public static string Text(ulong seed, int length)
    {
        var text = new StringBuilder(length + 16);
        for (var (word, left) = (0, 0); ; word++)
        {
            var random = Mix(seed * 1_000_003 + (ulong)word);
            var next = Word(random);
            if (text.Length + next.Length + 2 > length) break;
            var begins = left == 0;
            if (begins) left = 7 + (int)(random >> 40) % 8;
            text.Append(begins ? char.ToUpperInvariant(next[0]) : next[0]).Append(next, 1, next.Length - 1);
            text.Append(--left == 0 ? ". " : " ");
        }
        text.Length--;
        return text[^1] == '.' ? text.ToString() : text.Append('.').ToString();
    }

    /// <summary>SplitMix64: spreads neighbouring numbers over all of them.</summary>
    public static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }

    private static string Word(ulong random)
    {
        // The cube of a number between 0 and 1 is mostly small.
        var share = (random & 0xFFFFFF) / (double)0x1000000;
        var rank = (int)(share * share * share * Vocabulary);
        var word = Syllables[rank % 20] + Syllables[rank / 20 % 20];
        return rank < 400 ? word : word + Syllables[rank / 400];
    }
}
