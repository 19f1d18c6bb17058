using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Broadsheet.Core.People;

/// <summary>
/// Characters that look like others, after Unicode's <c>confusables.txt</c> (UTS 39): texts that look alike have the same skeleton. Read at the first use.
/// </summary>
internal static class Confusables
{
    private static readonly Lazy<FrozenDictionary<Rune, string>> Table = new(Read);

    /// <summary>The text with each character as the one that it looks like; letters keep their case, marks are dropped.</summary>
    public static string Skeleton(string text)
    {
        var skeleton = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark || Unseen.Is(rune)) continue;
            if (Table.Value.TryGetValue(rune, out var other)) skeleton.Append(other);
            else skeleton.Append(rune);
        }
        return skeleton.ToString();
    }

    private static FrozenDictionary<Rune, string> Read()
    {
        using var lines = new StreamReader(typeof(Confusables).Assembly.GetManifestResourceStream("confusables.txt") ?? throw new InvalidOperationException("confusables.txt is not in the program."), Encoding.UTF8);
        var table = new Dictionary<Rune, string>();
        while (lines.ReadLine() is { } line)
        {
            if (line.StartsWith('#') || line.IndexOf(' ', StringComparison.Ordinal) is var space && space < 0) continue;
            table[new Rune(int.Parse(line.AsSpan(0, space), NumberStyles.HexNumber, CultureInfo.InvariantCulture))] = line[(space + 1)..];
        }
        return table.ToFrozenDictionary();
    }
}
