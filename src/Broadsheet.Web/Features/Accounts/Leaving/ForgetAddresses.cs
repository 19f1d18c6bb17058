using Broadsheet.Web.Data;
using Broadsheet.Web.Jobs;

namespace Broadsheet.Web.Features.Accounts.Leaving;

/// <summary>Erases network addresses and user agents when their days are over (<see cref="Publication.KeepAddressDays"/>).</summary>
internal sealed class ForgetAddresses(Writes writes, PublicationStore publications, TimeProvider clock) : IRecurring
{
    private const int Most = 500;

    public TimeSpan Every => TimeSpan.FromMinutes(30);

    public async Task<bool> RunAsync(CancellationToken ct)
    {
        var before = clock.GetUtcNow() - TimeSpan.FromDays((await publications.GetAsync(ct)).KeepAddressDays);
        var more = await writes.RunAsync((scope, token) => AddressLedger.EraseAsync(scope, before, Most, token), ct) >= Most;
        if (more) await writes.YieldAsync(ct);
        return more;
    }
}
