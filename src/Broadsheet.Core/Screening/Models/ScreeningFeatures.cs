namespace Broadsheet.Core.Screening.Models;

/// <summary>
/// What the models see of a comment: n-grams of its words, of the writer's name and of links, hashed, and traits of the whole. Where name, link or metadata
/// are missing nothing is said of them: that a field is empty tells which form or dump a comment came through, not what it is.
/// </summary>
public sealed class ScreeningFeatures
{
    private readonly List<Feature> _features;

    private ScreeningFeatures(CommentParts parts, List<Feature> features) => (Parts, _features) = (parts, features);

    internal CommentParts Parts { get; }

    internal List<Feature> List => _features;

    /// <param name="content">As written: plain, HTML or Markdown. Of more than 1,600 characters the first 1,200 and the last 400 are read.</param>
    /// <param name="author">Empty when there is none.</param>
    /// <param name="authorUrl">Empty when there is none.</param>
    /// <param name="metadata">What is known of a live submission, such as <c>network:198.51.100.0/24</c>; learned only from the publication's own decisions. Empty when training.</param>
    public static ScreeningFeatures Of(string content, string author, string authorUrl, IReadOnlyList<string> metadata)
    {
        var parts = CommentParts.Of(content, author, authorUrl);
        using var walk = new FeatureWalk();
        walk.Text(parts.Text);
        if (parts.Name is { } name) walk.Name(name);
        walk.Links(parts.Links);
        Traits.AddTo(walk, parts);
        foreach (var one in metadata) walk.Add(new Feature(FeatureSlots.Base + (int)(FeatureSlots.Hash(one, 9) % FeatureSlots.Metadata), 0.5f, FeatureKind.Metadata, 0, 0));
        return new ScreeningFeatures(parts, walk.Features);
    }
}

/// <summary>A comment's parts, each folded.</summary>
/// <param name="Name">Null when there is none.</param>
/// <param name="Link">The writer's; null when there is none.</param>
/// <param name="Links">The writer's first, then those in the text.</param>
internal sealed record CommentParts(PlainComment Plain, PartWords Text, PartWords? Name, string WrittenName, LinkParts? Link, IReadOnlyList<LinkParts> Links)
{
    private const int LongestName = 120;

    public static CommentParts Of(string content, string author, string authorUrl)
    {
        var plain = PlainComment.Read(content);
        var name = System.Net.WebUtility.HtmlDecode(author.Length > LongestName ? author[..LongestName] : author).Trim();
        var link = authorUrl.Length > 0 ? LinkParts.Of(authorUrl) : null;
        var links = new List<LinkParts>();
        if (link is not null) links.Add(link);
        foreach (var one in plain.Links.Take(FeatureWalk.MostLinks))
            if (LinkParts.Of(one) is { } part) links.Add(part);
        return new CommentParts(plain, PartWords.Of(plain.Text), name.Length > 0 ? PartWords.Of(name) : null, name, link, links);
    }
}
