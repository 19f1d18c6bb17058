using System.Globalization;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Caching;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Theming;
using Broadsheet.Web.Theming.Views;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Reading;

/// <summary>The home page and the archives: of a category (with those below it), a tag, an author, a year, month or day.</summary>
internal sealed class ShowList(PageViews views) : IShowAddress
{
    /// <summary>Articles that stand for a list which nobody has described.</summary>
    private const int Described = 3;

    public bool Takes(Address address) => address.Feed is null && !address.IsTrackback && !address.IsEmbed
        && address.Kind is AddressKind.Home or AddressKind.Category or AddressKind.Tag or AddressKind.Author or AddressKind.Date;

    public async Task<IResult?> ShowAsync(AddressRequest request, CancellationToken ct)
    {
        var (http, address, site, db) = (request.Http, request.Address, request.Site, request.Db);
        if (await ArticleLists.FindAsync(request, ct) is not { } list) return null;
        if (address.Page is 0 or 1) return Redirect.To(http, list.Path);
        var page = address.Page ?? (int.TryParse(http.Request.Query["paged"], NumberStyles.None, CultureInfo.InvariantCulture, out var paged) && paged > 0 ? paged : 1);
        if (address.Kind != AddressKind.Home && Redirect.IfNotAt(http, site.Links.ToPage(list.Path, page)) is { } elsewhere) return elsewhere;
        if (page > 1_000_000) return null;
        var size = site.Publication.PostsPerPage;
        var rows = await RowsAsync(request, list, page, size, ct);
        if (rows.Count == 0 && page > 1) return null;
        // Sticky articles stand on the first page besides its own.
        var room = size + (page == 1 && list.IsHome ? site.Index.Sticky.Count : 0);
        var items = await PageViews.ArticlesAsync(site, db, [.. rows.Take(room)], ct);
        var hasOlder = rows.Count > room;
        var older = hasOlder ? site.Links.ToPage(list.Path, page + 1) : null;
        var newer = page > 1 ? site.Links.ToPage(list.Path, page - 1) : null;
        var view = new ListView(list.Kind, list.Heading, list.Description, items, page, newer, older);
        var title = page > 1 ? $"{list.Heading ?? "Articles"} – page {page}" : list.Heading ?? "";
        var head = HeadViews.Page(site, title, Description(site, list, items), site.Links.ToPage(list.Path, page), null, HeadLinks(site, list, older, newer));
        // By this header, programs find the API (WordPress does the same on every page).
        http.Response.Headers.Link = $"<{site.Links.Absolute("/wp-json/")}>; rel=\"https://api.w.org/\"";
        // Not under the tags of its articles: a comment under one only changes a count here.
        http.MayCache(PublicationStore.Tag, SiteIndex.Tag, list.Tag);
        return new ThemedPage(list.IsHome ? "home" : "archive", views.Site(site, list.Path), head).With("list", view);
    }

    /// <summary>For search engines. Where nobody has described the list, what is newest in it does.</summary>
    private static string Description(ReaderSite site, ArticleList list, IReadOnlyList<ArticleView> items)
    {
        var given = list.IsHome ? site.Publication.Tagline : PlainText.Of(list.Description.Value);
        return given.Length > 0 || items.Count == 0 ? given : $"{list.Heading ?? site.Publication.Title}: {string.Join(" · ", items.Take(Described).Select(i => i.TitleText))}";
    }

    private static async Task<List<ArticleRow>> RowsAsync(AddressRequest request, ArticleList list, int page, int size, CancellationToken ct)
    {
        var (site, db) = (request.Site, request.Db);
        var query = list.IsHome && site.Index.Sticky.Count > 0 ? list.Articles.Where(a => !a.IsSticky) : list.Articles;
        var rows = await query.NewestFirst().Skip((page - 1) * size).Take(size + 1).AsRows(db).ToListAsync(ct);
        if (!list.IsHome || page > 1 || site.Index.Sticky.Count == 0) return rows;
        var sticky = await db.Articles.Public().Where(a => site.Index.Sticky.Contains(a.Id)).NewestFirst().AsRows(db).ToListAsync(ct);
        return [.. sticky, .. rows];
    }

    private static IEnumerable<HeadLink> HeadLinks(ReaderSite site, ArticleList list, string? older, string? newer)
    {
        if (!list.IsHome) yield return new HeadLink("alternate", site.Links.Absolute(site.Links.ToFeed(list.Path)), "application/rss+xml", $"{site.Publication.Title} » {list.Heading} feed");
        if (list.IsHome) yield return new HeadLink("EditURI", site.Links.Absolute("/xmlrpc.php?rsd"), "application/rsd+xml", "RSD");
        if (newer is not null) yield return new HeadLink("prev", site.Links.Absolute(newer));
        if (older is not null) yield return new HeadLink("next", site.Links.Absolute(older));
    }
}
