using Broadsheet.Web.Data;
using Broadsheet.Web.Jobs;

namespace Broadsheet.Web.Features.Moderation.Models;

/// <summary>Keeps what was learned short: who starts reads no more than some ten thousand steps.</summary>
internal sealed class FoldLessons(Writes writes) : IRecurring
{
    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task<bool> RunAsync(CancellationToken ct)
    {
        await writes.RunAsync((scope, token) => LearningLedger.FoldAsync(scope, LearningLedger.Kept, token), ct);
        return false;
    }
}
