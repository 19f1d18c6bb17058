using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Transfer.WordPress;

/// <summary>Pages have the addresses of their parents in front of their own: settled when all are there, whatever their order in the file.</summary>
internal sealed class PagePaths(IDatabaseEngine engine, ImportWriter writer, string source)
{
    /// <summary>A longer path than this is cut by <see cref="Slug.Fold"/>, as the address asked for is.</summary>
    private const int MaxLevels = 20;

    public async Task RunAsync(CancellationToken ct)
    {
        await using var db = engine.Open();
        var pages = await db.Articles.Where(a => a.Kind == ArticleKind.Page).Select(a => new Page(a.Id, a.Slug, a.Path, a.ParentId)).ToDictionaryAsync(p => p.Id, ct);
        var own = await db.MappedIds.Where(m => m.Kind == MappedKind.Article && m.Source == source).Select(m => m.NewId).Join(db.Articles.Where(a => a.Kind == ArticleKind.Page), id => id, a => a.Id, (id, _) => id).ToListAsync(ct);
        var steps = own.Select(id => (Page: pages[id], Path: PathOf(pages[id], pages))).Where(p => p.Page.Slug.Length > 0 && p.Page.Path != p.Path).Select(p => new Settle(p.Page.Id, p.Path));
        await NamesImport.WriteAsync(writer, steps, ct);
    }

    private static string PathOf(Page page, Dictionary<long, Page> pages)
    {
        var slugs = new List<string>();
        var seen = new HashSet<long>();
        for (var at = page; at is not null && slugs.Count < MaxLevels && seen.Add(at.Id); at = at.ParentId is { } parent ? pages.GetValueOrDefault(parent) : null)
            if (at.Slug.Length > 0) slugs.Insert(0, at.Slug);
        return Slug.Fold(string.Join('/', slugs));
    }

    private sealed record Page(long Id, string Slug, string? Path, long? ParentId);

    private sealed class Settle(long id, string path) : IImportStep
    {
        public async Task<bool> WriteAsync(WriteScope scope, ImportProgress progress, CancellationToken ct)
        {
            var article = await scope.Db.Articles.AsTracking().SingleAsync(a => a.Id == id, ct);
            article.Place(article.Slug, path, article.ParentId, article.MenuOrder);
            scope.EvictSoon(SiteIndex.Tag);
            return true;
        }
    }
}
