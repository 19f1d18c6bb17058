using Broadsheet.Core.Publishing;
using Broadsheet.Web.Caching;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Theming;
using Broadsheet.Web.Theming.Views;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Following;

/// <summary>New articles by e-mail, at <c>/follow/</c>; a page or article of the publication that has this address keeps it.</summary>
internal sealed class ShowFollowPage(PageViews views) : IShowAddress
{
    private const string Name = "follow";

    public bool Takes(Address address) => address is { Kind: AddressKind.Permalink, Name: Name, Feed: null, Page: null, CommentPage: null, IsEmbed: false, IsTrackback: false };

    public async Task<IResult?> ShowAsync(AddressRequest request, CancellationToken ct)
    {
        var (http, site, db) = request.Page;
        if (site.Index.Pages.Any(p => p.Path == Name)) return null;
        if (request.Address.Permalink is { Slug: Name } && await db.Articles.AnyAsync(a => a.Kind == ArticleKind.Article && a.Slug == Name && a.Status == ArticleStatus.Published, ct)) return null;
        if (Redirect.IfNotAt(http, FollowLinks.Page) is { } elsewhere) return elsewhere;
        var person = CurrentPerson.Of(http);
        if (person is null) http.MayCache(PublicationStore.Tag, SiteIndex.Tag);
        http.OnlyForGuests();
        return new ThemedPage("follow", views.Site(site, FollowLinks.Page), HeadViews.Page(site, "Follow by e-mail", $"New articles of {site.Publication.Title} by e-mail.", FollowLinks.Page)).With("follow", View(site, 0, "", false, null, person?.Name));
    }

    /// <param name="article">0 for the publication's new articles.</param>
    public static FollowPageView View(ReaderSite site, long article, string email, bool isDaily, string? problem, string? signedInAs) => article != 0 ? new(
        "Follow this discussion", ["We first send you a question whether you meant it, and every mail has a link that ends it."], new FollowFormView(FollowLinks.Page, article, email, isDaily, problem, signedInAs), null, [], []) : new(
        "New articles by e-mail", [$"Get the new articles of {site.Publication.Title} in your mailbox, one by one or once a day. We first send you a question whether you meant it, and every mail has a link that ends it."],
        new FollowFormView(FollowLinks.Page, 0, email, isDaily, problem, signedInAs), null, [], [new LinkView("The same as a feed (RSS)", site.Links.ToFeed("/")), new LinkView("All comments as a feed (RSS)", site.Links.Slash("/comments/feed"))]);
}
