namespace Broadsheet.Core.Curation.Feeds;

/// <summary>RSS 0.9x, 1.0 and 2.0 with the usual modules: Dublin Core, content, syndication, Media RSS, Atom's links.</summary>
internal static class RssFeed
{
    private static readonly TimeSpan LongestRest = TimeSpan.FromDays(30);

    /// <param name="root">The <c>rss</c> or <c>RDF</c> element, or the document where a feed begins with its channel.</param>
    public static Outcome<FeedDocument> Read(FeedNode root, Uri? address)
    {
        var channel = root.Element("channel") ?? root;
        var language = FeedItems.Language(channel.ValueOf("language") ?? channel.ValueOf("language", "dc") ?? channel.Inherited("xml:lang"));
        var items = channel.Elements("item").Concat(channel == root ? [] : root.Elements("item"))
            .Concat(root.Elements("items").SelectMany(static i => i.Elements("item"))).Concat(channel.Elements("items").SelectMany(static i => i.Elements("item")));
        var author = FeedNames.Of(new[] { channel.ValueOf("creator", "dc"), channel.ValueOf("author", "dc"), channel.ValueOf("managingeditor"), channel.ValueOf("author", "itunes"), channel.ValueOf("author") }
            .FirstOrDefault(static a => FeedNames.Of(a) is not null));
        return new FeedDocument(root.Name == "rdf" ? FeedFormat.Rdf : FeedFormat.Rss)
        {
            Title = FeedText.Plain(FeedText.OfRss(channel.Element("title") ?? channel.Element("title", "dc") ?? channel.Element("title", "atom"))) ?? "",
            Description = FeedText.Plain(FeedText.OfRss(channel.Element("description") ?? channel.Element("tagline") ?? channel.Element("subtitle", "itunes") ?? channel.Element("summary", "itunes"))),
            Site = LinkOf(channel, address),
            Self = FeedLinks.Find(channel, "self", address),
            Hub = FeedLinks.Find(channel, "hub", address),
            Language = language,
            Author = author,
            Updated = Date(channel, ("lastbuilddate", ""), ("modified", "dcterms"), ("date", "dc"), ("pubdate", ""), ("updated", "atom")),
            Rest = Rest(channel),
            Items = FeedItems.Distinct(items.Take(FeedReader.MaxItems).Select(i => ReadItem(i, address) with { Language = ItemLanguage(i) ?? language })),
        };
    }

    private static FeedItem ReadItem(FeedNode item, Uri? address)
    {
        var title = FeedText.Plain(FeedText.OfRss(item.Element("title") ?? item.Element("title", "media") ?? item.Element("title", "dc") ?? item.Element("title", "atom"))) ?? "";
        var link = FeedAddress.Resolve(item.ValueOf("origlink", "feedburner"), item.Base(address)) ?? LinkOf(item, address) ?? Permalink(item, address);
        var summary = FeedText.OfRss(item.Element("description")) ?? FeedText.OfRss(item.Element("description", "dc")) ?? FeedText.OfRss(item.Element("summary", "itunes"))
            ?? FeedText.OfRss(item.Element("description", "media")) ?? FeedText.OfAtom(item.Element("summary", "atom"));
        var content = FeedText.OfRss(item.Element("encoded", "content")) ?? FeedText.OfRss(item.Element("fullitem")) ?? Body(item) ?? FeedText.OfAtom(item.Element("content", "atom"));
        var published = Date(item, ("pubdate", ""), ("issued", "dcterms"), ("date", "dc"), ("created", "dcterms"), ("published", "atom"));
        var source = item.Element("source");
        return new FeedItem(item.ValueOf("guid") ?? item.ValueOf("id", "atom") ?? item.Attribute("rdf:about") ?? FeedItems.IdOf(link, title, content ?? summary))
        {
            Title = title,
            Link = link,
            Author = FeedNames.Of(item.Elements("creator", "dc").Concat(item.Elements("author", "dc")).Select(static e => e.Value()))
                ?? FeedNames.Of(item.ValueOf("author")) ?? FeedNames.Of(item.ValueOf("author", "itunes")) ?? FeedNames.Of(item.Elements("author", "atom").Select(static a => a.ValueOf("name", "atom"))),
            Published = published,
            Updated = Date(item, ("modified", "dcterms"), ("updated", "atom")),
            Content = content,
            Summary = summary,
            Base = item.Base(address),
            SourceName = source is null ? null : FeedText.Plain(source.Value()),
            SourceUrl = FeedAddress.Resolve(source?.Attribute("url"), item.Base(address)),
            Picture = FeedLinks.Picture(item, address),
            Topics = FeedItems.Topics(item.Elements("category").Concat(item.Elements("subject", "dc")).Select(static e => e.Value())),
        };
    }

    /// <summary>The link with words in it; where it is broken or missing, Atom's.</summary>
    private static Uri? LinkOf(FeedNode element, Uri? address)
    {
        foreach (var link in element.Elements("link"))
            if (FeedAddress.Resolve(link.Value() is { Length: > 0 } text ? text : link.Attribute("href"), link.Base(address)) is { } found) return found;
        return FeedLinks.Find(element, "alternate", address);
    }

    private static Uri? Permalink(FeedNode item, Uri? address) =>
        item.Element("guid") is { } guid && !string.Equals(guid.Attribute("ispermalink"), "false", StringComparison.OrdinalIgnoreCase)
            ? FeedAddress.Resolve(guid.Value(), Uri.IsWellFormedUriString(guid.Value(), UriKind.Absolute) ? null : item.Base(address) is null || !guid.Value().Contains('/', StringComparison.Ordinal) ? null : item.Base(address))
            : null;

    /// <summary>The story in XHTML's own body or div (a module of RSS 2.0's early days).</summary>
    private static string? Body(FeedNode item) =>
        (item.Element("body", "xhtml") ?? item.Element("div", "xhtml") ?? item.Element("body")) is { } body ? FeedText.NotEmpty(body.InnerMarkup()) : null;

    private static string? ItemLanguage(FeedNode item) => FeedItems.Language(item.ValueOf("language", "dc") ?? item.Attribute("xml:lang"));

    private static DateTimeOffset? Date(FeedNode element, params ReadOnlySpan<(string Name, string Space)> names)
    {
        foreach (var (name, space) in names)
            if (FeedDate.Read(element.ValueOf(name, space)) is { } date) return date;
        return null;
    }

    private static TimeSpan? Rest(FeedNode channel)
    {
        if (int.TryParse(channel.ValueOf("ttl"), out var minutes) && minutes is > 0 and < 100_000) return Least(TimeSpan.FromMinutes(minutes));
        var period = channel.ValueOf("updateperiod", "sy")?.ToLowerInvariant() switch
        {
            "hourly" => TimeSpan.FromHours(1),
            "daily" => TimeSpan.FromDays(1),
            "weekly" => TimeSpan.FromDays(7),
            "monthly" => TimeSpan.FromDays(30),
            _ => (TimeSpan?)null,
        };
        var times = int.TryParse(channel.ValueOf("updatefrequency", "sy"), out var frequency) && frequency > 0 ? frequency : 1;
        return period is { } p ? Least(p / times) : null;
    }

    private static TimeSpan Least(TimeSpan rest) => rest < LongestRest ? rest : LongestRest;
}
