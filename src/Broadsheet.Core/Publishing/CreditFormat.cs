using System.Text.RegularExpressions;

namespace Broadsheet.Core.Publishing;

/// <summary>How an outlet wants its credit written: <c>{outlet} | {date}</c>, <c>By {author} | {outlet}</c>. Between bars, what has no value is left out.</summary>
public static partial class CreditFormat
{
    public const string Usual = "{outlet} | {date}";
    public const int MaxLength = 100;

    /// <returns>The format, empty for the usual one; or the problem <c>creditFormat</c>.</returns>
    public static Outcome<string> Create(string? written)
    {
        var format = written?.Trim() ?? "";
        if (format.Length == 0 || format == Usual) return "";
        if (format.Length > MaxLength || format.Any(char.IsControl)) return new Problem("creditFormat", $"The credit is one line of at most {MaxLength} characters.");
        if (!format.Contains("{outlet}", StringComparison.Ordinal)) return new Problem("creditFormat", "The credit must name the outlet: {outlet}.");
        if (Places().Matches(format).Any(static m => m.Value is not ("{outlet}" or "{author}" or "{date}"))) return new Problem("creditFormat", "The credit knows {outlet}, {author} and {date}.");
        return format;
    }

    /// <param name="format">Empty for the usual one.</param>
    /// <param name="author">Null when unknown, as <paramref name="date"/>.</param>
    public static string Fill(string format, string outlet, string? author, string? date)
    {
        var parts = (format.Length == 0 ? Usual : format).Split('|', StringSplitOptions.TrimEntries)
            .Where(part => (author is not null || !part.Contains("{author}", StringComparison.Ordinal)) && (date is not null || !part.Contains("{date}", StringComparison.Ordinal)));
        var line = Places().Replace(string.Join(" | ", parts), place => place.Value switch { "{outlet}" => outlet, "{author}" => author ?? "", "{date}" => date ?? "", var other => other });
        return line.Length > 0 ? line : outlet;
    }

    [GeneratedRegex(@"\{[^{}]*\}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Places();
}
