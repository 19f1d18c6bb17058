using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Broadsheet.Core.Discussion;
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
    /// <summary>How many replies stand below a comment before a link leads to the rest.</summary>
    public int RepliesShown { get; set; } = 50;

    /// <summary>How a discussion is read where its reader asks for no other order.</summary>
    public ThreadOrder ThreadOrder { get; set; }
    public bool NameAndEmailRequired { get; set; } = true;

    /// <summary>Only signed-in people may comment (<c>comment_registration</c>).</summary>
    public bool SignInToComment { get; set; }
    /// <summary>Whoever proves an address, or comes by a provider that the operator set up, may begin an account (<c>users_can_register</c>).</summary>
    public bool NewAccounts { get; set; } = true;
    /// <summary>Network addresses and user agents are erased after so many days, 1 to 3,650.</summary>
    public int KeepAddressDays { get; set; } = 30;
    public bool HoldAll { get; set; }
    public bool HoldFirst { get; set; } = true;
    public int HoldLinks { get; set; } = 2;

    /// <summary>As typed, a line each.</summary>
    public string HoldWords { get; set; } = "";
    public string RefuseWords { get; set; } = "";
    public string SilencingWords { get; set; } = "";
    public string MaskedWords { get; set; } = "";

    /// <summary>A stranger is one of whom fewer comments were shown, 1 to 50.</summary>
    public int FirstComments { get; set; } = 1;

    /// <summary>After so many shown comments without a rejection a writer is trusted; 0 for never.</summary>
    public int TrustAfter { get; set; }

    /// <summary>A newcomer's comment with so many links or more waits; 0 turns that off.</summary>
    public int NewcomerLinks { get; set; }

    /// <summary>Comments an hour of one newcomer, before the rest wait; 0 for any number.</summary>
    public int NewcomerHourly { get; set; }

    /// <summary>Writers of whom so many per cent were rejected lately wait; 0 for never.</summary>
    public int RejectedPercent { get; set; } = 50;

    /// <summary>Comments a minute from one network, before the rest wait; 0 for any number.</summary>
    public int NetworkBurst { get; set; } = 20;

    /// <summary>Comments of strangers a minute in one discussion, before the rest wait; 0 for any number.</summary>
    public int ThreadBurst { get; set; } = 30;

    /// <summary>The browsers of newcomers work out a sum at all times, not only during a flood.</summary>
    public bool WorkAlways { get; set; }

    /// <summary>More comments of newcomers a minute, in all the publication, are a flood.</summary>
    public int WorkFrom { get; set; } = 60;

    /// <summary>How hard the browsers' sum is: two to the power of it in tries.</summary>
    public int WorkBits { get; set; } = WorkProof.UsualBits;

    /// <summary>From so many of 100 that the spam model gives, a comment waits; 0 for never.</summary>
    public int HoldSpamFrom { get; set; } = 78;

    /// <summary>From so many of 100 it is spam; 0 for never.</summary>
    public int SpamFrom { get; set; } = 97;

    /// <summary>From so many of 100 that the toxicity model gives, a comment waits; 0 for never.</summary>
    public int HoldToxicFrom { get; set; } = 80;

    /// <summary>Domains of throw-away e-mail addresses, as typed, a line each.</summary>
    public string EmailDomains { get; set; } = "";

    /// <summary>Domains that no comment may link to, as typed, a line each.</summary>
    public string LinkDomains { get; set; } = "";

    /// <summary>How far each check counts, by its name, where it was changed.</summary>
    public Dictionary<string, CheckMode> CheckModes { get; set; } = [];

    /// <summary>Spam and trash are deleted so many days after they came there; 0 for never, else 15 or more.</summary>
    public int PurgeDays { get; set; } = 30;

    /// <summary>Seconds between two comments of one network address, person or e-mail address; 0 turns it off.</summary>
    public int FloodSeconds { get; set; } = 15;

    /// <summary>Days after which a discussion closes; 0 for never (<c>close_comments_days_old</c>).</summary>
    public int CloseAfterDays { get; set; }

    /// <summary>Slow mode: seconds between two comments of one person in one discussion; 0 turns it off.</summary>
    public int SlowSeconds { get; set; }

    /// <summary>Only staff may comment.</summary>
    public bool StaffOnly { get; set; }

    /// <summary>How to behave in a discussion, in Markdown; empty for none.</summary>
    public string Guidelines { get; set; } = "";
    public string GuidelinesTitle { get; set; } = "Community guidelines";

    /// <summary>Stands above every discussion, in Markdown; empty for none.</summary>
    public string Announcement { get; set; } = "";

    /// <summary>From then on <see cref="Announcement"/> is not shown; null for as long as it is there.</summary>
    public DateTimeOffset? AnnouncementUntil { get; set; }

    /// <summary>Nobody comes into the newsroom without the second step of their sign-in.</summary>
    public bool StaffNeedTwoSteps { get; set; }

    /// <summary>A comment that so many readers report is held until a moderator has looked, each weighed by how often they were right; 0 for never.</summary>
    public int HoldReports { get; set; } = 4;

    /// <summary>A public page shows each month's numbers of moderation.</summary>
    public bool ShowsModeration { get; set; }

    /// <summary>Below each article readers are asked to say what is wrong in it.</summary>
    public bool TakesCorrections { get; set; } = true;

    /// <summary>Guests may like, once a network, comment and day.</summary>
    public bool GuestLikes { get; set; } = true;

    /// <summary>For how long authors may change or delete what they wrote; 0 for never.</summary>
    public int EditMinutes { get; set; } = 10;

    /// <summary>The words in the masthead; empty: the sections with most articles, and the pages.</summary>
    public IReadOnlyList<MenuEntry> Menu { get; set; } = [];

    /// <summary>The name of the theme's folder.</summary>
    public string Theme { get; set; } = "default";

    /// <summary>Classes of what was chosen of the theme's looks, with spaces between; empty for the usual ones.</summary>
    public string Look { get; set; } = "";

    /// <summary>It is counted which pages are looked at (no cookie, nothing about a reader).</summary>
    public bool CountsViews { get; set; } = true;

    /// <summary>Fetches pictures of commenters from Gravatar, once each, by the server.</summary>
    public bool Gravatar { get; set; }

    /// <summary>Hosts whose pictures and sounds may stand in pages; readers' browsers will call them.</summary>
    public IReadOnlyList<string> MediaHosts { get; set; } = [];

    /// <summary>The hosts of the publication's earlier homes: their links are its own.</summary>
    public IReadOnlyList<string> OwnHosts { get; set; } = [];

    /// <summary>The path that its earlier home stood under, such as <c>/blog</c>; empty for none.</summary>
    public string OldBasePath { get; set; } = "";

    /// <summary>What the stored bodies were last rendered with (<see cref="ArticleRendering.StateOf"/>).</summary>
    public string RenderedWith { get; set; } = "";

    /// <summary>32 random bytes as base64, made at the first start: what marks are keyed with (<see cref="Mark"/>). Empty before.</summary>
    public string Secret { get; set; } = "";

    /// <summary>Made anew by each restore of a backup: what was kept elsewhere of the publication before is not of this one. Empty before the first.</summary>
    public string Edition { get; set; } = "";

    /// <summary>A person has set the title and the rest; an import no longer does.</summary>
    public bool IsSetUp { get; set; }

    [JsonIgnore]
    public PermalinkStructure PermalinkStructure => field ??= PermalinkStructure.Parse(Permalinks) is { Problem: null } good ? good.Value : PermalinkStructure.Parse(PermalinkStructure.Default).Value;

    /// <summary>Null for none.</summary>
    [JsonIgnore]
    public SafeHtml? GuidelinesHtml => Guidelines.Length == 0 ? null : field ??= HouseText.Render(Guidelines);

    /// <summary>Null for none.</summary>
    [JsonIgnore]
    public SafeHtml? AnnouncementHtml => Announcement.Length == 0 ? null : field ??= HouseText.Render(Announcement);

    [JsonIgnore]
    public TimeZoneInfo Zone => field ??= TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    [JsonIgnore]
    public ScreeningRules Rules => field ??= PublicationRules.Of(this);

    /// <summary>Stands for <paramref name="text"/>, always in the same way, and says nothing of it to whoever has not the <see cref="Secret"/> (HMAC-SHA-256, shortened).</summary>
    /// <param name="bytes">Up to 32; what comes is their base64url.</param>
    public string Mark(string text, int bytes)
    {
        if (Secret.Length == 0) throw new InvalidOperationException("The publication was never started: it has no secret yet.");
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Convert.FromBase64String(Secret), Encoding.UTF8.GetBytes(text), hash);
        return Base64Url.EncodeToString(hash[..bytes]);
    }

    /// <summary>The announcement is shown.</summary>
    public bool IsAnnouncing(DateTimeOffset now) => Announcement.Length > 0 && !(AnnouncementUntil <= now);

    /// <summary>The moment as the publication's clocks show it.</summary>
    public DateTime Local(DateTimeOffset instant) => DateTime.SpecifyKind(TimeZoneInfo.ConvertTime(instant, Zone).DateTime, DateTimeKind.Unspecified);
}
