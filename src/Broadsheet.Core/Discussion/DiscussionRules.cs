namespace Broadsheet.Core.Discussion;

/// <summary>The rules of one article's discussion where they differ from the publication's: what is null is as it is there.</summary>
/// <param name="CloseAfterDays">Days after publication; 0 never.</param>
/// <param name="SlowSeconds">Seconds between two comments of one person in this discussion, 0 to 86,400; 0 for none.</param>
/// <param name="StaffOnly">Only staff may comment.</param>
/// <param name="HoldFirst">A stranger's first comment waits for a moderator.</param>
public sealed record DiscussionRules(int? CloseAfterDays = null, int? SlowSeconds = null, bool? StaffOnly = null, bool? HoldFirst = null)
{
    public const int MaxSlowSeconds = 86_400;
    public const int MaxCloseAfterDays = 36_500;

    /// <summary>Nothing differs.</summary>
    public bool IsEmpty => this == new DiscussionRules();

    /// <summary>When the discussion of an article published at <paramref name="published"/> closes; null for never.</summary>
    /// <param name="days">0 for never.</param>
    public static DateTimeOffset? ClosesAt(DateTimeOffset? published, int days) => days > 0 && published is { } at ? at.AddDays(days) : null;
}
