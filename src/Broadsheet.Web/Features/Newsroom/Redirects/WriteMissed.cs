using Broadsheet.Web.Data;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Features.Newsroom.Redirects;

/// <summary>Writes down, every ten seconds, where readers found nothing and which rules sent them on. What a program that is killed had not written yet is lost: it is a hint, no record.</summary>
internal sealed class WriteMissed(MissedAddresses missed, Writes writes, TimeProvider clock) : IRecurring
{
    private static readonly TimeSpan PurgeEvery = TimeSpan.FromHours(6);
    private DateTimeOffset _purged;

    public TimeSpan Every => TimeSpan.FromSeconds(10);

    public async Task<bool> RunAsync(CancellationToken ct)
    {
        var (addresses, hits) = missed.Take();
        var purges = clock.GetUtcNow() - _purged > PurgeEvery;
        if (addresses.Count == 0 && hits.Count == 0 && !purges) return false;
        await writes.RunAsync(async (scope, token) =>
        {
            if (purges) await RedirectLedger.PurgeMissedAsync(scope, token);
            foreach (var (from, count) in hits) RedirectLedger.CountHit(scope, from, count);
            if (addresses.Count > 0) await RedirectLedger.CountMissedAsync(scope, addresses, token);
        }, ct);
        if (purges) _purged = clock.GetUtcNow();
        return false;
    }
}
