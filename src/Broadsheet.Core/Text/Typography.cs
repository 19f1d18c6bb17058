using System.Buffers;
using System.Text;

namespace Broadsheet.Core.Text;

/// <summary>Typographic quotes, dashes and dots for plain texts such as headlines.</summary>
public static class Typography
{
    private static readonly SearchValues<char> Settable = SearchValues.Create("\"'`-.x(");

    /// <summary>Sets plain text (not markup) by the habits of a language.</summary>
    /// <param name="plainText">Text without markup; "&lt;" and "&amp;" are letters.</param>
    /// <param name="language">A BCP 47 tag; English marks for a language that is not known.</param>
    public static string Of(string plainText, string language = "en")
    {
        if (plainText.AsSpan().IndexOfAny(Settable) < 0) return plainText;
        var text = new StringBuilder(plainText.Length + 8);
        new Typesetter(QuoteMarks.For(language), encode: false).Append(text, plainText);
        return text.ToString();
    }
}
