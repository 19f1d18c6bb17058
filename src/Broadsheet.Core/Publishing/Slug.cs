using System.Globalization;
using System.Text;

namespace Broadsheet.Core.Publishing;

/// <summary>The last, readable part of an address. Lower case, words joined by hyphens, letters of any script, at most 200 characters (WordPress: <c>post_name</c>).</summary>
public static class Slug
{
    public const int MaxLength = 200;

    /// <summary>A slug made from a title; <paramref name="fallback"/> where nothing of it can stand in an address.</summary>
    public static string From(string title, string fallback = "untitled")
    {
        var result = new StringBuilder(title.Length);
        foreach (var rune in WithoutAccents(title).EnumerateRunes())
        {
            if (result.Length >= MaxLength - 2) break;
            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
                result.Append(Rune.ToLowerInvariant(rune).ToString());
            else if (rune.Value is not ('\'' or 0x2019) && result.Length > 0 && result[^1] != '-') result.Append('-');
        }
        var slug = result.ToString().Trim('-');
        return slug.Length > 0 ? slug : fallback;
    }

    /// <summary>Folds what an address or an export wrote: percent escapes decoded, lower case. The stored and compared form.</summary>
    public static string Fold(string written)
    {
        var text = written.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(written) : written;
        text = text.Normalize(NormalizationForm.FormC).ToLowerInvariant();
        return text.Length <= MaxLength ? text : text[..(char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
    }

    /// <summary>The slug as it stands in an address: percent-encoded (RFC 3986 §2.1).</summary>
    public static string Escape(string slug) => Uri.EscapeDataString(slug);

    private static string WithoutAccents(string text)
    {
        // Only Latin letters lose their marks: in other scripts a mark is part of the letter.
        var latin = new StringBuilder(text.Length);
        var previousIsLatin = false;
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            var isMark = CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark;
            if (!isMark) previousIsLatin = c < 0x250;
            if (isMark && previousIsLatin) continue;
            if (c == 'ß') latin.Append("ss");
            else latin.Append(c);
        }
        return latin.ToString().Normalize(NormalizationForm.FormC);
    }
}
