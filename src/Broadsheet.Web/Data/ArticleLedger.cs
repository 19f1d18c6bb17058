using System.Globalization;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Saves articles and keeps true what hangs on them: addresses, terms and their counts, revisions, the search, the page cache.</summary>
internal static class ArticleLedger
{
    /// <summary>Creates an article, or changes the one with <paramref name="id"/>; the words as they stood are kept as a revision.</summary>
    /// <param name="id">0 for a new one.</param>
    /// <returns>The article's id.</returns>
    public static async Task<long> SaveAsync(WriteScope scope, Publication publication, long id, ArticleEdit edit, ArticleText text, long? personId, CancellationToken ct)
    {
        var db = scope.Db;
        // On PostgreSQL this waits for whoever publishes or moves the article just now, so that what is read next is so.
        if (id != 0) await HoldAsync(scope, id, ct);
        var article = id == 0 ? Article.Create(edit.Kind, ArticleStatus.Draft, scope.Now, edit.AuthorId) : await db.Articles.AsTracking().SingleAsync(a => a.Id == id, ct);
        var before = ShownElsewhere.Of(article);
        var (oldSlug, oldDate, stood) = (article.Slug, article.PublishedLocal, article.Status);
        var wasPublic = stood == ArticleStatus.Published;
        Revision? replaced = null;
        if (id != 0 && (article.Body != text.Body || article.Title != text.Title || article.Excerpt != text.Excerpt))
            db.Revisions.Add(replaced = Revision.Of(article, personId, scope.Now, wasPublic ? edit.Change : ChangeKind.Small, edit.ChangeNote.Length > 0 ? edit.ChangeNote : null));
        article.Write(text, scope.Now);
        article.Assign(edit.AuthorId);
        article.Attribute(edit.Credit);
        article.Canonize(edit.Canonical);
        article.Speak(edit.Language);
        article.Discuss(edit.CommentsOpen, edit.PingsOpen);
        article.Rule(edit.Discussion);
        article.Present(edit.IsSticky, edit.FeaturedImageId, edit.Password, article.PostFormat);
        article.Aim(edit.Focus);
        Date(article, edit, publication, scope.Now);
        AuditLedger.NoteStanding(scope, personId, article, stood, article.Status);
        await PlaceAsync(scope, article, edit, ct);
        if (id == 0) db.Articles.Add(article);
        await scope.FlushAsync(ct);
        if (replaced is { Change: not ChangeKind.Small, Note: { } note }) article.Tell(new PublishedChange(replaced.Id, scope.Now, replaced.Change, note));
        await MediaUseLedger.StoreAsync(scope, article.Id, text.Media, ct);
        if (article.Guid.Length == 0) article.Identify(string.Create(CultureInfo.InvariantCulture, $"urn:broadsheet:article:{article.Id}"));
        if (wasPublic && oldSlug.Length > 0 && (oldSlug != article.Slug || oldDate?.Date != article.PublishedLocal?.Date))
            db.OldAddresses.Add(new OldAddress(article.Id, oldSlug != article.Slug ? oldSlug : null, oldDate?.Date != article.PublishedLocal?.Date && oldDate is { } d ? DateOnly.FromDateTime(d) : null));
        var isFiledElsewhere = await FileAsync(scope, article, edit, wasPublic, ct);
        await FollowNotices.ArticleStoredAsync(scope, article, wasPublic, ct);
        await TouchArticle.RunAsync(scope, article, before, isFiledElsewhere, ct);
        return article.Id;
    }

    /// <summary>Holds an article until the work ends; to be called before it is read.</summary>
    public static Task HoldAsync(WriteScope scope, long id, CancellationToken ct) =>
        scope.Db.Articles.Where(a => a.Id == id).ExecuteUpdateAsync(set => set.SetProperty(a => a.Status, a => a.Status), ct);

    /// <summary>Publishes what is due, with its own date. Returns how many.</summary>
    public static async Task<int> PublishDueAsync(WriteScope scope, CancellationToken ct)
    {
        // Two servers on one database: the second waits at these rows, and then finds them published.
        await scope.Db.Articles.Where(a => a.Status == ArticleStatus.Scheduled && a.PublishedAt <= scope.Now).ExecuteUpdateAsync(set => set.SetProperty(a => a.Status, ArticleStatus.Scheduled), ct);
        var due = await scope.Db.Articles.AsTracking().Where(a => a.Status == ArticleStatus.Scheduled && a.PublishedAt <= scope.Now).OrderBy(a => a.PublishedAt).Take(50).ToListAsync(ct);
        foreach (var article in due) await StandAsync(scope, article, ArticleStatus.Published, null, ct);
        return due.Count;
    }

    /// <summary>Changes only where an article stands: to the trash and back, out of the schedule.</summary>
    /// <param name="by">Null for the program itself.</param>
    public static async Task StandAsync(WriteScope scope, Article article, ArticleStatus status, long? by, CancellationToken ct)
    {
        var before = ShownElsewhere.Of(article);
        var wasPublic = article.Status == ArticleStatus.Published;
        AuditLedger.NoteStanding(scope, by, article, article.Status, status);
        article.Date(status, article.PublishedAt, article.PublishedLocal);
        var terms = await scope.Db.ArticleTerms.Where(t => t.ArticleId == article.Id).Select(t => t.TermId).ToListAsync(ct);
        var more = (status == ArticleStatus.Published ? 1 : 0) - (wasPublic ? 1 : 0);
        if (more != 0) await CountAsync(scope, terms.ConvertAll(id => (id, more)), ct);
        await FollowNotices.ArticleStoredAsync(scope, article, wasPublic, ct);
        await TouchArticle.RunAsync(scope, article, before, isFiledElsewhere: false, ct);
    }

    /// <summary>Changes only the words; those that stood there are kept as a revision.</summary>
    /// <returns>The revision.</returns>
    public static async Task<long> ReviseAsync(WriteScope scope, Article article, ArticleText text, long? personId, CancellationToken ct)
    {
        var before = ShownElsewhere.Of(article);
        var replaced = Revision.Of(article, personId, scope.Now);
        scope.Db.Revisions.Add(replaced);
        article.Write(text, scope.Now);
        await MediaUseLedger.StoreAsync(scope, article.Id, text.Media, ct);
        await scope.FlushAsync(ct);
        await TouchArticle.RunAsync(scope, article, before, isFiledElsewhere: false, ct);
        return replaced.Id;
    }

    /// <summary>Back from the trash. Where its slug was given away meanwhile, it gets a number, as a new article would.</summary>
    public static async Task RestoreAsync(WriteScope scope, Article article, ArticleStatus status, long? by, CancellationToken ct)
    {
        var parentPath = article.Path is { } path && path.LastIndexOf('/') is > 0 and var slash ? path[..slash] : null;
        var slug = article.Slug;
        for (var n = 2; slug.Length > 0 && await IsTakenAsync(scope.Db, article, slug, parentPath, ct); n++) slug = string.Create(CultureInfo.InvariantCulture, $"{article.Slug}-{n}");
        if (slug != article.Slug) article.Place(slug, article.Kind == ArticleKind.Page ? PathBelow(parentPath, slug) : article.Path, article.ParentId, article.MenuOrder);
        await StandAsync(scope, article, status, by, ct);
    }

    /// <returns>False where it has the term already.</returns>
    public static async Task<bool> AddTermAsync(WriteScope scope, Article article, long termId, CancellationToken ct)
    {
        if (await scope.Db.ArticleTerms.AnyAsync(t => t.ArticleId == article.Id && t.TermId == termId, ct)) return false;
        scope.Db.ArticleTerms.Add(new ArticleTerm(article.Id, termId));
        await FiledAsync(scope, article, termId, 1, ct);
        return true;
    }

    public static async Task RemoveTermAsync(WriteScope scope, Article article, long termId, CancellationToken ct)
    {
        if (await scope.Db.ArticleTerms.Where(t => t.ArticleId == article.Id && t.TermId == termId).ExecuteDeleteAsync(ct) > 0) await FiledAsync(scope, article, termId, -1, ct);
    }

    private static async Task FiledAsync(WriteScope scope, Article article, long termId, int by, CancellationToken ct)
    {
        await scope.FlushAsync(ct);
        if (article.Status == ArticleStatus.Published) await CountAsync(scope, [(termId, by)], ct);
        await TouchArticle.RunAsync(scope, article, ShownElsewhere.Of(article), isFiledElsewhere: true, ct);
    }

    private static void Date(Article article, ArticleEdit edit, Publication publication, DateTimeOffset now)
    {
        var at = edit.PublishedAt ?? article.PublishedAt ?? (edit.Status is ArticleStatus.Published or ArticleStatus.Private or ArticleStatus.Scheduled ? now : null);
        var status = edit.Status == ArticleStatus.Published && at > now ? ArticleStatus.Scheduled : edit.Status == ArticleStatus.Scheduled && at <= now ? ArticleStatus.Published : edit.Status;
        // The local date stays as it was published, whatever zone the publication has now.
        var local = at == article.PublishedAt && article.PublishedLocal is not null ? article.PublishedLocal : at is { } moment ? publication.Local(moment) : null;
        article.Date(status, at, local);
    }

    private static async Task PlaceAsync(WriteScope scope, Article article, ArticleEdit edit, CancellationToken ct)
    {
        var db = scope.Db;
        var wanted = edit.Slug.Length > 0 ? Slug.From(edit.Slug) : article.Slug.Length > 0 ? article.Slug : Slug.From(article.TitleText, fallback: "");
        var isDraft = article.Status is ArticleStatus.Draft or ArticleStatus.AutoDraft;
        if (wanted.Length == 0 && !isDraft) wanted = "untitled";
        var parentPath = edit.Kind == ArticleKind.Page && edit.ParentId is { } parent ? await db.Articles.Where(a => a.Id == parent && a.Kind == ArticleKind.Page).Select(a => a.Path).FirstOrDefaultAsync(ct) : null;
        var slug = wanted;
        for (var n = 2; slug.Length > 0 && await IsTakenAsync(db, article, slug, parentPath, ct); n++) slug = string.Create(CultureInfo.InvariantCulture, $"{wanted}-{n}");
        var oldPath = article.Path;
        article.Place(slug, article.Kind == ArticleKind.Page ? PathBelow(parentPath, slug) : null, edit.ParentId, edit.MenuOrder);
        if (oldPath is not null && article.Path is { } newPath && oldPath != newPath)
            foreach (var child in await db.Articles.AsTracking().Where(a => a.Kind == ArticleKind.Page && a.Path != null && a.Path.StartsWith(oldPath + "/")).ToListAsync(ct))
            {
                child.Place(child.Slug, newPath + child.Path![oldPath.Length..], child.ParentId, child.MenuOrder);
                // All pages name it in their menu, or it is hidden and on none; its own may stand at the old address, too.
                if (child.Status == ArticleStatus.Published) scope.Evict("site-index");
            }
    }

    /// <summary>An article's slug is its own on its day at least; WordPress numbers it throughout, and so do we. A page's path is its own.</summary>
    private static Task<bool> IsTakenAsync(BroadsheetDb db, Article article, string slug, string? parentPath, CancellationToken ct)
    {
        var path = PathBelow(parentPath, slug);
        return article.Kind == ArticleKind.Page
            ? db.Articles.AnyAsync(a => a.Id != article.Id && a.Path == path, ct)
            : db.Articles.AnyAsync(a => a.Id != article.Id && a.Kind == article.Kind && a.Slug == slug && a.Status != ArticleStatus.Trashed, ct);
    }

    private static string PathBelow(string? parentPath, string slug) => string.IsNullOrEmpty(parentPath) ? slug : $"{parentPath}/{slug}";

    /// <returns>Whether its terms are others than before.</returns>
    private static async Task<bool> FileAsync(WriteScope scope, Article article, ArticleEdit edit, bool wasPublic, CancellationToken ct)
    {
        var db = scope.Db;
        var wanted = edit.Kind == ArticleKind.Article ? new HashSet<long>([.. edit.Categories, .. await TermLedger.TagsAsync(scope, edit.Tags, ct)]) : [];
        var had = await db.ArticleTerms.AsTracking().Where(t => t.ArticleId == article.Id).Join(db.Terms.Where(t => t.Taxonomy == Term.Category || t.Taxonomy == Term.Tag), t => t.TermId, t => t.Id, (link, _) => link).ToListAsync(ct);
        var isPublic = article.Status == ArticleStatus.Published;
        db.ArticleTerms.RemoveRange(had.Where(t => !wanted.Contains(t.TermId)));
        db.ArticleTerms.AddRange(wanted.Where(id => !had.Exists(t => t.TermId == id)).Select(id => new ArticleTerm(article.Id, id)));
        List<long> counted = wasPublic ? had.ConvertAll(t => t.TermId) : [], toCount = isPublic ? [.. wanted] : [];
        await CountAsync(scope, [.. counted.Except(toCount).Select(id => (id, -1)), .. toCount.Except(counted).Select(id => (id, 1))], ct);
        return !wanted.SetEquals(had.Select(t => t.TermId));
    }

    /// <summary>One after the other by their ids: two writers on PostgreSQL that count the same terms wait for each other, and never in a circle.</summary>
    private static async Task CountAsync(WriteScope scope, List<(long Term, int By)> changes, CancellationToken ct)
    {
        foreach (var (term, by) in changes.OrderBy(c => c.Term))
            await scope.Db.Terms.Where(t => t.Id == term).ExecuteUpdateAsync(set => set.SetProperty(t => t.Articles, t => t.Articles + by), ct);
        var terms = changes.ConvertAll(c => c.Term);
        // Every page lists the sections that have articles, those with the most first.
        if (terms.Count > 0 && await scope.Db.Terms.AnyAsync(t => terms.Contains(t.Id) && t.Taxonomy == Term.Category, ct)) scope.EvictSoon("site-index");
    }
}
