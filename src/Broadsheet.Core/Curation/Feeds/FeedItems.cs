using System.Security.Cryptography;
using System.Text;

namespace Broadsheet.Core.Curation.Feeds;

/// <summary>What the formats have in common about their stories.</summary>
internal static class FeedItems
{
    private const int MaxId = 1000;

    /// <summary>The first of each id; an id beyond 1000 characters is replaced by its hash.</summary>
    public static IReadOnlyList<FeedItem> Distinct(IEnumerable<FeedItem> items) =>
        [.. items.Select(static i => i.Id.Length <= MaxId ? i : i with { Id = Hash(i.Id) }).DistinctBy(static i => i.Id, StringComparer.Ordinal)];

    /// <summary>For a story that names none: its address, else a hash of its words.</summary>
    public static string IdOf(Uri? link, string title, string? text) => link?.AbsoluteUri ?? Hash($"{title}\n{text}");

    public static IReadOnlyList<string> Topics(IEnumerable<string?> written) =>
        [.. written.Select(static w => FeedText.Plain(w, 100)).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Take(FeedReader.MaxTopics)];

    /// <summary>A tag of BCP 47 in its usual spelling (<c>en-GB</c>, where some write <c>en_GB</c>); null when it is none.</summary>
    public static string? Language(string? written)
    {
        written = written?.Trim().Replace('_', '-');
        return written is { Length: > 1 and <= 35 } && char.IsAsciiLetter(written[0]) && written.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-') ? written : null;
    }

    private static string Hash(string text) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
