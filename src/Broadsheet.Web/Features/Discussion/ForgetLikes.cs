using Broadsheet.Web.Data;
using Broadsheet.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Discussion;

/// <summary>Forgets, once their day is over, who the guests were that liked something.</summary>
internal sealed class ForgetLikes(IDatabaseEngine engine, Writes writes, TimeProvider clock) : IRecurring
{
    public TimeSpan Every => TimeSpan.FromMinutes(10);

    public async Task<bool> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using (var db = engine.Open())
            if (!await db.Likes.AnyAsync(l => l.ExpiresAt < now, ct)) return false;
        await writes.RunAsync((scope, token) => LikeLedger.ForgetExpiredAsync(scope, token), ct);
        return false;
    }
}
