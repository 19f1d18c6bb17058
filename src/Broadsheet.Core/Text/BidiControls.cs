namespace Broadsheet.Core.Text;

/// <summary>Invisible characters that turn the direction of what follows (Unicode UAX #9: embeddings, overrides, isolates). In a name they disguise it and whatever stands after it.</summary>
public static class BidiControls
{
    /// <summary>The text without them. Direction marks (U+200E, U+200F) turn nothing beyond themselves and stay.</summary>
    public static string Strip(string text) => text.AsSpan().IndexOfAnyInRange('\u202A', '\u202E') < 0 && text.AsSpan().IndexOfAnyInRange('\u2066', '\u2069') < 0
        ? text : string.Concat(text.Where(c => c is not ((>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'))));
}
