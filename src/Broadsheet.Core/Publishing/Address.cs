using System.Globalization;
using System.Text.RegularExpressions;

namespace Broadsheet.Core.Publishing;

/// <summary>What a reader's address asks for.</summary>
public enum AddressKind
{
    Home,

    /// <summary>An article by the permalink structure, or a page by its path: the database tells which.</summary>
    Permalink,
    Category,
    Tag,
    Author,
    Date,
    Search,

    /// <summary>The comments of the whole publication (only as a feed).</summary>
    Comments,
}

public enum FeedFormat
{
    Rss2,
    Atom,
    Rdf,

    /// <summary>RSS 0.92.</summary>
    Rss,
}

/// <summary>A public address taken apart as WordPress's rewrite rules do: what it names, and which view of it.</summary>
public sealed partial record Address
{
    public AddressKind Kind { get; init; }

    /// <summary>For a permalink: the decoded path without the suffixes that the other members tell. For the archives: the slug path, the author, or the search words.</summary>
    public string Name { get; init; } = "";

    /// <summary>What the permalink structure reads out of <see cref="Name"/>; null where only a page can have that path.</summary>
    public PermalinkMatch? Permalink { get; private init; }
    public int? Year { get; private init; }
    public int? Month { get; private init; }
    public int? Day { get; private init; }

    /// <summary>Page of a list, from 1; null where the address does not say.</summary>
    public int? Page { get; private init; }

    /// <summary>Page of a divided article (<c>&lt;!--nextpage--&gt;</c>), from 1.</summary>
    public int? BodyPage { get; private init; }
    public int? CommentPage { get; private init; }

    /// <summary>What else the address may mean where nothing is found by this reading; null where there is one reading only.</summary>
    public Address? Otherwise { get; private init; }
    public FeedFormat? Feed { get; init; }
    public bool IsEmbed { get; private init; }
    public bool IsTrackback { get; private init; }

    /// <param name="path">Decoded, as in the request; a query is not part of it.</param>
    /// <returns>Null for an address that can name nothing, such as an impossible date.</returns>
    public static Address? Parse(string path, PermalinkStructure permalinks, string categoryBase, string tagBase)
    {
        var rest = path.Trim('/');
        if (permalinks.Front.Length > 0 && (rest == "index.php" || rest.StartsWith("index.php/", StringComparison.Ordinal))) rest = rest["index.php".Length..].Trim('/');
        var suffixes = Suffixes.Take(ref rest);
        if (rest.Length == 0) return Of(AddressKind.Home, "", suffixes);
        var (head, tail) = rest.IndexOf('/', StringComparison.Ordinal) is var slash and > 0 ? (rest[..slash], rest[(slash + 1)..]) : (rest, "");
        if (Below(rest, categoryBase) is { } category) return Of(AddressKind.Category, Slug.Fold(category), suffixes);
        if (Below(rest, tagBase) is { } tag) return Of(AddressKind.Tag, Slug.Fold(tag), suffixes);
        if (head == "author" && tail.Length > 0) return Of(AddressKind.Author, Slug.Fold(tail), suffixes);
        if (head == "search" && tail.Length > 0) return Of(AddressKind.Search, tail, suffixes);
        if (rest == "comments" && suffixes.Feed is not null) return Of(AddressKind.Comments, "", suffixes);
        if (DatePattern().Match(rest) is { Success: true } date) return OfDate(date, suffixes);
        return OfPermalink(rest, permalinks, suffixes);
    }

    /// <summary>
    /// A number at the end is a page of the body, unless the structure itself needs it; where both can be (categories may be of any depth, a
    /// page may be called 2020), WordPress's reading comes first and the other is tried after it.
    /// </summary>
    private static Address OfPermalink(string rest, PermalinkStructure permalinks, Suffixes suffixes)
    {
        var prefix = permalinks.Front;
        var whole = Of(AddressKind.Permalink, rest, suffixes) with { Permalink = permalinks.Match($"{prefix}/{rest}") };
        if (BodyPagePattern().Match(rest) is not { Success: true } numbered) return whole;
        var before = numbered.Groups["rest"].Value;
        var page = Of(AddressKind.Permalink, before, suffixes) with { Permalink = permalinks.Match($"{prefix}/{before}"), BodyPage = int.Parse(numbered.Groups["page"].ValueSpan, CultureInfo.InvariantCulture) };
        return page.Permalink is not null || whole.Permalink is null ? page with { Otherwise = whole } : whole with { Otherwise = page };
    }

    private static Address? OfDate(Match date, Suffixes suffixes)
    {
        var (year, month, day) = (Int("year")!.Value, Int("month"), Int("day"));
        if (year < 1 || month is < 1 or > 12 || day is { } d && (d < 1 || d > DateTime.DaysInMonth(year, month!.Value))) return null;
        return Of(AddressKind.Date, "", suffixes) with { Year = year, Month = month, Day = day };

        int? Int(string name) => date.Groups[name] is { Success: true } group ? int.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : null;
    }

    private static Address Of(AddressKind kind, string name, Suffixes s) => new()
    {
        Kind = kind,
        Name = name,
        Page = s.Page,
        CommentPage = s.CommentPage,
        Feed = s.Feed,
        IsEmbed = s.IsEmbed,
        IsTrackback = s.IsTrackback,
    };

    private static string? Below(string path, string root)
    {
        root = root.Trim('/');
        return path.Length > root.Length + 1 && path.StartsWith(root, StringComparison.Ordinal) && path[root.Length] == '/' ? path[(root.Length + 1)..] : null;
    }

    [GeneratedRegex("^(?<year>[0-9]{4})(/(?<month>[0-9]{1,2})(/(?<day>[0-9]{1,2}))?)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex DatePattern();

    [GeneratedRegex("^(?<rest>.+)/(?<page>[0-9]{1,5})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex BodyPagePattern();

    private sealed record Suffixes(int? Page, int? CommentPage, FeedFormat? Feed, bool IsEmbed, bool IsTrackback)
    {
        public static Suffixes Take(ref string path)
        {
            var feed = TakeFeed(ref path);
            var isEmbed = TakeWord(ref path, "embed");
            var isTrackback = TakeWord(ref path, "trackback");
            var commentPage = TakeNumber(ref path, "comment-page-");
            var page = TakeNumber(ref path, "page/");
            return new Suffixes(page, commentPage, feed, isEmbed, isTrackback);
        }

        private static FeedFormat? TakeFeed(ref string path)
        {
            FeedFormat? found = null;
            // `/feed/feed/` and `/feed/atom/` name one feed; a bare `/atom` at the end does too.
            while (LastSegment(path) is "feed" or "rss2" or "rss" or "rdf" or "atom")
            {
                var named = LastSegment(path) switch { "atom" => FeedFormat.Atom, "rdf" => FeedFormat.Rdf, "rss" => FeedFormat.Rss, "rss2" => FeedFormat.Rss2, _ => (FeedFormat?)null };
                if (named is not null && found is not null) break;
                path = path[..^LastSegment(path).Length].TrimEnd('/');
                found = named ?? found ?? FeedFormat.Rss2;
            }
            return found;
        }

        private static bool TakeWord(ref string path, string word)
        {
            if (LastSegment(path) != word || path.Length == word.Length) return false;
            path = path[..^word.Length].TrimEnd('/');
            return true;
        }

        private static int? TakeNumber(ref string path, string label)
        {
            var at = path.LastIndexOf(label, StringComparison.Ordinal);
            if (at < 0 || (at > 0 && path[at - 1] != '/') || !int.TryParse(path.AsSpan(at + label.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
            path = path[..at].TrimEnd('/');
            return number;
        }

        private static string LastSegment(string path) => path[(path.LastIndexOf('/') + 1)..];
    }
}
