using Broadsheet.Web.Data;
using Broadsheet.Web.Jobs;

namespace Broadsheet.Web.Features.Stats;

/// <summary>Months that are over for more than a year become one row each of what they count.</summary>
internal sealed class FoldStats(Writes writes, PublicationStore publications, TimeProvider clock) : IRecurring
{
    public TimeSpan Every => TimeSpan.FromHours(24);

    public async Task<bool> RunAsync(CancellationToken ct)
    {
        var today = StatLedger.Today(await publications.GetAsync(ct), clock.GetUtcNow());
        return await writes.RunAsync((scope, token) => StatLedger.FoldAsync(scope, today, token), ct);
    }
}
