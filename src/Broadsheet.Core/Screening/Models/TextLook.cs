using System.Text;
using Broadsheet.Core.People;

namespace Broadsheet.Core.Screening.Models;

/// <summary>How a text is written: counts over its characters before folding, and over its words.</summary>
internal readonly record struct TextLook(int Letters, int Capitals, int Digits, int Exclamations, int Questions, int MoneySigns, int Unseen, int MixedWords, int Braces, int CodeMarks, int Smileys, int Styled, int Torn)
{
    public static TextLook Of(string text)
    {
        int letters = 0, capitals = 0, digits = 0, exclamations = 0, questions = 0, money = 0, unseen = 0, mixed = 0, braces = 0, code = 0, smileys = 0, styled = 0, torn = 0;
        int latin = 0, other = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            if (IsStyled(text, at)) styled++;
            if (char.IsLetter(c))
            {
                letters++;
                if (at >= 2 && text[at - 1] is ' ' or '.' && IsAlone(text, at) && IsAlone(text, at - 2)) torn++;
                if (char.IsUpper(c)) capitals++;
                if (c < '\u0250') latin++;
                else if (c is >= '\u0370' and <= '\u058F' or >= '\u2C00' and <= '\u2DFF' or >= '\uA640' and <= '\uA69F') other++;
                continue;
            }
            if (latin > 0 && other > 0) mixed++;
            (latin, other) = (0, 0);
            switch (c)
            {
                case >= '0' and <= '9': digits++; break;
                case '!' or '！': exclamations++; break;
                case '?' or '？': questions++; break;
                case '$' or '€' or '£' or '¥': money++; break;
                case '{' or '}' or '|': braces++; code++; break;
                case ';' or '=' or '_' or '\\' or '`' or '/' or '+' or '#': code++; break;
                case ':' when at + 1 < text.Length && text[at + 1] is ')' or '(' or '-' or 'D' or 'P' or 'p' or 'o': smileys++; break;
                default: if (c > '\u007F' && Rune.TryCreate(c, out var rune) && People.Unseen.Is(rune)) unseen++; break;
            }
        }
        if (latin > 0 && other > 0) mixed++;
        return new TextLook(letters, capitals, digits, exclamations, questions, money, unseen, mixed, braces, code, smileys, styled, torn);
    }

    /// <summary>A letter or digit out of mathematics, of full width, or in a ring: for standing out, or for getting by.</summary>
    private static bool IsStyled(string text, int at) => text[at] is '\uD835' or (>= '\uFF10' and <= '\uFF5A') or (>= '\u2460' and <= '\u24FF')
        || (text[at] == '\uD83C' && at + 1 < text.Length && text[at + 1] is >= '\uDD00' and <= '\uDD89');

    private static bool IsAlone(string text, int at) => char.IsAsciiLetterOrDigit(text[at]) && (at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (at + 1 == text.Length || !char.IsLetterOrDigit(text[at + 1]));

    /// <summary>Left over of a program's choices: <c>{great|good|nice}</c>, or places that it did not fill: <c>%title%</c>.</summary>
    public static bool HasSpintax(string text)
    {
        if (text.IndexOf('{', StringComparison.Ordinal) is >= 0 and var open && text.IndexOf('}', open) is > 0 and var close && close - open < 300 && text.AsSpan(open, close - open).Count('|') is > 0 and < 20 && !text.AsSpan(open, close - open).ContainsAny(";=()")) return true;
        return text.Contains("%blog_title%", StringComparison.OrdinalIgnoreCase) || text.Contains("%anchor_text%", StringComparison.OrdinalIgnoreCase) || text.Contains("%title%", StringComparison.OrdinalIgnoreCase) || text.Contains("#file_links", StringComparison.OrdinalIgnoreCase);
    }
}
