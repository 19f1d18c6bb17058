using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Reads;

/// <summary>Finds the article or page that a permalink names, and what it was named before.</summary>
internal static class ArticleFinder
{
    /// <summary>By path for pages and attachments, by the permalink structure for articles. One statement.</summary>
    public static async Task<ArticleRow?> FindAsync(AddressRequest request, bool withBody, CancellationToken ct)
    {
        var db = request.Db;
        var path = Slug.Fold(request.Address.Name);
        var (id, slug) = (request.Address.Permalink?.Id ?? 0, request.Address.Permalink?.Slug ?? "");
        var rows = await db.Articles.Where(a =>
            (a.Path == path && (a.Kind == ArticleKind.Page || a.Kind == ArticleKind.Attachment))
            || (a.Kind == ArticleKind.Article && (slug != "" ? a.Slug == slug : a.Id == id))).Take(20).AsRows(db, withBody).ToListAsync(ct);
        return Choose(rows, request.Address, path);
    }

    /// <summary>An article that had this slug or date once, or whose slug begins so: its address today.</summary>
    public static async Task<ArticleRow?> FindFormerAsync(AddressRequest request, CancellationToken ct)
    {
        var db = request.Db;
        var slug = request.Address.Permalink?.Slug ?? Slug.Fold(request.Address.Name[(request.Address.Name.LastIndexOf('/') + 1)..]);
        if (slug.Length == 0) return null;
        var former = await db.Articles.Where(a => a.Status == ArticleStatus.Published && db.OldAddresses.Any(o => o.ArticleId == a.Id && (o.Slug == slug || (o.Slug == null && a.Slug == slug)))).NewestFirst().AsRows(db).FirstOrDefaultAsync(ct);
        if (former is not null) return former;
        // WordPress's guess: the same slug with another date, or a slug that begins with these letters.
        var escaped = slug.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
        return await db.Articles.Where(a => a.Status == ArticleStatus.Published && (a.Kind == ArticleKind.Article || a.Kind == ArticleKind.Page) && EF.Functions.Like(a.Slug, escaped + "%", "\\"))
            .OrderBy(a => a.Slug.Length).ThenByDescending(a => a.PublishedLocal).AsRows(db).FirstOrDefaultAsync(ct);
    }

    private static ArticleRow? Choose(List<ArticleRow> rows, Address address, string path)
    {
        // A page's path wins, as in WordPress; then the article whose date is the one in the address; then any: the reader is sent on.
        if (rows.Find(r => r.Path == path && r.Kind != ArticleKind.Article) is { } page && (address.Permalink?.Year is null || rows.Count == 1)) return page;
        var articles = rows.Where(r => r.Kind == ArticleKind.Article).ToList();
        return articles.Find(r => HasDate(r, address.Permalink)) ?? articles.MaxBy(r => (r.Status == ArticleStatus.Published, r.PublishedLocal));
    }

    private static bool HasDate(ArticleRow row, PermalinkMatch? match) => match is not null && row.PublishedLocal is { } local
        && (match.Year is null || match.Year == local.Year) && (match.Month is null || match.Month == local.Month) && (match.Day is null || match.Day == local.Day)
        && (match.Hour is null || match.Hour == local.Hour) && (match.Minute is null || match.Minute == local.Minute) && (match.Second is null || match.Second == local.Second)
        && row.Status is ArticleStatus.Published or ArticleStatus.Private;
}
