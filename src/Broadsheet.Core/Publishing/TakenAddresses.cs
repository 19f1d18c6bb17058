namespace Broadsheet.Core.Publishing;

/// <summary>Beginnings of addresses that belong to something else: articles below one would not be reached, or stand in its way.</summary>
public static class TakenAddresses
{
    private const string OwnFiles = "files of the program";

    /// <summary>First parts of addresses, and whose each is. A test holds it against what the program answers at.</summary>
    private static readonly Dictionary<string, string> Owners = new(StringComparer.OrdinalIgnoreCase)
    {
        ["newsroom"] = "the newsroom",
        ["account"] = "readers’ accounts",
        ["setup"] = "the first setting up",
        ["healthz"] = "the program’s health",
        ["readyz"] = "the program’s health",
        ["assets"] = OwnFiles,
        ["favicon.ico"] = OwnFiles,
        ["robots.txt"] = OwnFiles,
        ["sitemap.xml"] = OwnFiles,
        ["news-sitemap.xml"] = OwnFiles,
        ["xmlrpc.php"] = "programs that write to WordPress",
        ["discussion"] = "the discussion’s pages",
        ["corrections"] = "corrections",
        ["follow"] = "following by mail",
        ["preview"] = "private previews",
        ["privacy"] = "what is said of privacy",
        ["readers"] = "readers’ own pages",
        ["websub"] = "feeds that are announced",
        ["author"] = "the lists of authors’ articles",
        ["search"] = "the search",
        ["page"] = "further pages of the front page",
        ["feed"] = "the feeds",
        ["comments"] = "the feed of all comments",
        ["embed"] = "WordPress’s embedded articles",
        ["trackback"] = "WordPress’s trackbacks",
    };

    /// <returns>Whose addresses begin with this part; null where nobody's do.</returns>
    public static string? OwnerOf(string part) => Owners.TryGetValue(part, out var owner) ? owner : part.StartsWith("wp-", StringComparison.OrdinalIgnoreCase) ? "uploads, programs and WordPress’s own addresses" : null;

    /// <returns>What is wrong with the structure of a publication with these bases (field <c>permalinks</c>); null where its articles are reached.</returns>
    public static Problem? Check(PermalinkStructure permalinks, string categoryBase, string tagBase)
    {
        var literal = Uri.UnescapeDataString(permalinks.Literal);
        if (permalinks.Text.AsSpan().ContainsAny("?#\\") || permalinks.Text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))) return Of("A permalink structure has no spaces, and none of ? # \\.");
        var below = permalinks.Front.Length > 0 ? literal[permalinks.Front.Length..] : literal;
        // Only whole parts: /author-%postname%/ is nobody's.
        var parts = below[..(below.LastIndexOf('/') + 1)];
        foreach (var (root, lists) in new[] { (categoryBase, "the categories’ lists"), (tagBase, "the tags’ lists") })
            if (root.Trim('/') is { Length: > 0 } name && parts.StartsWith($"/{name}/", StringComparison.OrdinalIgnoreCase)) return Taken(name, lists);
        if (parts.Trim('/').Split('/')[0] is { Length: > 0 } first && OwnerOf(first) is { } owner) return Taken(first, owner);
        return IsReached(permalinks, categoryBase, tagBase) ? null : Of("Articles could not be reached at such addresses: they would be read as something else, such as a feed or a date.");

        static Problem Taken(string name, string owner) => Of($"Addresses below /{name}/ belong to {owner}: articles would not be reached there. Begin with another word, or with a tag.");

        static Problem Of(string message) => new("permalinks", message);
    }

    private static bool IsReached(PermalinkStructure permalinks, string categoryBase, string tagBase)
    {
        var path = permalinks.Of(new PermalinkFacts(123_456_789, "an-article-of-ours", new DateTime(2020, 2, 20, 18, 30, 15), "a-section", "somebody"));
        var read = Address.Parse(Uri.UnescapeDataString(path), permalinks, categoryBase, tagBase);
        return read is { Kind: AddressKind.Permalink, Feed: null, IsEmbed: false, IsTrackback: false, Page: null, CommentPage: null } && (Names(read) || (read.Otherwise is { } other && Names(other)));

        static bool Names(Address address) => address.Permalink is { } match && (match.Slug == "an-article-of-ours" || match.Id == 123_456_789);
    }
}
