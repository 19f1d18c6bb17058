namespace Broadsheet.Core.Curation.Feeds;

/// <summary>Atom's links, in Atom and in RSS, and the pictures that come with a story.</summary>
internal static class FeedLinks
{
    /// <summary>The first link of a relation that leads to a page, in the element's own space or Atom's.</summary>
    public static Uri? Find(FeedNode element, string relation, Uri? address)
    {
        Uri? other = null;
        foreach (var link in element.Elements().Where(static e => e.Name == "link" && e.Space is "" or "atom"))
        {
            if (!Is(link, relation) || FeedAddress.Resolve(link.Attribute("href"), link.Base(address)) is not { } found) continue;
            if (relation != "alternate" || link.Attribute("type") is null || link.Attribute("type")!.Contains("html", StringComparison.OrdinalIgnoreCase)) return found;
            other ??= found;
        }

        return other;
    }

    public static Uri? Picture(FeedNode item, Uri? address)
    {
        var at = item.Base(address);
        foreach (var element in Descend(item))
        {
            var type = element.Attribute("type") ?? "";
            var isPicture = element.Name switch
            {
                "content" when element.Space == "media" => element.Attribute("medium") == "image" || type.StartsWith("image/", StringComparison.OrdinalIgnoreCase),
                "thumbnail" => element.Space == "media",
                "enclosure" => type.StartsWith("image/", StringComparison.OrdinalIgnoreCase),
                "link" => Is(element, "enclosure") && type.StartsWith("image/", StringComparison.OrdinalIgnoreCase),
                "image" => element.Space == "itunes",
                _ => false,
            };
            if (isPicture && FeedAddress.Resolve(element.Attribute("url") ?? element.Attribute("href"), at) is { } picture) return picture;
        }

        return null;
    }

    private static IEnumerable<FeedNode> Descend(FeedNode item) =>
        item.Elements().Concat(item.Elements().Where(static e => e.Space == "media" && e.Name is "group" or "content").SelectMany(static e => e.Elements()));

    private static bool Is(FeedNode link, string relation)
    {
        var rel = link.Attribute("rel")?.Trim() ?? "";
        if (rel.Length == 0) rel = "alternate";
        const string registry = "http://www.iana.org/assignments/relation/";
        if (rel.StartsWith(registry, StringComparison.OrdinalIgnoreCase)) rel = rel[registry.Length..];
        return rel.Split(' ').Contains(relation, StringComparer.OrdinalIgnoreCase);
    }
}
