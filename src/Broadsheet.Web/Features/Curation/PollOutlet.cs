using System.Security.Cryptography;
using Broadsheet.Core.Curation;
using Broadsheet.Core.Curation.Feeds;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Outbound;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Curation;

/// <summary>How asking an outlet went.</summary>
/// <param name="Problem">Null for well.</param>
internal sealed record Polled(int New, int Changed, string? Problem);

/// <summary>Asks one outlet for its stories and stores what is new.</summary>
internal sealed class PollOutlet(IDatabaseEngine engine, Writes writes, FetchFeed fetch, TimeProvider clock)
{
    private static readonly TimeSpan Turn = TimeSpan.FromMinutes(5);

    /// <param name="evenEarly">Before it is due, since somebody asks for it.</param>
    /// <returns>Null where another server has its turn, or the outlet is gone.</returns>
    public async Task<Polled?> RunAsync(long id, bool evenEarly, CancellationToken ct)
    {
        await using var db = engine.Open();
        if (await OutletLedger.Kept(db).FirstOrDefaultAsync(o => o.Id == id, ct) is not { } outlet) return null;
        if (!await writes.RunAsync((scope, token) => OutletLedger.ClaimAsync(scope, id, clock.GetUtcNow() + Turn, evenEarly, token), ct)) return null;
        var fetched = await fetch.GetAsync(outlet.FeedUrl, new OutboundConditions(outlet.ETag, outlet.LastModified), ct);
        var chance = RandomNumberGenerator.GetInt32(1_000) / 1_000.0;
        var outcome = fetched.Problem is { } unreached ? new PollOutcome { Problem = unreached.Message, Chance = chance } : await OutcomeAsync(db, outlet, fetched.Value, chance, ct);
        var stories = fetched.Problem is null && fetched.Value.Feed is { } feed ? Stories(feed, outlet.Name) : [];
        return await StoreAsync(outlet, outcome, stories, ct);
    }

    /// <summary>What a hub has brought: stored as if the outlet had been asked.</summary>
    public async Task<Polled> TakeAsync(Outlet outlet, FeedDocument feed, CancellationToken ct)
    {
        var stories = Stories(feed, outlet.Name);
        var (added, changed) = await writes.RunAsync((scope, token) => WireLedger.StoreAsync(scope, outlet.Id, outlet.Name, stories, token), ct);
        return new Polled(added, changed, null);
    }

    private static List<WireStory> Stories(FeedDocument feed, string outletName) => [.. feed.Items.Select(i => PrepareStory.Of(i, outletName))];

    private async Task<Polled> StoreAsync(Outlet outlet, PollOutcome outcome, List<WireStory> stories, CancellationToken ct)
    {
        var (added, changed) = await writes.RunAsync(async (scope, token) =>
        {
            var news = await WireLedger.StoreAsync(scope, outlet.Id, outlet.Name, stories, token);
            await OutletLedger.PolledAsync(scope, outlet.Id, outcome, news.New + news.Changed, token);
            return news;
        }, ct);
        return new Polled(added, changed, outcome.Problem);
    }

    private async Task<PollOutcome> OutcomeAsync(BroadsheetDb db, Outlet outlet, FetchedFeed fetched, double chance, CancellationToken ct)
    {
        var dates = fetched.Feed is { } feed ? feed.Items.Select(i => i.Published ?? i.Updated).OfType<DateTimeOffset>().ToList()
            : await db.WireItems.Where(w => w.OutletId == outlet.Id).OrderByDescending(w => w.PublishedAt).Take(10).Select(w => w.PublishedAt).ToListAsync(ct);
        var rest = fetched.Feed?.Rest ?? (outlet.RestMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null);
        return new PollOutcome
        {
            Problem = fetched.Problem,
            Wait = fetched.Wait,
            IsGone = fetched.IsGone,
            MovedTo = fetched is { MovedForGood: true, Problem: null } ? fetched.Address.AbsoluteUri : null,
            ETag = fetched.ETag,
            LastModified = fetched.LastModified,
            Feed = fetched.Feed is { } read ? new FeedFacts(read.Site?.AbsoluteUri, fetched.Hub?.AbsoluteUri, fetched.Hub is null ? null : (fetched.Self ?? fetched.Address).AbsoluteUri, read.Rest is { } asked ? (int)asked.TotalMinutes : null) : null,
            Interval = PollPlan.Cadence(dates, rest, clock.GetUtcNow()),
            Chance = chance,
        };
    }
}
