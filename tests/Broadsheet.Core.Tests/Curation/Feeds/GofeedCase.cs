using System.Text.Json;
using Broadsheet.Core.Curation.Feeds;

namespace Broadsheet.Core.Tests.Curation.Feeds;

/// <summary>What gofeed reads in a feed, beside what we read: titles, addresses, ids, writers, texts.</summary>
internal static class GofeedCase
{
    public static IEnumerable<(string What, string Expected, string? Seen)> Of(JsonElement expected, FeedDocument? feed)
    {
        if (Text(expected, "title") is { } title) yield return ("title", title, feed?.Title);
        if (Text(expected, "link") is { } link) yield return ("link", link, feed?.Site?.OriginalString);
        if ((Text(expected, "description") ?? Text(expected, "subtitle")) is { } description) yield return ("description", description, feed?.Description);
        if (Text(expected, "language") is { } language) yield return ("language", language, feed?.Language);
        if (Name(expected) is { } author) yield return ("author", author, feed?.Author);
        if (!expected.TryGetProperty("items", out var items) && !expected.TryGetProperty("entries", out items)) yield break;
        var index = 0;
        foreach (var item in items.EnumerateArray())
        {
            var read = feed is not null && index < feed.Items.Count ? feed.Items[index] : null;
            foreach (var value in OfItem(item, read)) yield return value;
            index++;
        }
    }

    private static IEnumerable<(string What, string Expected, string? Seen)> OfItem(JsonElement item, FeedItem? read)
    {
        if (Text(item, "title") is { } title) yield return ("item title", title, read?.Title);
        if (Text(item, "link") is { } link) yield return ("item link", link, read?.Link?.OriginalString);
        if ((Text(item, "id") ?? Text(item, "guid")) is { } id) yield return ("item id", id, read?.Id);
        if (item.TryGetProperty("guid", out var guid) && Text(guid, "value") is { } value) yield return ("item guid", value, read?.Id);
        if ((Text(item, "description") ?? Text(item, "summary")) is { } summary) yield return ("item summary", summary, read?.Summary);
        if (item.TryGetProperty("content", out var content) && (content.ValueKind == JsonValueKind.String ? content.GetString() : Text(content, "value")) is { Length: > 0 } text)
            yield return ("item content", text, read?.Content);
        if (Name(item) is { } author) yield return ("item author", author, read?.Author);
        if (Text(item, "publishedParsed") is { } published) yield return ("item date", published, read?.Published?.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture));
    }

    private static string? Name(JsonElement element)
    {
        if (element.TryGetProperty("authors", out var authors) && authors.ValueKind == JsonValueKind.Array && authors.GetArrayLength() == 1) return Text(authors[0], "name");
        return element.TryGetProperty("author", out var author) && author.ValueKind == JsonValueKind.Object ? Text(author, "name") : null;
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String && member.GetString() is { Length: > 0 } text ? text : null;
}
