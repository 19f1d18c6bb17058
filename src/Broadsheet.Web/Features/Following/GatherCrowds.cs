using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Following;

/// <summary>Who follows a discussion in which very much is said gets the first comments of an hour at once, and the rest of it an hour later in one mail.</summary>
internal sealed class GatherCrowds(IDatabaseEngine engine, Writes writes, TimeProvider clock) : IRecurring
{
    private const int Batch = 100;

    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task<bool> RunAsync(CancellationToken ct)
    {
        var until = clock.GetUtcNow() - FollowNotices.Crowd;
        await using (var db = engine.Open())
            if (!await db.Mails.AnyAsync(m => m.State == MailState.Crowded && m.DueAt <= until, ct)) return false;
        // While there were some, there may be more.
        return await writes.RunAsync((scope, token) => MailLedger.GatherCrowdsAsync(scope, until, Batch, token), ct) > 0;
    }
}
