using System.Globalization;
using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Stats;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Features.Stats;

/// <summary>
/// Our script says that a page is looked at, where its reader came from, and for how long. No cookie, no mark, no address is kept: only numbers by page and day.
/// Programs, the staff, and a network that says it more than twice a second are not counted. Always the same answer: nobody learns anything by it.
/// </summary>
internal sealed class CountView(ViewCounts counts, ReaderSites sites, CountedNetworks networks, Countries countries, TimeProvider clock)
{
    private const int LongestLook = 30 * 60;
    private const int MostInAMinute = 120;

    private readonly SlidingCounts _pace = new(TimeSpan.FromMinutes(1), clock);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/wp-json/broadsheet/v1/views", (HttpContext http, CountView action) => action.HandleAsync(http)).DisableAntiforgery();

    private async Task<IResult> HandleAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        var site = await sites.OfAsync(http);
        if (!site.Publication.CountsViews || Robots.Is(http.Request.Headers.UserAgent) || CurrentPerson.Of(http)?.Role.IsStaff() == true) return TypedResults.NoContent();
        if (networks.Of(http.Connection.RemoteIpAddress) is { } network && _pace.Add(network) > MostInAMinute) return TypedResults.NoContent();
        if (await PostedForm.ReadAsync(http) is not { } form) return TypedResults.NoContent();
        var day = StatLedger.Today(site.Publication, clock.GetUtcNow());
        var article = DiscussionFinder.Id(form["post"]) ?? 0;
        if (int.TryParse(form["seconds"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            if (article > 0 && seconds is > 0 and <= LongestLook) counts.Read(day, article, seconds, form["first"] == "1");
            return TypedResults.NoContent();
        }
        var page = article > 0 ? "" : PageOf(form["path"].ToString(), site);
        if (page is null) return TypedResults.NoContent();
        var source = ViewSource.Of(form["from"], site.Publication.OwnHosts.Append(http.Request.Host.Host));
        counts.Count(day, new View(article, page, source, page == SearchPage ? SearchedWords.Of(form["s"]) : null, countries.Of(http.Connection.RemoteIpAddress)));
        return TypedResults.NoContent();
    }

    private const string SearchPage = "search";

    /// <returns>The front page, a section by its path, or what kind of list it is; null for what is none of ours.</returns>
    private static string? PageOf(string path, ReaderSite site)
    {
        var publication = site.Publication;
        if (path.Length is 0 or > 500 || path.Contains('\0', StringComparison.Ordinal) || Address.Parse(Uri.UnescapeDataString(path), publication.PermalinkStructure, publication.CategoryBase, publication.TagBase) is not { } address) return null;
        return address.Kind switch
        {
            AddressKind.Home => "/",
            AddressKind.Category => site.Index.CategoryByPath(address.Name) is { } category ? category.Name : null,
            AddressKind.Tag => "tags",
            AddressKind.Author => "authors",
            AddressKind.Date => "archive",
            AddressKind.Search => SearchPage,
            _ => null,
        };
    }
}
