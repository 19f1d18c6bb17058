using Broadsheet.Core.Publishing;
using Broadsheet.Core.Transfer.WordPress;
using Broadsheet.Web.Caching;
using Broadsheet.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Transfer.WordPress;

/// <summary>All comments of an item are there: it appears.</summary>
internal sealed class FinishItem(ItemPlan plan, WxrItem item, ArticleStatus status) : IImportStep
{
    public async Task<bool> WriteAsync(WriteScope scope, ImportProgress progress, CancellationToken ct)
    {
        if (plan.Mark is { IsHidden: true })
        {
            // Another file's import may have been stopped just after this.
            if (!await scope.Db.Articles.AnyAsync(a => a.Id == plan.Id && a.Status == status, ct) || status == ArticleStatus.Draft) await ImportLedger.StandAsync(scope, plan.Id, status, ct);
            scope.Evict(CacheTags.Article(plan.Id));
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
