namespace Broadsheet.Core.Discussion;

/// <summary>The rules of one article's discussion where they differ from the publication's: what is null is as it is there.</summary>
/// <param name="CloseAfterDays">Days after publication; 0 never.</param>
/// <param name="SlowSeconds">Seconds between two comments of one person in this discussion, 0 to 86,400; 0 for none.</param>
/// <param name="StaffOnly">Only staff may comment.</param>
/// <param name="HoldFirst">A stranger's first comment waits for a moderator.</param>
/// <param name="HoldAll">Every comment does.</param>
/// <param name="HoldLinks">Comments with at least so many links do, 0 to 100; 0 for however many.</param>
public sealed record DiscussionRules(int? CloseAfterDays = null, int? SlowSeconds = null, bool? StaffOnly = null, bool? HoldFirst = null, bool? HoldAll = null, int? HoldLinks = null)
{
    public const int MaxSlowSeconds = 86_400;
    public const int MaxCloseAfterDays = 36_500;
    public const int MaxHoldLinks = 100;
    public const int MaxNote = 500;

    /// <summary>Stands above this discussion, in Markdown; up to <see cref="MaxNote"/> UTF-16 code units, null for none.</summary>
    public string? Note { get; init; }

    /// <summary>For a story that is breaking: strangers and links wait, everyone takes a minute between two comments.</summary>
    public DiscussionRules WithBreakingStory() => this with { HoldFirst = true, SlowSeconds = 60, HoldLinks = 1 };

    public bool IsWithinLimits =>
        CloseAfterDays is null or (>= 0 and <= MaxCloseAfterDays) && SlowSeconds is null or (>= 0 and <= MaxSlowSeconds) && HoldLinks is null or (>= 0 and <= MaxHoldLinks) && !(Note?.Length > MaxNote);

    /// <summary>Nothing differs.</summary>
    public bool IsEmpty => this == new DiscussionRules();

    /// <summary>When the discussion of an article published at <paramref name="published"/> closes; null for never.</summary>
    /// <param name="days">0 for never.</param>
    public static DateTimeOffset? ClosesAt(DateTimeOffset? published, int days) => days > 0 && published is { } at ? at.AddDays(days) : null;
}
