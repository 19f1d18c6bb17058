using System.Globalization;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Feeds;

/// <summary>Articles and comments as items of a feed.</summary>
internal static class FeedItems
{
    /// <summary>Two statements: terms and enclosures.</summary>
    public static async Task<List<FeedItem>> OfAsync(AddressRequest request, List<ArticleRow> rows, CancellationToken ct)
    {
        if (rows.Count == 0) return [];
        var ids = rows.ConvertAll(r => r.Id);
        var terms = await TermRow.OfAsync(request.Db, ids, ct);
        var enclosures = await request.Db.Meta.Where(m => m.Owner == MetaOwner.Article && ids.Contains(m.OwnerId) && m.Key == "enclosure").ToListAsync(ct);
        return rows.ConvertAll(r => OfArticle(request.Site, r, terms, [.. enclosures.Where(e => e.OwnerId == r.Id).Select(e => Enclosure(e.Value)).OfType<FeedEnclosure>()]));
    }

    public static FeedItem OfComment(ReaderSite site, ArticleRow article, CommentRow comment, string title)
    {
        var url = site.Links.Absolute(site.Links.ToComment(site.Links.To(article), comment.Id, comment.FullNumber));
        var html = SafeHtml.FromStore(comment.BodyHtml);
        return new FeedItem(title, url, string.Create(CultureInfo.InvariantCulture, $"{site.Links.Absolute("/")}?p={article.Id}#comment-{comment.Id}"), comment.AuthorName, comment.At, comment.EditedAt ?? comment.At, comment.FeaturedAt is null ? [] : ["Editors’ choice"], PlainText.Of(html), site.Links.Rooted(html), null, null, []);
    }

    private static FeedItem OfArticle(ReaderSite site, ArticleRow row, List<TermRow> terms, IReadOnlyList<FeedEnclosure> enclosures)
    {
        var (links, url) = (site.Links, site.Links.Absolute(site.Links.To(row)));
        var author = row.Credit?.Author ?? (row.AuthorId is { } id && site.Index.Authors.TryGetValue(id, out var person) ? person.Name : site.Publication.Title);
        var at = row.PublishedAt ?? row.ModifiedAt;
        var summary = row.IsProtected ? "This article is behind a password." : row.Summary;
        SafeHtml? html = row.IsProtected || site.Publication.FeedExcerpts ? null : site.Links.Rooted(SafeHtml.FromStore(string.Concat(ArticleBody.Pages(SafeHtml.FromStore(row.BodyHtml)).Select(p => p.Value))));
        return new FeedItem(row.TitleText.Length > 0 ? row.TitleText : "Untitled", url, row.Guid, author, at, row.ModifiedAt > at ? row.ModifiedAt : at,
            [.. terms.Where(t => t.ArticleId == row.Id && t.Taxonomy is Term.Category or Term.Tag).Select(t => t.Name)], summary, html,
            new FeedDiscussion(url + (row.CommentsShown > 0 ? "#comments" : "#respond"), links.Absolute(links.ToFeed(links.To(row))), row.CommentsShown),
            row.Credit is { } credit ? new FeedSource(credit.Outlet, credit.OriginalUrl?.AbsoluteUri ?? url) : null, row.IsProtected ? [] : enclosures)
        {
            Language = row.Language,
        };
    }

    /// <summary>WordPress keeps an enclosure as lines: address, length, type.</summary>
    private static FeedEnclosure? Enclosure(string meta)
    {
        var lines = meta.Split('\n', StringSplitOptions.TrimEntries);
        return lines.Length >= 3 && Uri.TryCreate(lines[0], UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? new FeedEnclosure(lines[0], lines[1], lines[2].Length is > 0 and < 100 ? lines[2] : "application/octet-stream") : null;
    }
}
