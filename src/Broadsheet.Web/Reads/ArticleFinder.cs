using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Reads;

/// <summary>Finds the article or page that a permalink names, and what it was named before.</summary>
internal static class ArticleFinder
{
    /// <summary>Of articles that an old or a short slug may mean.</summary>
    private const int MaxGuessed = 100;

    /// <summary>Of articles with one slug that are looked at.</summary>
    private const int MaxNamesakes = 20;

    /// <summary>By path for pages and attachments, by the permalink structure for articles. One statement.</summary>
    public static async Task<ArticleRow?> FindAsync(AddressRequest request, bool withBody, CancellationToken ct)
    {
        var db = request.Db;
        var path = Slug.Fold(request.Address.Name);
        var (id, slug) = (request.Address.Permalink?.Id ?? 0, request.Address.Permalink?.Slug ?? "");
        // Two looks into two indexes: as one condition with "or", SQLite would read all articles.
        var named = db.Articles.Where(a => a.Path == path && (a.Kind == ArticleKind.Page || a.Kind == ArticleKind.Attachment)).Select(a => a.Id);
        if (slug.Length > 0) named = named.Concat(db.Articles.Where(a => a.Kind == ArticleKind.Article && a.Slug == slug).Select(a => a.Id));
        else if (id > 0) named = named.Concat(db.Articles.Where(a => a.Kind == ArticleKind.Article && a.Id == id).Select(a => a.Id));
        var rows = await db.Articles.Where(a => named.Take(MaxNamesakes).Contains(a.Id)).AsRows(db, withBody).ToListAsync(ct);
        return Choose(rows, request.Address, path);
    }

    /// <summary>An article that had this slug or date once, or whose slug begins so: its address today.</summary>
    public static async Task<ArticleRow?> FindFormerAsync(AddressRequest request, CancellationToken ct)
    {
        var db = request.Db;
        var slug = request.Address.Permalink?.Slug ?? Slug.Fold(request.Address.Name[(request.Address.Name.LastIndexOf('/') + 1)..]);
        if (slug.Length == 0) return null;
        var renamed = db.OldAddresses.Where(o => o.Slug == slug).Select(o => o.ArticleId);
        var redated = db.Articles.Where(a => a.Slug == slug && db.OldAddresses.Any(o => o.ArticleId == a.Id && o.Slug == null)).Select(a => a.Id);
        var ids = await renamed.Concat(redated).Take(MaxGuessed).ToListAsync(ct);
        return ids.Count > 0 && await PublishedAsync(db, ids, ct) is { } former ? former : await GuessAsync(db, slug, ct);
    }

    /// <summary>
    /// WordPress's guess: the same slug with another date, or a slug that begins with these letters; the shortest. A range of the slugs' index:
    /// what is not published is left out afterwards, since SQLite, asked for both, would read all that is published.
    /// </summary>
    private static async Task<ArticleRow?> GuessAsync(BroadsheetDb db, string slug, CancellationToken ct)
    {
        var end = slug + "\U0010FFFF";
        var found = await db.Articles.Where(a => a.Slug.CompareTo(slug) >= 0 && a.Slug.CompareTo(end) < 0)
            .OrderBy(a => a.Slug.Length).ThenByDescending(a => a.PublishedLocal).Select(a => new { a.Id, a.Kind, a.Status }).Take(MaxGuessed).ToListAsync(ct);
        return found.Find(f => PubliclyVisible.HasPublicPage(f.Kind, f.Status)) is { } best ? await PublishedAsync(db, [best.Id], ct) : null;
    }

    private static Task<ArticleRow?> PublishedAsync(BroadsheetDb db, List<long> ids, CancellationToken ct) => db.Articles
        .Where(a => ids.Contains(a.Id) && a.Status == ArticleStatus.Published && (a.Kind == ArticleKind.Article || a.Kind == ArticleKind.Page)).NewestFirst().AsRows(db).FirstOrDefaultAsync(ct);

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
