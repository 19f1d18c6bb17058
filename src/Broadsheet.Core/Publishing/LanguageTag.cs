using System.Text.RegularExpressions;

namespace Broadsheet.Core.Publishing;

/// <summary>The tag of a language (BCP 47, RFC 5646 §2.1), as the registry writes it: <c>de</c>, <c>pt-BR</c>, <c>zh-Hant-TW</c>.</summary>
public static partial class LanguageTag
{
    public const int MaxLength = 35;

    /// <summary>What a form says of a tag that is none.</summary>
    public const string Wanted = "Give a language's tag, such as de, pt-BR or zh-Hant.";

    /// <summary>Well-formed tags that begin with a language; whether the registry knows their parts is not looked up. Underscores, as in <c>en_US</c>, are taken for hyphens.</summary>
    /// <returns>The tag in the registry's own case; null for what is none.</returns>
    public static string? Read(string? text)
    {
        var tag = text?.Trim().Replace('_', '-') ?? "";
        if (tag.Length > MaxLength || !Shape().IsMatch(tag)) return null;
        var parts = tag.ToLowerInvariant().Split('-');
        // What follows a part of one letter is an extension's or private: written small.
        for (var i = 1; i < parts.Length && parts[i].Length > 1; i++)
        {
            if (parts[i].Length == 2) parts[i] = parts[i].ToUpperInvariant();
            else if (parts[i].Length == 4 && char.IsAsciiLetter(parts[i][0])) parts[i] = char.ToUpperInvariant(parts[i][0]) + parts[i][1..];
        }
        return string.Join('-', parts);
    }

    /// <summary>The same language, whatever its country or script.</summary>
    public static bool IsSame(string one, string other) => string.Equals(First(one), First(other), StringComparison.OrdinalIgnoreCase);

    private static string First(string tag) => tag.Split('-', '_')[0];

    [GeneratedRegex("^[a-z]{2,3}(-[a-z]{3}){0,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(-[a-wyz0-9](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?\\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Shape();
}
