using Broadsheet.Web.Data;
using Broadsheet.Web.Jobs;

namespace Broadsheet.Web.Features.Moderation;

/// <summary>Each hour: spam and trash past their days go, what old runs searched for, addresses that the rules had wait, and prints that are compared with nothing any more.</summary>
internal sealed class PurgeRejected(Writes writes, PublicationStore publications, TimeProvider clock) : IRecurring
{
    private const int Most = 500;

    /// <summary>For how long it is kept what a run over a whole queue searched for.</summary>
    private const int DaysOfSearches = 30;

    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task<bool> RunAsync(CancellationToken ct)
    {
        await writes.RunAsync(async (scope, token) =>
        {
            await BulkLedger.ForgetAsync(scope, clock.GetUtcNow().AddDays(-DaysOfSearches), token);
            await BanLedger.ForgetAsync(scope, token);
        }, ct);
        var more = await writes.RunAsync((scope, token) => PrintLedger.ForgetAsync(scope, Most, token), ct) >= Most;
        if ((await publications.GetAsync(ct)).PurgeDays is not (> 0 and var days)) return more;
        var before = clock.GetUtcNow().AddDays(-Math.Max(days, PurgeLedger.LeastDays));
        return await writes.RunAsync((scope, token) => PurgeLedger.PurgeAsync(scope, before, Most, token), ct) >= Most || more;
    }
}
