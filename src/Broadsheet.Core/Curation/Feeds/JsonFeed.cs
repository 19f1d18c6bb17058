using System.Net;
using System.Text.Json;

namespace Broadsheet.Core.Curation.Feeds;

/// <summary>JSON Feed 1.0 and 1.1 (jsonfeed.org). Members of a wrong kind are as if they were missing.</summary>
internal static class JsonFeed
{
    public static Outcome<FeedDocument> Read(JsonElement feed, Uri? address)
    {
        if (Member(feed, "items") is not { ValueKind: JsonValueKind.Array } items)
            return FeedReader.Wrong(Text(feed, "version")?.Contains("jsonfeed", StringComparison.Ordinal) == true ? "This JSON Feed has no items." : "This JSON is no JSON Feed: it has no items.");
        var author = Authors(feed);
        var language = FeedItems.Language(Text(feed, "language"));
        return new FeedDocument(FeedFormat.Json)
        {
            Title = FeedText.Plain(Encoded(Text(feed, "title"))) ?? "",
            Description = FeedText.Plain(Encoded(Text(feed, "description"))),
            Site = FeedAddress.Resolve(Text(feed, "home_page_url"), address),
            Self = FeedAddress.Resolve(Text(feed, "feed_url"), address),
            Hub = Hub(feed, address),
            Language = language,
            Author = author,
            Items = FeedItems.Distinct(items.EnumerateArray().Where(static i => i.ValueKind == JsonValueKind.Object).Take(FeedReader.MaxItems).Select(i => ReadItem(i, address, author, language))),
        };
    }

    private static FeedItem ReadItem(JsonElement item, Uri? address, string? feedAuthor, string? language)
    {
        var title = FeedText.Plain(Encoded(Text(item, "title"))) ?? "";
        var link = FeedAddress.Resolve(Text(item, "url"), address) ?? FeedAddress.Resolve(Text(item, "external_url"), address);
        var content = Cut(Text(item, "content_html")) ?? Encoded(Cut(Text(item, "content_text")));
        return new FeedItem(Text(item, "id") ?? FeedItems.IdOf(link, title, content))
        {
            Title = title,
            Link = link ?? FeedAddress.Resolve(Text(item, "id"), null),
            Author = Authors(item) ?? feedAuthor,
            Published = FeedDate.Read(Text(item, "date_published")),
            Updated = FeedDate.Read(Text(item, "date_modified")),
            Content = content,
            Summary = Encoded(Cut(Text(item, "summary"))),
            Base = link ?? address,
            Language = FeedItems.Language(Text(item, "language")) ?? language,
            Picture = FeedAddress.Resolve(Text(item, "image") ?? Text(item, "banner_image"), address),
            Topics = Member(item, "tags") is { ValueKind: JsonValueKind.Array } tags ? FeedItems.Topics(tags.EnumerateArray().Where(static t => t.ValueKind == JsonValueKind.String).Select(static t => t.GetString())) : [],
        };
    }

    private static string? Authors(JsonElement element)
    {
        if (Member(element, "authors") is { ValueKind: JsonValueKind.Array } authors) return FeedNames.Of(authors.EnumerateArray().Select(static a => Text(a, "name")));
        return Member(element, "author") is { } author ? FeedNames.Of(Text(author, "name")) : null;
    }

    private static Uri? Hub(JsonElement feed, Uri? address) => Member(feed, "hubs") is { ValueKind: JsonValueKind.Array } hubs
        ? hubs.EnumerateArray().Where(static h => string.Equals(Text(h, "type"), "WebSub", StringComparison.OrdinalIgnoreCase)).Select(h => FeedAddress.Resolve(Text(h, "url"), address)).FirstOrDefault(static u => u is not null)
        : null;

    private static string? Encoded(string? text) => text is null ? null : WebUtility.HtmlEncode(text);

    private static string? Cut(string? text) => text is null || text.Length <= FeedReader.MaxText ? text : text[..FeedReader.MaxText];

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;

    /// <summary>Numbers too, since some write ids so; null when blank.</summary>
    private static string? Text(JsonElement element, string name)
    {
        if (Member(element, name) is not { } member) return null;
        try
        {
            var text = member.ValueKind switch { JsonValueKind.String => member.GetString()!.Trim(), JsonValueKind.Number => member.GetRawText(), _ => "" };
            return text.Length > 0 ? text : null;
        }
        catch (InvalidOperationException)
        {
            // A lone half of a surrogate pair is no text.
            return null;
        }
    }
}
