using Broadsheet.Core.Curation;
using Broadsheet.Core.Publishing;

namespace Broadsheet.Web.Data.Records;

/// <summary>Another publication whose stories come in: where its feed is, what it lets others show, and how asking it goes.</summary>
internal sealed class Outlet
{
    public const int MaxNameLength = SourceCredit.MaxOutletLength;

    public long Id { get; set; }
    public string Name { get; set; } = "";

    /// <summary>Where its feed is; unique among those that are not deleted.</summary>
    public string FeedUrl { get; set; } = "";
    public string? SiteUrl { get; set; }
    public RepublishingTerms Terms { get; set; }

    /// <summary>Of an excerpt; 0 for other terms.</summary>
    public int TermsWords { get; set; }

    /// <summary><see cref="CreditFormat"/>; empty for the usual one.</summary>
    public string CreditFormat { get; set; } = "";

    /// <summary>What is republished names the original as the canonical page.</summary>
    public bool Canonical { get; set; }

    /// <summary>Default categories of what is republished: ids with commas between.</summary>
    public string Categories { get; set; } = "";

    /// <summary>As an editor says; null: as the feed says.</summary>
    public string? Language { get; set; }

    /// <summary>Null: as often as it publishes.</summary>
    public int? PollMinutes { get; set; }
    public bool IsPaused { get; set; }

    /// <summary>What was republished from it is looked at again: changed, gone or withdrawn.</summary>
    public bool ChecksOriginals { get; set; } = true;
    public DateTimeOffset AddedAt { get; set; }

    /// <summary>Null while it is there; forgotten with its stories 30 days later.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>As its last answer gave them, for the next conditional request.</summary>
    public string? ETag { get; set; }
    public string? LastModified { get; set; }
    public DateTimeOffset NextPollAt { get; set; }

    /// <summary>Null: never asked.</summary>
    public DateTimeOffset? PolledAt { get; set; }

    /// <summary>When it last had something new; null for never.</summary>
    public DateTimeOffset? ChangedAt { get; set; }

    /// <summary>Why the last attempt failed, in one line; null when it did not.</summary>
    public string? Problem { get; set; }

    /// <summary>Failures in a row.</summary>
    public int Failures { get; set; }

    /// <summary>It said that the feed is gone for good (410): it is not asked again.</summary>
    public bool IsGone { get; set; }

    /// <summary>What its feed asks for, in minutes; null when it says nothing.</summary>
    public int? RestMinutes { get; set; }

    /// <summary>WebSub: the hub that its feed names, and the feed's address there; null for none.</summary>
    public string? HubUrl { get; set; }
    public string? TopicUrl { get; set; }

    /// <summary>What the hub signs with, and what stands in the address that it calls; null until it was asked.</summary>
    public string? HubSecret { get; set; }
    public string? HubKey { get; set; }
    public DateTimeOffset? HubAskedAt { get; set; }

    /// <summary>The hub tells of new stories until then; null when it does not.</summary>
    public DateTimeOffset? HubUntil { get; set; }

    public TermsOfOutlet TermsOf() => TermsOfOutlet.Create(Terms, TermsWords > 0 ? TermsWords : null).Value;
}
