using Broadsheet.Core.Discussion;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Transfer.WordPress;
using Broadsheet.Web.Caching;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Transfer.WordPress;

/// <summary>All comments of an item are there: it appears, and its comments are handed to the search.</summary>
internal sealed class FinishItem(ItemPlan plan, WxrItem item, ArticleStatus status) : IImportStep
{
    /// <summary>About 20 ms of rows.</summary>
    private const int SearchBatch = 2_000;

    public async Task<bool> WriteAsync(WriteScope scope, ImportProgress progress, CancellationToken ct)
    {
        if (plan.Mark is { IsHidden: true })
        {
            if (progress.IndexedThrough is not { } through)
            {
                // Another file's import may have been stopped just after this.
                if (!await scope.Db.Articles.AnyAsync(a => a.Id == plan.Id && a.Status == status, ct) || status == ArticleStatus.Draft) await ImportLedger.StandAsync(scope, plan.Id, status, ct);
                scope.Evict(CacheTags.Article(plan.Id));
                progress.Reach(item.Ordinal, plan.Fates.Length);
                progress.IndexedThrough = 0;
                return false;
            }
            var next = await scope.Db.Comments.Where(c => c.ArticleId == plan.Id && c.Id > through && c.Standing == Standing.Shown && c.Kind == CommentKind.Comment).OrderBy(c => c.Id).Select(c => c.Id).Take(SearchBatch).ToListAsync(ct);
            await scope.InsertManyAsync<SearchPending>([.. next.Select(id => new SearchPending { ArticleId = plan.Id, CommentId = id })], ct);
            if (next.Count == SearchBatch)
            {
                progress.IndexedThrough = next[^1];
                return false;
            }
        }
        if (plan.Mark is not null) await ImportLedger.ForgetMetaAsync(scope, plan.Id, ThreadMark.Key, ct);
        progress.Finish(item.Ordinal);
        return true;
    }
}

/// <summary>An item that was here before, or is the same as one before it in the file.</summary>
internal sealed class PassItem(WxrItem item, bool isPresent) : IImportStep
{
    public Task<bool> WriteAsync(WriteScope scope, ImportProgress progress, CancellationToken ct)
    {
        if (isPresent) progress.Of(item.Kind).Present++;
        else progress.Of(item.Kind).Skipped++;
        progress.Reach(item.Ordinal, 0);
        return Task.FromResult(true);
    }
}

/// <summary>Comments of which none is new.</summary>
internal sealed class PassComments(WxrItem item, long present, long skipped) : IImportStep
{
    public Task<bool> WriteAsync(WriteScope scope, ImportProgress progress, CancellationToken ct)
    {
        progress.Comments.Present += present;
        progress.Comments.Skipped += skipped;
        progress.Finish(item.Ordinal);
        return Task.FromResult(true);
    }
}
