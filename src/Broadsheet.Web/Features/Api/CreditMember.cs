using System.Globalization;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;

namespace Broadsheet.Web.Features.Api;

/// <summary>Where an article was first published.</summary>
/// <param name="Url">The original; null where it is not known.</param>
/// <param name="Date">The original's day, <c>yyyy-MM-dd</c>.</param>
/// <param name="Terms">What the outlet lets others show: <c>unknown link_only excerpt full_text never</c>.</param>
/// <param name="Retrieved">The day on which the words were taken over, <c>yyyy-MM-dd</c> in the publication's zone; null for a credit that was typed.</param>
internal sealed record CreditMember(string Outlet, string? Url, string? Author, string? Date, string Terms, string? Retrieved)
{
    private const string Day = "yyyy-MM-dd";

    public static CreditMember? Of(SourceCredit? credit, Publication publication) => credit is null ? null : new CreditMember(
        credit.Outlet, credit.OriginalUrl?.AbsoluteUri, credit.Author, credit.Date?.ToString(Day, CultureInfo.InvariantCulture), Word(credit.Terms),
        credit.Retrieved is { } at ? publication.Local(at).ToString(Day, CultureInfo.InvariantCulture) : null);

    private static string Word(RepublishingTerms terms) => terms switch
    {
        RepublishingTerms.LinkOnly => "link_only",
        RepublishingTerms.Excerpt => "excerpt",
        RepublishingTerms.FullText => "full_text",
        RepublishingTerms.Never => "never",
        _ => "unknown",
    };
}
