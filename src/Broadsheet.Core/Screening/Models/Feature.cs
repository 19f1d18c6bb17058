namespace Broadsheet.Core.Screening.Models;

/// <summary>One thing that a model sees in a comment.</summary>
/// <param name="Slot">Which weight it has: see <see cref="FeatureSlots"/>.</param>
/// <param name="Value">How much of it, at most about 1.</param>
/// <param name="Start">For n-grams: where it stands in the folded words of its part.</param>
/// <param name="Length">0 for what is not an n-gram.</param>
internal readonly record struct Feature(int Slot, float Value, FeatureKind Kind, int Start, int Length);

/// <summary>Where a feature was seen.</summary>
internal enum FeatureKind : byte
{
    /// <summary>Characters and words of the comment.</summary>
    Text,

    /// <summary>Of the writer's name.</summary>
    Name,

    /// <summary>Of the writer's link and of links in the text.</summary>
    Link,

    /// <summary>A <see cref="Trait"/>.</summary>
    Trait,

    /// <summary>How name and link are made, together.</summary>
    Shape,

    /// <summary>Said of the submission by others; learned only on-line.</summary>
    Metadata,
}

/// <summary>The room of all weights: hashed n-grams, then traits, then metadata, which no base model has weights for.</summary>
internal static class FeatureSlots
{
    public const int Hashed = 1 << 18;
    public const int MostTraits = 96;
    public const int Base = Hashed + MostTraits;
    public const int Metadata = 1 << 14;
    public const int All = Base + Metadata;

    public static int Of(Trait trait) => Hashed + (int)trait;

    /// <summary>FNV-1a with a finishing mix: the same on every machine and in every version.</summary>
    public static uint Hash(ReadOnlySpan<char> text, uint space)
    {
        var hash = 2_166_136_261u ^ (space * 0x9E3779B1u);
        foreach (var c in text) hash = (hash ^ c) * 16_777_619u;
        return Mix(hash);
    }

    public static uint Mix(uint hash)
    {
        hash ^= hash >> 16;
        hash *= 0x85EBCA6Bu;
        hash ^= hash >> 13;
        hash *= 0xC2B2AE35u;
        return hash ^ (hash >> 16);
    }
}
