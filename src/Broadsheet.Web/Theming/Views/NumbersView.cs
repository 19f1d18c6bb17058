namespace Broadsheet.Web.Theming.Views;

/// <summary>What moderation came to, the newest month first.</summary>
internal sealed record NumbersView(IReadOnlyList<MonthView> Months);

/// <summary>Numbers as people read them.</summary>
/// <param name="Month"><c>March 2026</c>.</param>
/// <param name="Received">Comments that came.</param>
/// <param name="Held">Of these, those that waited for a moderator.</param>
/// <param name="Caught">Of these, those that the checks put aside.</param>
/// <param name="Removed">Decisions of moderators to remove one.</param>
/// <param name="Granted">Appeals after which a comment was published.</param>
/// <param name="Notices">Notices of unlawful content.</param>
internal sealed record MonthView(string Month, string Received, string Held, string Caught, string Removed, string Reports, string Appeals, string Granted, string Notices);
