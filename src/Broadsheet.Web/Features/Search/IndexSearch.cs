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
        await using var db = engine.Open();
        var pending = await db.SearchPending.OrderBy(p => p.Id).Take(Batch).ToListAsync(ct);
        if (pending.Count == 0) return false;
        List<SearchDocument> documents = [.. await ArticlesAsync(db, [.. pending.Where(p => p.CommentId is null).Select(p => p.ArticleId)], ct), .. await CommentsAsync(db, [.. pending.Where(p => p.CommentId is not null).Select(p => p.CommentId!.Value)], ct)];
        await writes.RunAsync(async (scope, token) =>
        {
            var (articles, comments, done) = (pending.Where(p => p.CommentId is null).Select(p => p.ArticleId).ToList(), pending.Where(p => p.CommentId is not null).Select(p => p.CommentId).ToList(), pending.ConvertAll(p => p.Id));
            await SearchLedger.ReplaceAsync(scope, articles, comments, documents, done, token);
        }, ct);
        return pending.Count == Batch;
    }

    private static async Task<IEnumerable<SearchDocument>> ArticlesAsync(BroadsheetDb db, List<long> ids, CancellationToken ct)
    {
        var rows = await db.Articles.Where(a => ids.Contains(a.Id) && a.Status == ArticleStatus.Published && a.Password == null && (a.Kind == ArticleKind.Article || a.Kind == ArticleKind.Page))
            .Select(a => new { a.Id, a.TitleText, a.BodyHtml, a.PublishedAt, Outlet = a.Credit == null ? "" : a.Credit.Outlet }).ToListAsync(ct);
        return rows.Select(r => new SearchDocument { ArticleId = r.Id, At = r.PublishedAt ?? default, Words = SearchWords.Index($"{r.TitleText}\n{r.Outlet}\n{PlainText.Of(r.BodyHtml)}") });
    }

    private static async Task<IEnumerable<SearchDocument>> CommentsAsync(BroadsheetDb db, List<long> ids, CancellationToken ct)
    {
        var rows = await db.Comments.Where(c => ids.Contains(c.Id) && c.Standing == Standing.Shown && c.Kind == CommentKind.Comment && db.Articles.Any(a => a.Id == c.ArticleId && a.Kind != ArticleKind.Other)).Select(c => new { c.Id, c.ArticleId, c.AuthorName, c.BodyHtml, c.At }).ToListAsync(ct);
        return rows.Select(r => SearchLedger.DocumentOf(r.Id, r.ArticleId, r.AuthorName, r.BodyHtml, r.At));
    }
}
