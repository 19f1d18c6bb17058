using System.Text.RegularExpressions;

namespace Broadsheet.Core.Curation.Feeds;

/// <summary>Names of writers as feeds write them: <c>ed@example.com (A. Writer)</c>, <c>A. Writer &lt;ed@example.com&gt;</c>, <c>A. Writer</c>.</summary>
internal static partial class FeedNames
{
    public const int MaxLength = 200;

    /// <summary>The name alone; null for a bare mail address, which is nobody's byline.</summary>
    public static string? Of(string? written)
    {
        if (FeedText.Plain(Anchored(written)) is not { } text) return null;
        var name = Address().Replace(text, " ").Trim(' ', '(', ')', '<', '>', '[', ']', ',', ';', ':', '"');
        if (name.StartsWith("mailto", StringComparison.OrdinalIgnoreCase)) name = name[6..].Trim(' ', ':');
        return FeedText.Plain(name, MaxLength);
    }

    /// <summary>Several, each once, in one line.</summary>
    public static string? Of(IEnumerable<string?> written)
    {
        var names = written.Select(static w => Of(w)).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Take(10).ToList();
        return names.Count == 0 ? null : FeedText.Plain(string.Join(", ", names), MaxLength);
    }

    /// <summary>An address in angle brackets is not a tag.</summary>
    private static string? Anchored(string? written) => written is null ? null : Bracketed().Replace(written, " ");

    [GeneratedRegex(@"<[^<>@\s]+@[^<>\s]+>", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"[\w.+%-]+@[\w.-]+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}
