using System.Text.Json.Serialization;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Screening;
using Broadsheet.Core.Text;

namespace Broadsheet.Web.Data;

/// <summary>
/// What an editor would change: kept in the database, read once and held in memory (<see cref="PublicationStore"/>).
/// Names follow WordPress's options where there is one.
/// </summary>
internal sealed record Publication
{
    public string Title { get; init; } = "Broadsheet";
    public string Tagline { get; init; } = "";

    /// <summary>BCP 47; also decides quotes, hyphenation and direction.</summary>
    public string Language { get; init; } = "en";

    /// <summary>IANA name.</summary>
    public string TimeZone { get; init; } = "UTC";
    public string Permalinks { get; init; } = PermalinkStructure.Default;
    public string CategoryBase { get; init; } = "category";
    public string TagBase { get; init; } = "tag";
    public int PostsPerPage { get; init; } = 10;
    public int PostsPerFeed { get; init; } = 10;

    /// <summary>Feeds carry summaries only (<c>rss_use_excerpt</c>).</summary>
    public bool FeedExcerpts { get; init; }

    /// <summary>Search engines are welcome (<c>blog_public</c>).</summary>
    public bool IsIndexed { get; init; } = true;

    /// <summary>Attachments have pages of their own; else their address redirects to the file (<c>wp_attachment_pages_enabled</c>).</summary>
    public bool AttachmentPages { get; init; }
    public bool CommentsOpen { get; init; } = true;
    public int CommentsPerPage { get; init; } = 50;

    /// <summary>Levels of replies that readers may open, 1 to 10 (<c>thread_comments_depth</c>). Limits new replies, never an import.</summary>
    public int ThreadDepth { get; init; } = 10;
    public bool NameAndEmailRequired { get; init; } = true;

    /// <summary>Only signed-in people may comment (<c>comment_registration</c>).</summary>
    public bool SignInToComment { get; init; }
    public bool HoldAll { get; init; }
    public bool HoldFirst { get; init; } = true;
    public int HoldLinks { get; init; } = 2;

    /// <summary>As typed, a line each.</summary>
    public string HoldWords { get; init; } = "";
    public string RefuseWords { get; init; } = "";

    /// <summary>Seconds between two comments of one network address, person or e-mail address; 0 turns it off.</summary>
    public int FloodSeconds { get; init; } = 15;

    /// <summary>Hosts whose pictures and sounds may stand in pages; readers' browsers will call them.</summary>
    public IReadOnlyList<string> MediaHosts { get; init; } = [];

    /// <summary>The hosts of the publication's earlier homes: their links are its own.</summary>
    public IReadOnlyList<string> OwnHosts { get; init; } = [];

    /// <summary>The path that its earlier home stood under, such as <c>/blog</c>; empty for none.</summary>
    public string OldBasePath { get; init; } = "";

    /// <summary>A person has set the title and the rest; an import no longer does.</summary>
    public bool IsSetUp { get; init; }

    [JsonIgnore]
    public PermalinkStructure PermalinkStructure => field ??= PermalinkStructure.Parse(Permalinks) is { Problem: null } good ? good.Value : PermalinkStructure.Parse(PermalinkStructure.Default).Value;

    [JsonIgnore]
    public TimeZoneInfo Zone => field ??= TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    [JsonIgnore]
    public ScreeningRules Rules => field ??= new ScreeningRules(HoldAll, HoldFirst, HoldLinks, Lines(HoldWords), Lines(RefuseWords));

    /// <summary>The moment as the publication's clocks show it.</summary>
    public DateTime Local(DateTimeOffset instant) => DateTime.SpecifyKind(TimeZoneInfo.ConvertTime(instant, Zone).DateTime, DateTimeKind.Unspecified);

    private static string[] Lines(string text) => [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(SearchWords.Fold).Where(w => w.Length > 0)];
}
