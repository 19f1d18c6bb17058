namespace Broadsheet.Core.Curation.Feeds;

/// <summary>The families of feeds that are read.</summary>
public enum FeedFormat
{
    /// <summary>RSS 0.9x and 2.0.</summary>
    Rss,

    /// <summary>RSS 0.90 and 1.0, which are RDF.</summary>
    Rdf,

    /// <summary>Atom 0.3 and 1.0 (RFC 4287).</summary>
    Atom,

    /// <summary>JSON Feed 1.0 and 1.1.</summary>
    Json,
}

/// <summary>What a feed says of itself and of its stories. Texts of it are from outside: markup is as sent and unsafe until it went through the sanitiser.</summary>
public sealed record FeedDocument(FeedFormat Format)
{
    /// <summary>Plain text, at most <see cref="FeedReader.MaxTitle"/> characters; empty when the feed has none.</summary>
    public string Title { get; init; } = "";

    /// <summary>Plain text; null when the feed has none.</summary>
    public string? Description { get; init; }

    /// <summary>The site's address, absolute, http or https.</summary>
    public Uri? Site { get; init; }

    /// <summary>The address that the feed gives as its own: the topic of a WebSub subscription.</summary>
    public Uri? Self { get; init; }

    /// <summary>The first WebSub hub.</summary>
    public Uri? Hub { get; init; }

    /// <summary>A tag of BCP 47 (<c>en-GB</c>), at most 35 characters; null when unknown.</summary>
    public string? Language { get; init; }

    /// <summary>Who writes it all, where the feed names a person.</summary>
    public string? Author { get; init; }

    public DateTimeOffset? Updated { get; init; }

    /// <summary>How long the feed asks to be left alone (RSS <c>ttl</c>, <c>sy:updatePeriod</c>); null when it does not say.</summary>
    public TimeSpan? Rest { get; init; }

    /// <summary>In the feed's order; the first of those with one id; at most <see cref="FeedReader.MaxItems"/>.</summary>
    public IReadOnlyList<FeedItem> Items { get; init; } = [];
}

/// <summary>One story of a feed.</summary>
/// <param name="Id">Never empty: the feed's own id, else the story's address, else made of its words.</param>
public sealed record FeedItem(string Id)
{
    /// <summary>Plain text; empty when the feed gives none (short notes often have none).</summary>
    public string Title { get; init; } = "";

    /// <summary>Where the story stands, absolute, http or https.</summary>
    public Uri? Link { get; init; }

    /// <summary>Names as one line (<c>A. Writer, B. Writer</c>); a bare mail address is no name and is left out.</summary>
    public string? Author { get; init; }

    public DateTimeOffset? Published { get; init; }

    public DateTimeOffset? Updated { get; init; }

    /// <summary>The story as HTML, as sent; null when the feed carries only a summary.</summary>
    public string? Content { get; init; }

    /// <summary>HTML, as sent.</summary>
    public string? Summary { get; init; }

    /// <summary>What addresses in <see cref="Content"/> and <see cref="Summary"/> are relative to.</summary>
    public Uri? Base { get; init; }

    /// <summary>Whose story it is, when the feed repeats somebody else's (RSS and Atom <c>source</c>).</summary>
    public string? SourceName { get; init; }

    public Uri? SourceUrl { get; init; }

    public string? Language { get; init; }

    public Uri? Picture { get; init; }

    /// <summary>At most <see cref="FeedReader.MaxTopics"/>, plain text.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];
}
