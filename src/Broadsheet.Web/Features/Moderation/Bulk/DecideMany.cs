using System.Globalization;
using Broadsheet.Web.Data;
using Broadsheet.Web.Jobs;

namespace Broadsheet.Web.Features.Moderation.Bulk;

/// <summary>Carries out one decision on many comments, bit by bit; others write in between.</summary>
internal sealed class DecideMany(Writes writes, TimeProvider clock) : IJob
{
    /// <summary>Jobs run one after the other: what is left then is asked for anew, and others come first.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(20);

    public string Name => BulkLedger.Job;

    public async Task RunAsync(string payload, CancellationToken ct)
    {
        var (run, until) = (long.Parse(payload, CultureInfo.InvariantCulture), clock.GetUtcNow() + Turn);
        while (await writes.RunAsync((scope, token) => BulkLedger.GoOnAsync(scope, run, r => QueueSearch.Parse(r.Search).In, token), ct))
        {
            if (clock.GetUtcNow() < until) continue;
            await writes.RunAsync((scope, _) => { scope.Enqueue(Name, payload); return Task.CompletedTask; }, ct);
            return;
        }
    }
}
