using Broadsheet.Web.Data;
using Broadsheet.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Newsroom.Corrections;

/// <summary>Forgets who asked for a correction, 30 days after it was answered.</summary>
internal sealed class ForgetAskers(IDatabaseEngine engine, Writes writes, TimeProvider clock) : IRecurring
{
    public TimeSpan Every => TimeSpan.FromHours(6);

    public async Task<bool> RunAsync(CancellationToken ct)
    {
        var until = clock.GetUtcNow() - CorrectionLedger.KeepsAskers;
        await using (var db = engine.Open())
            if (!await db.CorrectionRequests.AnyAsync(r => r.ClosedAt < until && (r.Name != "" || r.Email != ""), ct)) return false;
        await writes.RunAsync((scope, token) => CorrectionLedger.ForgetAskersAsync(scope, until, token), ct);
        return false;
    }
}
