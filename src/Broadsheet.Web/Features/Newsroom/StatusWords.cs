using Broadsheet.Core.Publishing;

namespace Broadsheet.Web.Features.Newsroom;

internal static class StatusWords
{
    public static string Of(ArticleStatus status) => status switch
    {
        ArticleStatus.InReview => "In review",
        ArticleStatus.Trashed => "In the trash",
        ArticleStatus.AutoDraft => "Draft",
        ArticleStatus.Inherit => "Attached",
        _ => status.ToString(),
    };

    /// <returns>What readers were told last; null for nothing.</returns>
    public static string? Of(IReadOnlyList<PublishedChange>? changes) => changes is not { Count: > 0 } ? null : changes.Any(c => c.Kind == ChangeKind.Correction) ? "corrected" : "updated";

    public static string? Of(ChangeKind change) => change switch { ChangeKind.Correction => "correction", ChangeKind.Update => "update", _ => null };

    public static string Of(RepublishingTerms terms) => terms switch
    {
        RepublishingTerms.LinkOnly => "A link only",
        RepublishingTerms.Excerpt => "An excerpt",
        RepublishingTerms.FullText => "The full text",
        RepublishingTerms.Never => "Nothing",
        _ => "Not known",
    };
}
