using Broadsheet.Web.Caching;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Theming;
using Broadsheet.Web.Theming.Views;

namespace Broadsheet.Web.Features.Discussion;

/// <summary>The publication's guidelines for who comments, as a page that can be pointed to.</summary>
internal sealed class ShowGuidelines(ReaderSites sites, PageViews views)
{
    private const string Page = "/discussion/guidelines/";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Page, (HttpContext http, ShowGuidelines action) => action.HandleAsync(http));

    private async Task<IResult> HandleAsync(HttpContext http)
    {
        var site = await sites.OfAsync(http);
        if (site.Publication.GuidelinesHtml is not { } guidelines)
            return new ThemedPage("error", views.Site(site, "/"), HeadViews.Page(site, "Nothing here", "", null, "noindex"), StatusCodes.Status404NotFound).With("error", new ErrorView(StatusCodes.Status404NotFound, "Nothing here", "This publication has not written down guidelines for its discussions.", []));
        http.MayCache(PublicationStore.Tag, SiteIndex.Tag);
        var title = site.Publication.GuidelinesTitle;
        return new ThemedPage("guidelines", views.Site(site, Page), HeadViews.Page(site, title, "", null, null)).With("guidelines", new GuidelinesView(title, guidelines));
    }
}
