using System.Globalization;
using Broadsheet.Core.Discussion;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Moderation;

/// <summary>
/// What a moderator types to find comments of a queue: words, all of which must stand in the text, the name, the address or the link; and
/// <c>email: person: ip: name: link: check: article: before: after:</c> with a value, quoted where it has spaces.
/// </summary>
internal sealed record QueueSearch(string Text, IReadOnlyList<string> Words, IReadOnlyList<KeyValuePair<string, string>> Terms)
{
    /// <summary>Characters.</summary>
    private const int MaxLength = 300;
    private const int MaxParts = 12;

    public static QueueSearch None { get; } = new("", [], []);

    public bool IsEmpty => Words.Count == 0 && Terms.Count == 0;

    public static QueueSearch Parse(string? typed)
    {
        // Neither null characters nor halves of one, which databases do not take.
        var text = string.Concat((typed ?? "").EnumerateRunes().Where(r => r.Value > 0 && r != System.Text.Rune.ReplacementChar).Take(MaxLength)).Trim();
        if (text.Length == 0) return None;
        var (words, terms) = (new List<string>(), new List<KeyValuePair<string, string>>());
        foreach (var part in Parts(text).Take(MaxParts))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            var (key, value) = colon > 0 ? (part[..colon].ToLowerInvariant(), part[(colon + 1)..].Trim('"')) : ("", part.Trim('"'));
            if (value.Length == 0) continue;
            if (key is "email" or "person" or "ip" or "name" or "link" or "check" or "article" or "before" or "after") terms.Add(KeyValuePair.Create(key, value));
            else words.Add(part.Trim('"'));
        }
        return new QueueSearch(text, words, terms);
    }

    /// <summary>A search for one value, as a link on a card.</summary>
    public static string Term(string key, string value) => value.Contains(' ', StringComparison.Ordinal) ? $"{key}:\"{value.Replace("\"", "", StringComparison.Ordinal)}\"" : $"{key}:{value}";

    public IQueryable<Comment> In(IQueryable<Comment> comments)
    {
        foreach (var word in Words)
        {
            // ASCII letters match in either case; others as typed or as lower case, which is what both databases do alike.
            var lower = word.ToLowerInvariant();
            comments = comments.Where(c => c.Body.ToLower().Contains(lower) || c.Body.Contains(word) || c.AuthorName.ToLower().Contains(lower) || c.AuthorName.Contains(word) || c.EmailFolded.Contains(lower) || c.AuthorUrl.ToLower().Contains(lower));
        }
        foreach (var (key, value) in Terms) comments = In(comments, key, value);
        return comments;
    }

    private static IQueryable<Comment> In(IQueryable<Comment> comments, string key, string value)
    {
        var lower = value.ToLowerInvariant();
        // A whole address, or what one begins or ends with.
        return key switch
        {
            "email" => lower.StartsWith('@') ? comments.Where(c => c.EmailFolded.EndsWith(lower)) : comments.Where(c => c.EmailFolded == lower),
            "person" => comments.Where(c => c.PersonId == Number(value)),
            "ip" => value[^1] is '.' or ':' ? comments.Where(c => c.AuthorIp.StartsWith(value)) : comments.Where(c => c.AuthorIp == value),
            "name" => comments.Where(c => c.AuthorName == value || c.AuthorName.ToLower() == lower),
            "link" => comments.Where(c => c.AuthorUrl.ToLower().Contains(lower) || c.BodyHtml.ToLower().Contains(lower)),
            "check" => comments.Where(c => c.Screening != null && c.Screening.Contains("\"" + lower + "\"")),
            "article" => comments.Where(c => c.ArticleId == Number(value)),
            "before" when Day(value) is { } day => comments.Where(c => c.AtLocal < day),
            "after" when Day(value) is { } day => comments.Where(c => c.AtLocal >= day),
            _ => comments.Where(_ => false),
        };
    }

    private static long Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;

    private static DateTime? Day(string text) => DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>Apart at spaces, except within quotes.</summary>
    private static IEnumerable<string> Parts(string text)
    {
        var (start, isQuoted) = (0, false);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] == '"') isQuoted = !isQuoted;
            if (i < text.Length && (isQuoted || !char.IsWhiteSpace(text[i]))) continue;
            if (i > start) yield return text[start..i];
            start = i + 1;
        }
    }
}
