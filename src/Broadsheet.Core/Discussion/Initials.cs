using System.Globalization;
using System.Text;

namespace Broadsheet.Core.Discussion;

/// <summary>One or two letters that stand for a name where there is no picture.</summary>
public static class Initials
{
    /// <summary>The first letter or digit of the first and of the last word, in capitals; of any script, and whole where it is made of several code points.</summary>
    /// <returns>Empty where the name has neither letter nor digit.</returns>
    public static string Of(string name)
    {
        var words = name.Split([' ', '\t', '.', '_', '-', '@'], StringSplitOptions.RemoveEmptyEntries).Select(First).Where(l => l.Length > 0).ToList();
        return words.Count == 0 ? "" : words.Count == 1 ? words[0] : words[0] + words[^1];
    }

    private static string First(string word)
    {
        var elements = StringInfo.GetTextElementEnumerator(word);
        while (elements.MoveNext())
        {
            var element = elements.GetTextElement();
            // A letter with a hundred marks on it is no initial.
            if (Rune.GetRuneAt(element, 0) is var rune && Rune.IsLetterOrDigit(rune)) return (element.Length <= 4 ? element : rune.ToString()).ToUpperInvariant();
        }
        return "";
    }
}
