using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Broadsheet.Core.Publishing;

/// <summary>What a permalink is made from.</summary>
/// <param name="CategoryPath">The category's slugs from the root, joined by <c>/</c>.</param>
/// <param name="Author">The author's slug.</param>
public sealed record PermalinkFacts(long Id, string Slug, DateTime Local, string CategoryPath, string Author);

/// <summary>What an address says of the article it names. Null or 0: it does not say.</summary>
public sealed record PermalinkMatch(long Id, string? Slug, int? Year, int? Month, int? Day, int? Hour, int? Minute, int? Second, string? Category, string? Author);

/// <summary>
/// A publication's permalink structure, in WordPress's tags: <c>%year% %monthnum% %day% %hour% %minute% %second% %postname%
/// %post_id% %category% %author%</c> and literal text. Ends in a slash or not: that is the publication's policy for all its addresses.
/// </summary>
public sealed partial class PermalinkStructure
{
    public const string Default = "/%year%/%monthnum%/%day%/%postname%/";

    private static readonly Dictionary<string, string> Patterns = new(StringComparer.Ordinal)
    {
        ["year"] = "(?<year>[0-9]{4})",
        ["monthnum"] = "(?<monthnum>[0-9]{1,2})",
        ["day"] = "(?<day>[0-9]{1,2})",
        ["hour"] = "(?<hour>[0-9]{1,2})",
        ["minute"] = "(?<minute>[0-9]{1,2})",
        ["second"] = "(?<second>[0-9]{1,2})",
        ["postname"] = "(?<postname>[^/]+)",
        ["post_id"] = "(?<post_id>[0-9]{1,18})",
        ["category"] = "(?<category>.+)",
        ["author"] = "(?<author>[^/]+)",
    };

    private readonly List<(bool IsTag, string Text)> _parts;
    private readonly Regex _matcher;

    private PermalinkStructure(string text, List<(bool IsTag, string Text)> parts)
    {
        (Text, _parts) = (text, parts);
        var pattern = string.Concat(parts.Select(p => p.IsTag ? Patterns[p.Text] : Regex.Escape(p.Text))).TrimEnd('/');
        _matcher = new Regex($"^{pattern}/?$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
    }

    public string Text { get; }

    public bool EndsInSlash => Text.EndsWith('/');

    /// <summary>Articles live directly under the root (<c>/%postname%/</c>), where pages live too.</summary>
    public bool StartsWithSlug => _parts is [(false, "/"), (true, "postname" or "category" or "author"), ..];

    /// <summary>What stands before the first tag, as written: a slash at least.</summary>
    public string Literal => _parts[0] is (false, var text) ? text : "";

    /// <summary>What stands before date archives and terms too: <c>/index.php</c> or nothing.</summary>
    public string Front => Text.StartsWith("/index.php/", StringComparison.Ordinal) ? "/index.php" : "";

    /// <returns>The structure, or the problem with it (field <c>permalinks</c>).</returns>
    public static Outcome<PermalinkStructure> Parse(string text)
    {
        text = text.Trim();
        if (text.Length is < 2 or > 200 || text[0] != '/') return new Problem("permalinks", "A permalink structure begins with a slash, such as /%year%/%monthnum%/%postname%/.");
        var parts = new List<(bool, string)>();
        var last = 0;
        foreach (Match tag in TagPattern().Matches(text))
        {
            if (tag.Index > last) parts.Add((false, text[last..tag.Index]));
            var name = tag.Groups["tag"].Value;
            if (!Patterns.ContainsKey(name)) return new Problem("permalinks", $"There is no tag %{name}%.");
            if (parts.Contains((true, name))) return new Problem("permalinks", $"The tag %{name}% stands twice.");
            parts.Add((true, name));
            last = tag.Index + tag.Length;
        }
        if (last < text.Length) parts.Add((false, text[last..]));
        if (!parts.Exists(p => p is (true, "postname" or "post_id"))) return new Problem("permalinks", "A permalink structure needs %postname% or %post_id%.");
        return new PermalinkStructure(text, parts);
    }

    /// <summary>The root-relative address, percent-encoded.</summary>
    public string Of(PermalinkFacts article)
    {
        var path = new StringBuilder();
        foreach (var (isTag, text) in _parts) path.Append(isTag ? Value(text, article) : text);
        return path.ToString();
    }

    /// <param name="path">Root-relative, decoded, without <c>/feed</c>, <c>/page/N</c> and the like.</param>
    public PermalinkMatch? Match(string path)
    {
        var match = _matcher.Match(path);
        if (!match.Success) return null;
        return new PermalinkMatch(long.TryParse(Get("post_id"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0,
            Get("postname") is { } slug ? Slug.Fold(slug) : null, Int("year"), Int("monthnum"), Int("day"), Int("hour"), Int("minute"), Int("second"), Get("category"), Get("author"));

        string? Get(string name) => match.Groups[name] is { Success: true } group ? group.Value : null;
        int? Int(string name) => Get(name) is { } digits ? int.Parse(digits, CultureInfo.InvariantCulture) : null;
    }

    private static string Value(string tag, PermalinkFacts a) => tag switch
    {
        "year" => a.Local.ToString("yyyy", CultureInfo.InvariantCulture),
        "monthnum" => a.Local.ToString("MM", CultureInfo.InvariantCulture),
        "day" => a.Local.ToString("dd", CultureInfo.InvariantCulture),
        "hour" => a.Local.ToString("HH", CultureInfo.InvariantCulture),
        "minute" => a.Local.ToString("mm", CultureInfo.InvariantCulture),
        "second" => a.Local.ToString("ss", CultureInfo.InvariantCulture),
        "postname" => Slug.Escape(a.Slug.Length > 0 ? a.Slug : a.Id.ToString(CultureInfo.InvariantCulture)),
        "post_id" => a.Id.ToString(CultureInfo.InvariantCulture),
        "category" => string.Join('/', a.CategoryPath.Split('/').Select(Slug.Escape)),
        "author" => Slug.Escape(a.Author),
        _ => throw new InvalidOperationException($"No tag {tag}."),
    };

    [GeneratedRegex("%(?<tag>[a-z_]+)%", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex TagPattern();
}
