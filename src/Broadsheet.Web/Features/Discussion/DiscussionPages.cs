using Broadsheet.Web.Reads;
using Broadsheet.Web.Theming;
using Broadsheet.Web.Theming.Views;

namespace Broadsheet.Web.Features.Discussion;

/// <summary>The small pages beside a discussion: who likes this, report that, change what I wrote.</summary>
internal sealed class DiscussionPages(PageViews views)
{
    /// <summary>A page that only says something: what is wrong, or what is done.</summary>
    public ThemedPage Say(PageRequest page, string text, int status, string heading = "This did not work")
    {
        page.Http.Response.Headers.CacheControl = "private, no-store";
        return new ThemedPage("error", views.Site(page.Site, "/"), HeadViews.Page(page.Site, heading, "", null, "noindex"), status).With("error", new ErrorView(status, heading, text, []));
    }

    /// <param name="template">Of the theme; sees <paramref name="view"/> as <paramref name="name"/>.</param>
    public ThemedPage Show(PageRequest page, string template, string heading, string name, object view, int status = StatusCodes.Status200OK)
    {
        page.Http.Response.Headers.CacheControl = "private, no-store";
        return new ThemedPage(template, views.Site(page.Site, "/"), HeadViews.Page(page.Site, heading, "", null, "noindex"), status).With(name, view);
    }
}
