using Broadsheet.Web.Data;
using Broadsheet.Web.Jobs;

namespace Broadsheet.Web.Features.Moderation;

/// <summary>Keeps the count of the queues short: a look at their lengths reads few rows.</summary>
internal sealed class FoldQueues(Writes writes) : IRecurring
{
    public TimeSpan Every => TimeSpan.FromSeconds(30);

    public Task<bool> RunAsync(CancellationToken ct) => writes.RunAsync(QueueLedger.FoldAsync, ct);
}
