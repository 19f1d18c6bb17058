namespace Broadsheet.Core.Screening.Models;

/// <summary>Letters that no one chose: five consonants and more in a row, or capitals and digits strewn through a word.</summary>
internal static class RandomLetters
{
    private const int LongestOfWords = 4;
    private const int MostTurns = 3;

    public static bool In(string text)
    {
        var (consonants, turns) = (0, 0);
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            consonants = char.IsAsciiLetter(c) && !"aeiouyAEIOUY".Contains(c, StringComparison.Ordinal) && c is not ('h' or 'w' or 'H' or 'W') ? consonants + 1 : 0;
            if (consonants > LongestOfWords) return true;
            if (at == 0 || c == ' ' || !char.IsAsciiLetterOrDigit(c)) turns = 0;
            else if ((char.IsAsciiLetterLower(text[at - 1]) && char.IsAsciiLetterUpper(c)) || (char.IsAsciiDigit(text[at - 1]) && char.IsAsciiLetter(c))) turns++;
            if (turns >= MostTurns) return true;
        }
        return false;
    }
}
