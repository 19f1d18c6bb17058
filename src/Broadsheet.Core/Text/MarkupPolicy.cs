using System.Collections.Frozen;

namespace Broadsheet.Core.Text;

/// <summary>One allow-list: elements, and for each its attributes. Whatever is not named here does not reach a page.</summary>
internal sealed class MarkupPolicy
{
    public const string EmbedClass = "embed-link";
    public const string MissingMediaClass = "missing-media";

    private static readonly string[] NoAttributes = [];
    private static readonly (string Tags, string Attributes)[] CommenterTags =
    [
        ("a", "href title rel"),
        ("abbr", "title"),
        ("blockquote q", "cite"),
        ("p br em strong i b del s cite code pre ul ol li sub sup", ""),
    ];

    private readonly bool[] _allowed = new bool[HtmlTag.Count];

    private MarkupPolicy(bool media, string[] anywhere, params (string Tags, string Attributes)[] lists)
    {
        KeepsMedia = media;
        var attributes = new Dictionary<string, FrozenSet<string>>(StringComparer.Ordinal);
        foreach (var (tags, own) in lists)
        {
            foreach (var tag in tags.Split(' '))
            {
                _allowed[HtmlTag.Of(tag).Index] = true;
                attributes[tag] = own.Split(' ', StringSplitOptions.RemoveEmptyEntries).Concat(anywhere).ToFrozenSet(StringComparer.Ordinal);
            }
        }

        Attributes = attributes.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>For readers' comments.</summary>
    public static MarkupPolicy Commenter { get; } = new(media: false, NoAttributes, CommenterTags);

    /// <summary>For what staff say beside a discussion: no more than a comment may have, but the links are the publication's own.</summary>
    public static MarkupPolicy House { get; } = new(media: false, NoAttributes, CommenterTags) { VouchesForLinks = true };

    /// <summary>For headlines: one line, no links (a headline is itself a link).</summary>
    public static MarkupPolicy Inline { get; } = new(media: false, NoAttributes,
        ("em strong i b code sub sup span cite q abbr small s del ins mark kbd var u bdi", ""));

    /// <summary>For what staff write, and for feeds and imports.</summary>
    public static MarkupPolicy Editor { get; } = new(media: true, ["class", "id", "lang", "dir", "title", "role", "aria-label"],
        ("a", "href rel hreflang"),
        ("img", "src alt width height loading decoding srcset sizes"),
        ("source", "src srcset sizes media type width height"),
        ("track", "src kind srclang label default"),
        ("audio", "src controls preload loop muted"),
        ("video", "src controls preload loop muted poster width height playsinline"),
        ("blockquote q", "cite"),
        ("del ins", "cite datetime"),
        ("time", "datetime"),
        ("ol", "start type reversed"),
        ("li", "value"),
        ("td th", "colspan rowspan scope"),
        ("col colgroup", "span"),
        ("details", "open"),
        ("p br hr em strong i b s cite code pre ul sub sup abbr dfn kbd samp var u small mark span bdi bdo wbr ruby rt rp", ""),
        ("div section article aside header footer address h1 h2 h3 h4 h5 h6 figure figcaption picture dl dt dd summary table caption thead tbody tfoot tr", ""))
    { VouchesForLinks = true };

    public bool KeepsMedia { get; }

    /// <summary>Links are the publication's: they keep their own <c>rel</c>, and are not marked <c>nofollow ugc</c>.</summary>
    public bool VouchesForLinks { get; private init; }

    public FrozenDictionary<string, FrozenSet<string>> Attributes { get; }

    public static MarkupPolicy For(MarkupRights rights) => rights == MarkupRights.Editor ? Editor : Commenter;

    public bool Allows(HtmlTag tag) => _allowed[tag.Index];
}
