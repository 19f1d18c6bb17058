using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Caching;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Theming;
using Broadsheet.Web.Theming.Views;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Search;

/// <summary>Articles and comments that have all the words, best first, with the words marked.</summary>
internal sealed class ShowSearch(IDatabaseEngine engine, PageViews views) : IShowAddress
{
    private const int PageSize = 10;

    public bool Takes(Address address) => address.Kind == AddressKind.Search && address.Feed is null;

    public async Task<IResult?> ShowAsync(AddressRequest request, CancellationToken ct)
    {
        var (http, site) = (request.Http, request.Site);
        var page = request.Address.Page ?? (int.TryParse(http.Request.Query["paged"], NumberStyles.None, CultureInfo.InvariantCulture, out var paged) ? paged : 1);
        if (page is < 1 or > 1_000) return null;
        var terms = SearchWords.Query(request.Address.Name);
        // Within one discussion: its comments alone.
        var within = DiscussionFinder.Id(http.Request.Query["in"]) is { } id ? await request.Db.PublicPages().Where(a => a.Id == id && a.Password == null).AsRows(request.Db).FirstOrDefaultAsync(ct) : null;
        var found = terms.Length == 0 ? [] : await engine.SearchAsync(request.Db, terms, within is null ? null : true, (page - 1) * PageSize, PageSize + 1, ct, within?.Id);
        if (found.Count == 0 && page > 1) return null;
        var hits = await HitsAsync(request, [.. found.Take(PageSize)], terms, ct);
        var path = within is null ? Links.ToSearch(request.Address.Name) : Links.With(Links.ToSearch(request.Address.Name), $"in={within.Id}");
        var view = new SearchView(request.Address.Name, hits, page, page > 1 ? site.Links.ToPage(path, page - 1) : null, found.Count > PageSize ? site.Links.ToPage(path, page + 1) : null, within?.Id, within is null ? null : new LinkView(within.TitleText.Length > 0 ? within.TitleText : "Untitled", $"{site.Links.To(within)}#comments"));
        http.MayCache(PublicationStore.Tag, SiteIndex.Tag, CacheTags.Lists, CacheTags.Comments, SearchLedger.Tag);
        return new ThemedPage("search", views.Site(site, path), HeadViews.Page(site, $"Search: {request.Address.Name}", "", null, "noindex, follow")).With("search", view);
    }

    /// <summary>The index is a second behind: what was removed meanwhile is left out here.</summary>
    private static async Task<List<SearchHitView>> HitsAsync(AddressRequest request, List<SearchDocument> found, string[] terms, CancellationToken ct)
    {
        if (found.Count == 0) return [];
        var (db, site) = (request.Db, request.Site);
        var (articleIds, commentIds) = (found.ConvertAll(d => d.ArticleId), found.Where(d => d.CommentId is not null).Select(d => d.CommentId!.Value).ToList());
        var articles = await db.PublicWords().Where(a => articleIds.Contains(a.Id)).AsRows(db, withBody: true).ToDictionaryAsync(a => a.Id, ct);
        var comments = commentIds.Count == 0 ? [] : await db.Comments.Where(c => commentIds.Contains(c.Id) && c.Standing == Standing.Shown).AsRows().ToDictionaryAsync(c => c.Id, ct);
        return [.. found.Where(d => articles.ContainsKey(d.ArticleId) && (d.CommentId is null || comments.ContainsKey(d.CommentId.Value))).Select(d => d.CommentId is { } id ? OfComment(site, articles[d.ArticleId], comments[id], terms) : OfArticle(site, articles[d.ArticleId], terms))];
    }

    private static SearchHitView OfArticle(ReaderSite site, ArticleRow row, string[] terms) => new(
        false, row.TitleText.Length > 0 ? row.TitleText : "Untitled", site.Links.To(row), null, row is { PublishedAt: { } at, PublishedLocal: { } local } ? PageViews.Date(site, at, local) : null, SearchWords.Highlight(PlainText.Of(row.BodyHtml), terms), Language: PageViews.LanguageOf(site, row));

    private static SearchHitView OfComment(ReaderSite site, ArticleRow article, CommentRow comment, string[] terms) => new(
        true, article.TitleText, site.Links.ToComment(site.Links.To(article), comment.Id, comment.FullNumber), comment.AuthorName, PageViews.Date(site, comment.At, comment.AtLocal), SearchWords.Highlight(PlainText.Of(comment.BodyHtml), terms), comment.FullNumber?.ToString(), PageViews.LanguageOf(site, article));
}
