using Broadsheet.Web.Data;
using Broadsheet.Web.Jobs;

namespace Broadsheet.Web.Features.Newsroom;

/// <summary>Words that were not saved and that nobody came back for, and who was at which article, are forgotten.</summary>
internal sealed class ForgetDrafts(Writes writes) : IRecurring
{
    public TimeSpan Every => TimeSpan.FromHours(6);

    public async Task<bool> RunAsync(CancellationToken ct) => await writes.RunAsync(DraftLedger.ForgetAsync, ct) > 0;
}
