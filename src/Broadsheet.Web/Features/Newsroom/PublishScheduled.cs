using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Newsroom;

/// <summary>Scheduled articles go out by themselves, at most five seconds late.</summary>
internal sealed class PublishScheduled(IDatabaseEngine engine, Writes writes, TimeProvider clock) : IRecurring
{
    public TimeSpan Every => TimeSpan.FromSeconds(5);

    public async Task<bool> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using (var db = engine.Open())
            // A write only where there is something to write.
            if (!await db.Articles.AnyAsync(a => a.Status == ArticleStatus.Scheduled && a.PublishedAt <= now, ct)) return false;
        return await writes.RunAsync((scope, token) => ArticleLedger.PublishDueAsync(scope, token), ct) > 0;
    }
}
