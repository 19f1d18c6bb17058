using Broadsheet.Web.Data;
using Broadsheet.Web.Jobs;

namespace Broadsheet.Web.Features.Moderation.Numbers;

/// <summary>Counts today and yesterday once an hour; days before stay as they were counted, whatever is deleted later.</summary>
internal sealed class CountDays(Writes writes, PublicationStore publications, TimeProvider clock) : IRecurring
{
    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task<bool> RunAsync(CancellationToken ct)
    {
        var publication = await publications.GetAsync(ct);
        var today = DateOnly.FromDateTime(publication.Local(clock.GetUtcNow()));
        foreach (var day in new[] { today.AddDays(-1), today }) await writes.RunAsync((scope, token) => ModerationDayLedger.CountAsync(scope, publication, day, token), ct);
        return false;
    }
}
