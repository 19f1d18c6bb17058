using Broadsheet.Core.Discussion;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Search;

/// <summary>Makes the search words of what was written, shown or removed: in batches, a second behind, only of what everyone may read.</summary>
internal sealed class IndexSearch(IDatabaseEngine engine, Writes writes) : IRecurring
{
    private const int Batch = 200;

    public TimeSpan Every => TimeSpan.FromSeconds(1);

    public async Task<bool> RunAsync(CancellationToken ct)
    {
        await using (var db = engine.Open())
            if (!await db.SearchPending.AnyAsync(ct)) return false;
        return await writes.RunAsync(TakeAsync, ct);
    }

    /// <summary>The words are read in the write that stores them: what changes after them waits in a row of its own.</summary>
    private static async Task<bool> TakeAsync(WriteScope scope, CancellationToken ct)
    {
        var db = scope.Db;
        var pending = await SearchLedger.TakeAsync(scope, Batch, ct);
        List<long> articles = [.. pending.Where(p => p.CommentId is null).Select(p => p.ArticleId).Distinct()];
        List<long> comments = [.. pending.Select(p => p.CommentId).OfType<long>().Distinct()];
        List<SearchDocument> documents = [.. await ArticlesAsync(db, articles, ct), .. await CommentsAsync(db, comments, ct)];
        await SearchLedger.ReplaceAsync(scope, articles, comments, documents, pending.ConvertAll(p => p.Id), ct);
        return pending.Count == Batch;
    }

    private static async Task<IEnumerable<SearchDocument>> ArticlesAsync(BroadsheetDb db, List<long> ids, CancellationToken ct)
    {
        var rows = await db.PublicWords().Where(a => ids.Contains(a.Id) && a.Kind != ArticleKind.Attachment)
            .Select(a => new { a.Id, a.TitleText, a.BodyHtml, a.PublishedAt, Outlet = a.Credit == null ? "" : a.Credit.Outlet }).ToListAsync(ct);
        return rows.Select(r => new SearchDocument { ArticleId = r.Id, At = r.PublishedAt ?? default, Words = SearchWords.Index($"{r.TitleText}\n{r.Outlet}\n{PlainText.Of(r.BodyHtml)}") });
    }

    private static async Task<IEnumerable<SearchDocument>> CommentsAsync(BroadsheetDb db, List<long> ids, CancellationToken ct)
    {
        var rows = await db.Comments.Where(c => ids.Contains(c.Id) && c.Standing == Standing.Shown && c.Kind == CommentKind.Comment && db.Articles.Any(a => a.Id == c.ArticleId && a.Kind != ArticleKind.Other)).Select(c => new { c.Id, c.ArticleId, c.AuthorName, c.BodyHtml, c.At }).ToListAsync(ct);
        return rows.Select(r => SearchLedger.DocumentOf(r.Id, r.ArticleId, r.AuthorName, r.BodyHtml, r.At));
    }
}
