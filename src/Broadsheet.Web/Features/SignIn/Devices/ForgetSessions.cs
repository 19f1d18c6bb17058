using Broadsheet.Web.Data;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Features.SignIn.Devices;

/// <summary>Sessions that ended or ran out a month ago tell nothing any more.</summary>
internal sealed class ForgetSessions(Writes writes, SessionLifetimes lifetimes, TimeProvider clock) : IRecurring
{
    internal static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public TimeSpan Every => TimeSpan.FromHours(1);

    public Task<bool> RunAsync(CancellationToken ct) => writes.RunAsync((scope, token) => SessionLedger.ForgetAsync(scope, clock.GetUtcNow() - lifetimes.LongestIdle - Kept, token), ct);
}
