using Broadsheet.Core.Text;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Replaces search documents; what is no longer public simply has none any more.</summary>
internal static class SearchLedger
{
    /// <summary>The page cache's tag of what a search found.</summary>
    public const string Tag = "search";

    /// <summary>The words under which a comment is found: its author's name and its own.</summary>
    /// <param name="html">As stored.</param>
    public static SearchDocument DocumentOf(long commentId, long articleId, string author, string html, DateTimeOffset at) =>
        new() { ArticleId = articleId, CommentId = commentId, At = at, Words = SearchWords.Index($"{author}\n{PlainText.Of(html)}") };

    /// <summary>Holds what waits, in its order, until the work ends. Of two servers on one database, the second waits here, and then finds what the first has left.</summary>
    public static async Task<List<SearchPending>> TakeAsync(WriteScope scope, int limit, CancellationToken ct)
    {
        var first = await scope.Db.SearchPending.OrderBy(p => p.Id).Take(limit).Select(p => p.Id).ToListAsync(ct);
        var held = scope.Db.SearchPending.Where(p => first.Contains(p.Id));
        await held.ExecuteUpdateAsync(set => set.SetProperty(p => p.ArticleId, p => p.ArticleId), ct);
        return await held.AsNoTracking().ToListAsync(ct);
    }

    /// <param name="done">Ids of the pending rows that this settles.</param>
    public static async Task ReplaceAsync(WriteScope scope, List<long> articles, List<long> comments, List<SearchDocument> documents, List<long> done, CancellationToken ct)
    {
        var db = scope.Db;
        if (articles.Count > 0) await db.SearchDocuments.Where(d => d.CommentId == null && articles.Contains(d.ArticleId)).ExecuteDeleteAsync(ct);
        if (comments.Count > 0) await db.SearchDocuments.Where(d => d.CommentId != null && comments.Contains(d.CommentId.Value)).ExecuteDeleteAsync(ct);
        await scope.InsertManyAsync(documents, ct);
        // Soon is enough: what was removed left the pages with the write that removed it.
        scope.EvictSoon(Tag);
        await db.SearchPending.Where(p => done.Contains(p.Id)).ExecuteDeleteAsync(ct);
    }
}
