using Broadsheet.Core.Publishing;
using Broadsheet.Core.Transfer.WordPress;

namespace Broadsheet.Web.Features.Transfer.WordPress;

/// <summary>The dates of an export: where local time or UTC is missing, one is made from the other by the file's own offset.</summary>
internal static class ItemDates
{
    private static readonly DateTimeOffset Earliest = new(1970, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>When it was published. Nulls for a draft that never had a date.</summary>
    public static (DateTimeOffset? At, DateTime? Local) OfItem(WxrItem item, ArticleStatus status, TimeSpan offset)
    {
        var at = item.PostDateGmt;
        // WordPress gives a draft the local time of its last change, and no UTC: that is no date of publication.
        if (at is null && status is not (ArticleStatus.Draft or ArticleStatus.InReview or ArticleStatus.AutoDraft)) at = Utc(item.PostDate, offset) ?? item.Published;
        if (at is null && status is ArticleStatus.Published or ArticleStatus.Scheduled or ArticleStatus.Private) at = item.ModifiedGmt ?? Utc(item.Modified, offset) ?? Earliest;
        if (at is not { } moment) return (null, null);
        return (Cut(moment), item.PostDate ?? Local(moment, offset));
    }

    /// <summary>WordPress gives a draft's last change as its date, where an export has nothing better.</summary>
    public static DateTimeOffset? OfChange(WxrItem item, TimeSpan offset) => (item.ModifiedGmt ?? Utc(item.Modified, offset) ?? Utc(item.PostDate, offset)) is { } at ? Cut(at) : null;

    /// <summary>Where a comment has no date at all, its item's.</summary>
    public static (DateTimeOffset At, DateTime Local) OfComment(WxrComment comment, WxrItem item, TimeSpan offset)
    {
        var at = comment.DateGmt ?? Utc(comment.Date, offset) ?? item.PostDateGmt ?? Utc(item.PostDate, offset) ?? item.Published ?? Earliest;
        return (Cut(at), comment.Date ?? Local(at, offset));
    }

    private static DateTimeOffset? Utc(DateTime? local, TimeSpan offset) =>
        local is { } l && l.Ticks - offset.Ticks is >= 0 and var ticks && ticks <= DateTime.MaxValue.Ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    private static DateTime Local(DateTimeOffset at, TimeSpan offset) =>
        new(Math.Clamp(at.UtcTicks + offset.Ticks, 0, DateTime.MaxValue.Ticks), DateTimeKind.Unspecified);

    /// <summary>To the millisecond, as instants are kept.</summary>
    private static DateTimeOffset Cut(DateTimeOffset at) => new(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
}
