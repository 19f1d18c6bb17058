using System.Globalization;
using Broadsheet.Core;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Screening;

namespace Broadsheet.Web.Data;

/// <summary>What is wrong with settings that a person gave, each problem with the field it is about.</summary>
internal static class PublicationCheck
{
    public const int MaxTitleLength = 200;
    public const int MaxTaglineLength = 500;

    /// <summary>Of a list of words or domains.</summary>
    public const int MaxListLength = 1_000_000;

    /// <summary>UTF-16 code units of Markdown: every discussion's page carries them.</summary>
    public const int MaxGuidelines = 5_000;
    public const int MaxAnnouncement = 500;
    public const int MaxGuidelinesTitle = 100;

    public static IEnumerable<Problem> Check(Publication p)
    {
        if (p.Title.Trim().Length is 0 or > MaxTitleLength || p.Title.Any(char.IsControl)) yield return new Problem("title", $"Give a title on one line of at most {MaxTitleLength} characters.");
        if (p.Tagline.Length > MaxTaglineLength || p.Tagline.Any(char.IsControl)) yield return new Problem("tagline", $"The tagline is one line of at most {MaxTaglineLength} characters.");
        if (!IsLanguage(p.Language)) yield return new Problem("language", "Give a language's tag, such as en, en-GB, de or ar.");
        if (!IsZone(p.TimeZone)) yield return new Problem("zone", "Choose a time zone by its name, such as Europe/Berlin or UTC.");
        if (PermalinkStructure.Parse(p.Permalinks).Problem is { } permalinks) yield return permalinks;
        if (p.PostsPerPage is < 1 or > 100) yield return new Problem("posts_per_page", "A page shows 1 to 100 articles.");
        if (p.PostsPerFeed is < 1 or > 100) yield return new Problem("posts_per_feed", "A feed carries 1 to 100 articles.");
        if (p.CommentsPerPage is < 1 or > 1_000) yield return new Problem("comments_per_page", "A page shows 1 to 1,000 threads.");
        if (p.ThreadDepth is < 1 or > 10) yield return new Problem("thread_depth", "Replies go 1 to 10 levels deep.");
        if (p.RepliesShown is < 5 or > 1_000) yield return new Problem("replies_shown", "Below a comment stand 5 to 1,000 replies.");
        if (!Enum.IsDefined(p.ThreadOrder)) yield return new Problem("thread_order", "Choose one of the orders.");
        if (p.CloseAfterDays is < 0 or > DiscussionRules.MaxCloseAfterDays) yield return new Problem("close_after_days", $"Give 0 (never) to {DiscussionRules.MaxCloseAfterDays:N0} days.");
        if (p.SlowSeconds is < 0 or > DiscussionRules.MaxSlowSeconds) yield return new Problem("slow_seconds", $"Give 0 (never) to {DiscussionRules.MaxSlowSeconds:N0} seconds.");
        if (p.GuidelinesTitle.Length is 0 or > MaxGuidelinesTitle || p.GuidelinesTitle.Any(char.IsControl)) yield return new Problem("guidelines_title", $"Give a title on one line of at most {MaxGuidelinesTitle} characters.");
        if (p.Guidelines.Length > MaxGuidelines) yield return new Problem("guidelines", $"The guidelines are too long: {p.Guidelines.Length:N0} characters; up to {MaxGuidelines:N0} fit.");
        if (p.Announcement.Length > MaxAnnouncement) yield return new Problem("announcement", $"The announcement is too long: {p.Announcement.Length:N0} characters; up to {MaxAnnouncement:N0} fit.");
        if (p.HoldReports is < 0 or > 1_000) yield return new Problem("hold_reports", "Give 0 (never) to 1,000 readers.");
        if (p.EditMinutes is < 0 or > 1_440) yield return new Problem("edit_minutes", "Give 0 (never) to 1,440 minutes.");
        if (p.KeepAddressDays is < 1 or > 3_650) yield return new Problem("keep_address_days", "Give 1 to 3,650 days.");
        if (p.HoldLinks is < 0 or > 100) yield return new Problem("hold_links", "Give a number from 0 (never) to 100.");
        if (p.FirstComments is < 1 or > 50) yield return new Problem("first_comments", "Give a number from 1 to 50.");
        if (p.TrustAfter is < 0 or > WriterHistory.Most) yield return new Problem("trust_after", $"Give a number from 0 (never) to {WriterHistory.Most}.");
        if (p.NewcomerLinks is < 0 or > 100) yield return new Problem("newcomer_links", "Give a number from 0 (never) to 100.");
        if (p.NewcomerHourly is < 0 or > 1_000) yield return new Problem("newcomer_hourly", "Give a number from 0 (any) to 1,000.");
        foreach (var (field, from) in new[] { ("hold_spam_from", p.HoldSpamFrom), ("spam_from", p.SpamFrom), ("hold_toxic_from", p.HoldToxicFrom) })
            if (from is < 0 or > 100) yield return new Problem(field, "Give a number from 0 (never) to 100.");
        if (p.RejectedPercent is < 0 or > 100) yield return new Problem("rejected_percent", "Give a number from 0 (never) to 100.");
        if (p.NetworkBurst is < 0 or > 10_000) yield return new Problem("network_burst", "Give a number from 0 (any) to 10,000.");
        if (p.ThreadBurst is < 0 or > 10_000) yield return new Problem("thread_burst", "Give a number from 0 (any) to 10,000.");
        if (p.WorkFrom is < 1 or > 10_000) yield return new Problem("work_from", "Give a number from 1 to 10,000.");
        if (p.WorkBits is < WorkProof.LeastBits or > WorkProof.MostBits) yield return new Problem("work_bits", $"Give a number from {WorkProof.LeastBits} to {WorkProof.MostBits}.");
        if (p.PurgeDays is not 0 and (< 15 or > 3_650)) yield return new Problem("purge_days", "Give 0 (never), or 15 to 3,650 days: what was taken can be found again for 15 days.");
        if (p.FloodSeconds is < 0 or > 3_600) yield return new Problem("flood_seconds", "Give 0 (never) to 3,600 seconds.");
        foreach (var (field, list) in new[] { ("hold_words", p.HoldWords), ("refuse_words", p.RefuseWords), ("silencing_words", p.SilencingWords), ("masked_words", p.MaskedWords), ("email_domains", p.EmailDomains), ("link_domains", p.LinkDomains) })
            if (list.Length > MaxListLength) yield return new Problem(field, $"The list is too long: up to {MaxListLength:N0} characters fit.");
    }

    public static bool IsZone(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && (zone.HasIanaId || name == "UTC");

    /// <summary>A tag as articles have it, of a language whose dates and numbers can be written here.</summary>
    private static bool IsLanguage(string tag)
    {
        if (LanguageTag.Read(tag) is null) return false;
        try
        {
            return CultureInfo.GetCultureInfo(tag, predefinedOnly: true).Name.Length > 0;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }
}
