using Broadsheet.Web.Data;
using Broadsheet.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.SignIn.FromArticle;

/// <summary>Forgets, after a day, what was typed by those who did not come back.</summary>
internal sealed class ForgetKeptReplies(IDatabaseEngine engine, Writes writes, TimeProvider clock) : IRecurring
{
    public TimeSpan Every => TimeSpan.FromMinutes(10);

    public async Task<bool> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using (var db = engine.Open())
            if (!await db.KeptReplies.AnyAsync(k => k.ExpiresAt < now, ct)) return false;
        await writes.RunAsync((scope, token) => KeptReplyLedger.ForgetOldAsync(scope, token), ct);
        return false;
    }
}
