using Broadsheet.Web.Data;
using Broadsheet.Web.Features.Curation.Hubs;
using Broadsheet.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Curation;

/// <summary>Asks the outlets whose turn it is: four hosts at a time, and of one host one request at a time; asks hubs for what they tell of.</summary>
internal sealed class PollOutlets(IDatabaseEngine engine, PollOutlet poll, AskHub hubs, JobPace pace, TimeProvider clock) : IRecurring
{
    private const int Batch = 40;

    public TimeSpan Every => 30 * pace.Look;

    public async Task<bool> RunAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var db = engine.Open();
        var due = await OutletLedger.Kept(db).Where(o => !o.IsPaused && !o.IsGone && o.NextPollAt <= now).OrderBy(o => o.NextPollAt).Take(Batch).Select(o => new { o.Id, o.FeedUrl }).ToListAsync(ct);
        var hosts = due.GroupBy(o => Uri.TryCreate(o.FeedUrl, UriKind.Absolute, out var uri) ? uri.IdnHost : o.FeedUrl, StringComparer.OrdinalIgnoreCase);
        await Parallel.ForEachAsync(hosts, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = ct }, async (host, token) =>
        {
            foreach (var outlet in host) await poll.RunAsync(outlet.Id, evenEarly: false, token);
        });
        await hubs.RunAsync(ct);
        return due.Count == Batch;
    }
}

/// <summary>Forgets what nobody used, and outlets that were deleted.</summary>
internal sealed class PurgeWire(Writes writes) : IRecurring
{
    public TimeSpan Every => TimeSpan.FromHours(6);

    public async Task<bool> RunAsync(CancellationToken ct)
    {
        await writes.RunAsync(async (scope, token) =>
        {
            await WireLedger.PurgeAsync(scope, token);
            await OutletLedger.PurgeAsync(scope, token);
        }, ct);
        return false;
    }
}
