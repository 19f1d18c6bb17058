using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Caching;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Feeds;

/// <summary>Feeds of every list, of the search, of an article's comments and of all comments, in RSS 2.0, Atom, RDF and RSS 0.92.</summary>
internal sealed class ShowFeed(IDatabaseEngine engine) : IShowAddress
{
    public bool Takes(Address address) => address.Feed is not null;

    public async Task<IResult?> ShowAsync(AddressRequest request, CancellationToken ct)
    {
        var format = request.Address.Feed!.Value;
        var isComments = request.Address.Kind == AddressKind.Comments || (request.Address.Kind == AddressKind.Home && request.Http.Request.Query["withcomments"] == "1");
        var (feed, tags) = isComments ? await AllCommentsAsync(request, ct)
            : request.Address.Kind switch
            {
                AddressKind.Permalink => await ArticleCommentsAsync(request, ct),
                AddressKind.Search => await SearchAsync(request, ct),
                _ => await ListAsync(request, ct),
            };
        if (feed is null) return null;
        request.Http.MayCache([PublicationStore.Tag, SiteIndex.Tag, .. tags]);
        return new FeedResult(feed, format);
    }

    private static async Task<(Feed?, string[])> ListAsync(AddressRequest request, CancellationToken ct)
    {
        if (await ArticleLists.FindAsync(request, ct) is not { } list) return (null, []);
        var site = request.Site;
        var rows = await list.Articles.NewestFirst().Take(site.Publication.PostsPerFeed).AsRows(request.Db, withBody: true).ToListAsync(ct);
        var title = list.Heading is null ? site.Publication.Title : $"{list.Heading} – {site.Publication.Title}";
        return (FeedOf(request, title, list.Heading is null ? site.Publication.Tagline : PlainText.Of(list.Description), list.Path, await FeedItems.OfAsync(request, rows, ct)), [list.Tag]);
    }

    private async Task<(Feed?, string[])> SearchAsync(AddressRequest request, CancellationToken ct)
    {
        var (site, db, words) = (request.Site, request.Db, request.Address.Name);
        var terms = SearchWords.Query(words);
        var found = terms.Length == 0 ? [] : (await engine.SearchAsync(db, terms, comments: false, 0, site.Publication.PostsPerFeed, ct)).ConvertAll(d => d.ArticleId);
        var rows = await db.Articles.Where(a => found.Contains(a.Id)).NewestFirst().AsRows(db, withBody: true).ToListAsync(ct);
        return (FeedOf(request, $"Search: {words} – {site.Publication.Title}", "", Links.ToSearch(words), await FeedItems.OfAsync(request, rows, ct)), [CacheTags.Lists, SearchLedger.Tag]);
    }

    private static async Task<(Feed?, string[])> AllCommentsAsync(AddressRequest request, CancellationToken ct)
    {
        var (site, db) = (request.Site, request.Db);
        var rows = await db.PublicComments().Where(c => c.Kind == CommentKind.Comment).OrderByDescending(c => c.At).ThenByDescending(c => c.Id).Take(site.Publication.PostsPerFeed).AsRows().ToListAsync(ct);
        var ids = rows.ConvertAll(r => r.ArticleId);
        var articles = await db.PublicWords().Where(a => ids.Contains(a.Id)).AsRows(db).ToDictionaryAsync(a => a.Id, ct);
        var items = rows.Where(r => articles.ContainsKey(r.ArticleId)).Select(r => FeedItems.OfComment(site, articles[r.ArticleId], r, $"Comment on {articles[r.ArticleId].TitleText} by {r.AuthorName}")).ToList();
        return (FeedOf(request, $"Comments for {site.Publication.Title}", site.Publication.Tagline, "/", items), [CacheTags.Comments, CacheTags.Lists]);
    }

    private static async Task<(Feed?, string[])> ArticleCommentsAsync(AddressRequest request, CancellationToken ct)
    {
        var (site, db) = (request.Site, request.Db);
        if (await ArticleFinder.FindAsync(request, withBody: false, ct) is not { } article || !await ArticleVisibility.IsVisibleAsync(request, article, ct)) return (null, []);
        if (long.TryParse(request.Http.Request.Query["comment"], NumberStyles.None, CultureInfo.InvariantCulture, out var branch)) return await BranchAsync(request, article, branch, ct);
        var rows = article.IsProtected ? [] : await db.Comments.Where(c => c.ArticleId == article.Id && c.Standing == Standing.Shown && c.Kind == CommentKind.Comment).OrderByDescending(c => c.At).ThenByDescending(c => c.Id).Take(site.Publication.PostsPerFeed).AsRows().ToListAsync(ct);
        var feed = FeedOf(request, $"Comments on: {article.TitleText}", site.Publication.Tagline, site.Links.To(article), rows.ConvertAll(r => FeedItems.OfComment(site, article, r, $"By: {r.AuthorName}")));
        return (feed, article is { Kind: ArticleKind.Attachment, ParentId: { } parent } ? [CacheTags.Article(article.Id), CacheTags.Thread(article.Id), CacheTags.Link(parent)] : [CacheTags.Article(article.Id), CacheTags.Thread(article.Id)]);
    }

    /// <summary>A comment with all that stands below it, the latest numbers first: a reply that was approved late is new, too.</summary>
    private static async Task<(Feed?, string[])> BranchAsync(AddressRequest request, ArticleRow article, long id, CancellationToken ct)
    {
        var (site, db) = (request.Site, request.Db);
        if (article.IsProtected || await db.Comments.Where(c => c.Id == id && c.ArticleId == article.Id && c.Number != null).Select(c => new { c.Number, c.Reply, c.Path, c.Standing, c.AuthorName }).FirstOrDefaultAsync(ct) is not { } top) return (null, []);
        var (from, until) = (top.Path!, $"{top.Path}\U0010FFFF");
        var below = db.Comments.Where(c => c.ArticleId == article.Id && c.Number == top.Number && c.Standing == Standing.Shown);
        if (top.Reply > 0) below = below.Where(c => c.Path!.CompareTo(from) >= 0 && c.Path.CompareTo(until) < 0);
        var rows = await below.OrderByDescending(c => c.Reply).Take(site.Publication.PostsPerFeed).AsRows().ToListAsync(ct);
        var number = new CommentNumber(top.Number!.Value, top.Reply);
        var path = site.Links.ToComment(site.Links.To(article), id, number);
        var title = top.Standing == Standing.Shown ? $"Replies to {number} by {top.AuthorName} on: {article.TitleText}" : $"Replies to {number} on: {article.TitleText}";
        return (FeedOf(request, title, site.Publication.Tagline, path, rows.ConvertAll(r => FeedItems.OfComment(site, article, r, $"By: {r.AuthorName}"))), [CacheTags.Article(article.Id), CacheTags.Thread(article.Id)]);
    }

    private static Feed FeedOf(AddressRequest request, string title, string description, string path, List<FeedItem> items)
    {
        var links = request.Site.Links;
        // Without what a reader's link happened to carry: feed readers keep this address.
        var self = links.Absolute(request.Http.Request.Path.ToUriComponent() + PageKeys.SignificantQuery(request.Http.Request));
        return new Feed(title, description, links.Absolute(path), self, request.Site.Publication.Language, items.Count == 0 ? DateTimeOffset.UnixEpoch : items.Max(i => i.Updated), items);
    }
}
