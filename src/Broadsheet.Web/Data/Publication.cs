using System.Text.Json.Serialization;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Screening;
using Broadsheet.Core.Text;

namespace Broadsheet.Web.Data;

/// <summary>
/// What an editor would change: kept in the database, read once and held in memory (<see cref="PublicationStore"/>).
/// Names follow WordPress's options where there is one.
/// </summary>
// set, not init: what an older row lacks keeps its default only so (System.Text.Json source generation).
internal sealed record Publication
{
    public string Title { get; set; } = "Broadsheet";
    public string Tagline { get; set; } = "";

    /// <summary>BCP 47; also decides quotes, hyphenation and direction.</summary>
    public string Language { get; set; } = "en";

    /// <summary>IANA name.</summary>
    public string TimeZone { get; set; } = "UTC";
    public string Permalinks { get; set; } = PermalinkStructure.Default;
    public string CategoryBase { get; set; } = "category";
    public string TagBase { get; set; } = "tag";
    public int PostsPerPage { get; set; } = 10;
    public int PostsPerFeed { get; set; } = 10;

    /// <summary>Feeds carry summaries only (<c>rss_use_excerpt</c>).</summary>
    public bool FeedExcerpts { get; set; }

    /// <summary>Search engines are welcome (<c>blog_public</c>).</summary>
    public bool IsIndexed { get; set; } = true;

    /// <summary>Attachments have pages of their own; else their address redirects to the file (<c>wp_attachment_pages_enabled</c>).</summary>
    public bool AttachmentPages { get; set; }
    public bool CommentsOpen { get; set; } = true;
    public int CommentsPerPage { get; set; } = 50;

    /// <summary>Levels of replies that readers may open, 1 to 10 (<c>thread_comments_depth</c>). Limits new replies, never an import.</summary>
    public int ThreadDepth { get; set; } = 10;
    public bool NameAndEmailRequired { get; set; } = true;

    /// <summary>Only signed-in people may comment (<c>comment_registration</c>).</summary>
    public bool SignInToComment { get; set; }
    public bool HoldAll { get; set; }
    public bool HoldFirst { get; set; } = true;
    public int HoldLinks { get; set; } = 2;

    /// <summary>As typed, a line each.</summary>
    public string HoldWords { get; set; } = "";
    public string RefuseWords { get; set; } = "";

    /// <summary>Seconds between two comments of one network address, person or e-mail address; 0 turns it off.</summary>
    public int FloodSeconds { get; set; } = 15;

    /// <summary>Hosts whose pictures and sounds may stand in pages; readers' browsers will call them.</summary>
    public IReadOnlyList<string> MediaHosts { get; set; } = [];

    /// <summary>The hosts of the publication's earlier homes: their links are its own.</summary>
    public IReadOnlyList<string> OwnHosts { get; set; } = [];

    /// <summary>The path that its earlier home stood under, such as <c>/blog</c>; empty for none.</summary>
    public string OldBasePath { get; set; } = "";

    /// <summary>What the stored bodies were last rendered with (<see cref="ArticleRendering.StateOf"/>).</summary>
    public string RenderedWith { get; set; } = "";

    /// <summary>A person has set the title and the rest; an import no longer does.</summary>
    public bool IsSetUp { get; set; }

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
