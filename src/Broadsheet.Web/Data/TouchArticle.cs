using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>What of an article stands on pages that are not its own: in links to it, in the menu, in the order of lists.</summary>
internal sealed record ShownElsewhere(bool IsPublic, string Title, string Slug, string? Path, long? ParentId, int MenuOrder, DateTime? Date, long? AuthorId, bool IsSticky)
{
    public static ShownElsewhere Of(Article article) => new(
        article.Status is ArticleStatus.Published or ArticleStatus.Inherit, article.TitleText, article.Slug, article.Path, article.ParentId, article.MenuOrder, article.PublishedLocal, article.AuthorId, article.IsSticky);
}

/// <summary>Tells the search and the page cache what a change of an article touches, and no more: a draft touches nothing, a body only its own pages and the lists.</summary>
internal static class TouchArticle
{
    /// <param name="before">From before the change.</param>
    /// <param name="isFiledElsewhere">Its terms changed: its address may have its category's name.</param>
    public static async Task RunAsync(WriteScope scope, Article article, ShownElsewhere before, bool isFiledElsewhere, CancellationToken ct)
    {
        var after = ShownElsewhere.Of(article);
        if (!before.IsPublic && !after.IsPublic) return;
        scope.Db.SearchPending.Add(new SearchPending { ArticleId = article.Id });
        scope.Evict($"article:{article.Id}");
        scope.Evict("lists");
        if (before == after && !isFiledElsewhere) return;
        scope.Evict($"link:{article.Id}");
        if (article.Kind == ArticleKind.Page) scope.Evict("site-index");
        else if (before.IsSticky || after.IsSticky) scope.EvictSoon("site-index");
        if (article.Kind == ArticleKind.Article && after.IsPublic && (!before.IsPublic || before.Date != after.Date)) await TouchNeighboursAsync(scope, article, ct);
    }

    /// <summary>The articles published just before and after lead to it from now on.</summary>
    private static async Task TouchNeighboursAsync(WriteScope scope, Article article, CancellationToken ct)
    {
        if (article.PublishedLocal is not { } local) return;
        var id = article.Id;
        var published = scope.Db.Articles.Where(a => a.Kind == ArticleKind.Article && a.Status == ArticleStatus.Published && a.Id != id);
        var previous = await published.Where(a => a.PublishedLocal < local || (a.PublishedLocal == local && a.Id < id)).OrderByDescending(a => a.PublishedLocal).ThenByDescending(a => a.Id).Select(a => a.Id).FirstOrDefaultAsync(ct);
        var next = await published.Where(a => a.PublishedLocal > local || (a.PublishedLocal == local && a.Id > id)).OrderBy(a => a.PublishedLocal).ThenBy(a => a.Id).Select(a => a.Id).FirstOrDefaultAsync(ct);
        if (previous != 0) scope.EvictSoon($"article:{previous}");
        if (next != 0) scope.EvictSoon($"article:{next}");
    }
}
