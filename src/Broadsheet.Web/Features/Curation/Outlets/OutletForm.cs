using System.Globalization;
using Broadsheet.Core.Curation;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Features.Curation.Outlets;

/// <summary>Between an outlet's form and an outlet.</summary>
internal static class OutletForm
{
    private const int LeastMinutes = 15;
    private const int MostMinutes = 1_440;

    public static OutletPage.Form Read(IFormCollection form) => new()
    {
        Name = form["name"].ToString().Trim(),
        Feed = form["feed"].ToString().Trim(),
        Site = form["site"].ToString().Trim(),
        Terms = Enum.TryParse<RepublishingTerms>(form["terms"], ignoreCase: true, out var terms) && Enum.IsDefined(terms) ? terms : RepublishingTerms.Unknown,
        Words = form["words"].ToString().Trim(),
        CreditFormat = form["creditFormat"].ToString(),
        Canonical = form.ContainsKey("canonical"),
        Categories = [.. form["category"].Select(v => long.TryParse(v, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id > 0)],
        Language = form["language"].ToString().Trim(),
        PollMinutes = form["minutes"].ToString().Trim(),
        ChecksOriginals = form.ContainsKey("checks"),
    };

    public static OutletPage.Form Of(Outlet outlet) => new()
    {
        Name = outlet.Name,
        Feed = outlet.FeedUrl,
        Site = outlet.SiteUrl ?? "",
        Terms = outlet.Terms,
        Words = outlet.TermsWords > 0 ? outlet.TermsWords.ToString(CultureInfo.InvariantCulture) : "",
        CreditFormat = outlet.CreditFormat,
        Canonical = outlet.Canonical,
        Categories = CategoriesOf(outlet),
        Language = outlet.Language ?? "",
        PollMinutes = outlet.PollMinutes?.ToString(CultureInfo.InvariantCulture) ?? "",
        ChecksOriginals = outlet.ChecksOriginals,
    };

    public static IReadOnlyList<long> CategoriesOf(Outlet outlet) =>
        [.. outlet.Categories.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(c => long.Parse(c, CultureInfo.InvariantCulture))];

    /// <param name="problems">Gets what is wrong, by the form's field names.</param>
    /// <returns>Null where something is wrong.</returns>
    public static OutletEdit? ToEdit(OutletPage.Form form, SiteIndex index, IDictionary<string, string> problems)
    {
        if (form.Name.Length is 0 or > Outlet.MaxNameLength || form.Name.Any(char.IsControl)) problems["name"] = $"Name the outlet on one line of at most {Outlet.MaxNameLength} characters.";
        if (Address(form.Feed) is null) problems["feed"] = "The feed's address must begin with http:// or https:// and name a host.";
        if (form.Site.Length > 0 && Address(form.Site) is null) problems["site"] = "The site's address must begin with http:// or https:// and name a host.";
        int? words = null;
        if (form.Terms == RepublishingTerms.Excerpt && form.Words.Length > 0)
        {
            if (int.TryParse(form.Words, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) words = number;
            else problems["words"] = $"An excerpt holds 1 to {TermsOfOutlet.MaxWords} words.";
        }
        var terms = TermsOfOutlet.Create(form.Terms, words);
        if (terms.Problem is { } wrong) problems[wrong.Field] = wrong.Message;
        var format = CreditFormat.Create(form.CreditFormat);
        if (format.Problem is { } unread) problems[unread.Field] = unread.Message;
        if (form.Language.Length > 0 && LanguageTag.Read(form.Language) is null) problems["language"] = LanguageTag.Wanted;
        int? minutes = null;
        if (form.PollMinutes.Length > 0)
        {
            if (int.TryParse(form.PollMinutes, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= LeastMinutes and <= MostMinutes) minutes = number;
            else problems["minutes"] = $"Give {LeastMinutes} to {MostMinutes:N0} minutes, or leave it empty.";
        }
        if (problems.Count > 0) return null;
        return new OutletEdit(form.Name, Address(form.Feed)!, Address(form.Site), terms.Value, format.Value, form.Canonical, [.. form.Categories.Where(index.Categories.ContainsKey)], LanguageTag.Read(form.Language), minutes, form.ChecksOriginals);
    }

    private static string? Address(string text) =>
        text.Length <= 2_000 && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0 && uri.UserInfo.Length == 0 ? uri.AbsoluteUri : null;
}
