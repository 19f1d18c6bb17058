namespace Broadsheet.Core.Curation.Feeds;

/// <summary>Atom 0.3 and 1.0 (RFC 4287).</summary>
internal static class AtomFeed
{
    public static Outcome<FeedDocument> Read(FeedNode feed, Uri? address)
    {
        var own = feed.Space;
        var author = Author(feed, own);
        var language = FeedItems.Language(feed.Attribute("xml:lang"));
        return new FeedDocument(FeedFormat.Atom)
        {
            Title = FeedText.Plain(FeedText.OfAtom(feed.Element("title", own))) ?? "",
            Description = FeedText.Plain(FeedText.OfAtom(feed.Element("subtitle", own) ?? feed.Element("tagline", own))),
            Site = FeedLinks.Find(feed, "alternate", address),
            Self = FeedLinks.Find(feed, "self", address),
            Hub = FeedLinks.Find(feed, "hub", address),
            Language = language,
            Author = author,
            Updated = Date(feed, own, "updated", "modified"),
            Items = FeedItems.Distinct(feed.Elements("entry", own).Concat(feed.Elements("entries", own).SelectMany(e => e.Elements("entry", own)))
                .Take(FeedReader.MaxItems).Select(e => ReadEntry(e, own, address, author))),
        };
    }

    private static FeedItem ReadEntry(FeedNode entry, string own, Uri? address, string? feedAuthor)
    {
        var title = FeedText.Plain(FeedText.OfAtom(entry.Element("title", own)) ?? FeedText.OfRss(entry.Element("title", "media") ?? entry.Element("title", "dc"))) ?? "";
        var link = FeedAddress.Resolve(entry.ValueOf("origlink", "feedburner"), entry.Base(address)) ?? FeedLinks.Find(entry, "alternate", address);
        var content = entry.Element("content", own);
        var text = content?.Attribute("src") is null ? FeedText.OfAtom(content) : null;
        var summary = FeedText.OfAtom(entry.Element("summary", own)) ?? FeedText.OfRss(entry.Elements("group", "media").FirstOrDefault()?.Element("description", "media") ?? entry.Element("description", "media"));
        var source = entry.Element("source", own);
        return new FeedItem(entry.ValueOf("id", own) ?? FeedItems.IdOf(link, title, text ?? summary))
        {
            Title = title,
            Link = link ?? FeedAddress.Resolve(entry.ValueOf("id", own), null),
            Author = Author(entry, own) ?? (source is null ? null : Author(source, own)) ?? FeedNames.Of(entry.Elements("creator", "dc").Select(static e => e.Value())) ?? feedAuthor,
            Published = Date(entry, own, "published", "issued", "created") ?? FeedDate.Read(entry.ValueOf("date", "dc")),
            Updated = Date(entry, own, "updated", "modified"),
            Content = text,
            Summary = summary,
            Base = (content ?? entry).Base(address),
            SourceName = source is null ? null : FeedText.Plain(FeedText.OfAtom(source.Element("title", own))),
            SourceUrl = source is null ? null : FeedLinks.Find(source, "alternate", address),
            Language = FeedItems.Language(entry.Inherited("xml:lang")),
            Picture = FeedLinks.Picture(entry, address),
            Topics = FeedItems.Topics(entry.Elements("category", own).Select(static c => c.Attribute("label") ?? c.Attribute("term")).Concat(entry.Elements("subject", "dc").Select(static e => (string?)e.Value()))),
        };
    }

    private static string? Author(FeedNode element, string own) =>
        FeedNames.Of(element.Elements("author", own).Select(a => a.HasElements ? a.ValueOf("name", own) : a.Value()));

    private static DateTimeOffset? Date(FeedNode element, string own, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (FeedDate.Read(element.ValueOf(name, own)) is { } date) return date;
        return null;
    }
}
