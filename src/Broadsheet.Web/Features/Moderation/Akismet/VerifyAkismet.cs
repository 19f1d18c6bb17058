using Broadsheet.Web.Jobs;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Features.Moderation.Akismet;

/// <summary>Asks once a day whether the key is good, and tells the staff on the front desk where it is not.</summary>
internal sealed class VerifyAkismet(AkismetClient client, PublicAddress address, JobPace pace, TimeProvider clock) : IRecurring
{
    private DateTimeOffset _next;

    public TimeSpan Every => pace.Look;

    public async Task<bool> RunAsync(CancellationToken ct)
    {
        if (clock.GetUtcNow() < _next) return false;
        var verified = await client.VerifyAsync($"{address.Or("http://localhost")}/", ct);
        _next = clock.GetUtcNow() + (verified.Problem is null ? TimeSpan.FromDays(1) : TimeSpan.FromMinutes(10));
        return false;
    }
}
