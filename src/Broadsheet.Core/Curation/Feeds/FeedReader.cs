using System.Text.Json;

namespace Broadsheet.Core.Curation.Feeds;

/// <summary>
/// Reads feeds as they are found: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed 1.0 and 1.1. Ill-formed XML is read as far as it makes sense.
/// Nothing is ever loaded from elsewhere, and entities that a document declares are not expanded, so that no bomb goes off.
/// Limits: <see cref="MaxBytes"/> bytes, <see cref="MaxItems"/> stories, <see cref="FeedMarkup.MaxNodes"/> elements, <see cref="FeedMarkup.MaxDepth"/> elements deep
/// (deeper ones count as their contents), <see cref="MaxText"/> characters a text (what follows is cut).
/// </summary>
public static class FeedReader
{
    /// <summary>10 MB.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    public const int MaxItems = 1000;
    public const int MaxTitle = 500;
    public const int MaxText = 1_000_000;
    public const int MaxTopics = 20;

    /// <param name="contentType">The answer's <c>Content-Type</c>, for its charset; null when unknown.</param>
    /// <param name="address">Where the feed was fetched: what its relative addresses are relative to. Null when unknown; then relative addresses are left out.</param>
    /// <returns>The feed, or the problem <c>feed</c>: one line that says what is wrong and where.</returns>
    public static async Task<Outcome<FeedDocument>> ReadAsync(Stream stream, string? contentType, Uri? address, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        var part = new byte[81920];
        while (await stream.ReadAsync(part, ct) is > 0 and var count)
        {
            if (bytes.Length + count > MaxBytes) return Wrong($"The feed is larger than {MaxBytes / 1024 / 1024} MB.");
            bytes.Write(part, 0, count);
        }

        return Read(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), contentType, address);
    }

    /// <inheritdoc cref="ReadAsync"/>
    public static Outcome<FeedDocument> Read(ReadOnlySpan<byte> bytes, string? contentType, Uri? address)
    {
        if (FeedBytes.OtherKind(bytes) is { } other) return Wrong(other);
        var text = FeedBytes.ToText(bytes, contentType);
        var start = text.AsSpan().TrimStart();
        if (start.IsEmpty) return Wrong("The feed is empty.");
        return start[0] == '{' ? ReadJson(start.ToString(), address) : ReadMarkup(text, address);
    }

    internal static Problem Wrong(string message) => new("feed", message);

    private static Outcome<FeedDocument> ReadJson(string text, Uri? address)
    {
        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 });
            return JsonFeed.Read(json.RootElement, address);
        }
        catch (JsonException e)
        {
            return Wrong($"The JSON is broken in line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.");
        }
    }

    private static Outcome<FeedDocument> ReadMarkup(string text, Uri? address)
    {
        var read = FeedMarkup.Read(text);
        if (read.Problem is { } problem) return problem;
        foreach (var element in read.Value.Elements())
        {
            switch (element.Name)
            {
                case "rss" or "rdf":
                    return RssFeed.Read(element, address);
                case "channel" when element.Attribute("href") is not null:
                    return Wrong($"Line {element.Line} begins a channel of Microsoft's CDF, which is not read.");
                case "channel":
                    return RssFeed.Read(read.Value, address);
                case "feed":
                    return AtomFeed.Read(element, address);
                case "html":
                    return Wrong($"Line {element.Line} begins an HTML page, not a feed.");
                case "opml":
                    return Wrong($"Line {element.Line} begins an OPML list, not a feed.");
                case "entry":
                    return Wrong($"Line {element.Line} begins a single Atom entry, not a feed.");
            }
        }

        return read.Value.Elements().FirstOrDefault() is { } first
            ? Wrong($"Line {first.Line} begins <{Shown(first.Name)}>, which is no feed that is known here (RSS, Atom, JSON Feed).")
            : Wrong("There is no element in it: it is no feed.");
    }

    private static string Shown(string name) => name.Length > 40 ? name[..40] + "…" : name;
}
