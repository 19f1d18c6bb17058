namespace Broadsheet.Web.Features.Moderation;

/// <summary>Why a comment does not stay, as its writer reads it. A moderator may write other words.</summary>
internal static class DecisionReasons
{
    /// <summary>UTF-16 code units.</summary>
    public const int MaxLength = 500;

    public static IReadOnlyList<KeyValuePair<string, string>> All { get; } =
    [
        new("attack", "It attacks somebody instead of what they say."),
        new("off-topic", "It has little to do with the article."),
        new("private", "It tells private matters of somebody."),
        new("advertising", "It advertises something."),
        new("repeated", "It says again what was said."),
        new("unproven", "It states as a fact what it does not show."),
        new("unlawful", "It may break the law."),
    ];

    /// <param name="key">Of a reason, or <c>other</c>.</param>
    /// <param name="own">The moderator's words: with <c>other</c>, all; else after the reason.</param>
    /// <returns>Empty for none.</returns>
    public static string Read(string? key, string? own)
    {
        var (said, words) = (All.FirstOrDefault(r => r.Key == key).Value ?? "", (own ?? "").Trim());
        var reason = said.Length > 0 && words.Length > 0 ? $"{said} {words}" : said + words;
        return reason.Length > MaxLength ? reason[..MaxLength] : reason;
    }
}
