using Broadsheet.Core;
using Broadsheet.Core.Curation;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>What an editor says of an outlet; checked.</summary>
internal sealed record OutletEdit(string Name, string FeedUrl, string? SiteUrl, TermsOfOutlet Terms, string CreditFormat, bool Canonical, IReadOnlyList<long> Categories, string? Language, int? PollMinutes, bool ChecksOriginals);

/// <summary>What asking an outlet once has given.</summary>
internal sealed record PollOutcome
{
    /// <summary>One line; null where it answered as it should.</summary>
    public string? Problem { get; init; }

    /// <summary>It is to be left alone for so long; null when it does not say.</summary>
    public TimeSpan? Wait { get; init; }
    public bool IsGone { get; init; }

    /// <summary>The feed has moved here for good.</summary>
    public string? MovedTo { get; init; }

    /// <summary>As the answer gave them; kept where the feed has not changed.</summary>
    public string? ETag { get; init; }
    public string? LastModified { get; init; }

    /// <summary>Null where the feed has not changed, or could not be read.</summary>
    public FeedFacts? Feed { get; init; }

    /// <summary>When it is asked again, if all goes on so.</summary>
    public TimeSpan Interval { get; init; }

    /// <summary>0 to 1, from the caller's source of randomness.</summary>
    public double Chance { get; init; } = 0.5;
}

/// <summary>What a feed says of itself.</summary>
internal sealed record FeedFacts(string? SiteUrl, string? HubUrl, string? TopicUrl, int? RestMinutes);

/// <summary>The outlets: added, changed, asked, deleted and brought back.</summary>
internal static class OutletLedger
{
    /// <summary>An outlet that was deleted can be brought back for so long.</summary>
    public static readonly TimeSpan KeptAfterDelete = TimeSpan.FromDays(30);

    public static IQueryable<Outlet> Kept(BroadsheetDb db) => db.Outlets.Where(o => o.DeletedAt == null);

    /// <returns>Its id, or the problem <c>feed</c>.</returns>
    public static async Task<Outcome<long>> AddAsync(WriteScope scope, OutletEdit edit, CancellationToken ct)
    {
        if (await Kept(scope.Db).AnyAsync(o => o.FeedUrl == edit.FeedUrl, ct)) return new Problem("feed", "This outlet is here already.");
        // Whoever adds it by hand asks it at once; of a list, the first are asked in a minute.
        var outlet = new Outlet { AddedAt = scope.Now, NextPollAt = scope.Now.AddMinutes(1) };
        Write(outlet, edit);
        scope.Db.Outlets.Add(outlet);
        await scope.FlushAsync(ct);
        return outlet.Id;
    }

    /// <returns>Null, or what is in the way.</returns>
    public static async Task<Problem?> ChangeAsync(WriteScope scope, long id, OutletEdit edit, CancellationToken ct)
    {
        if (await scope.Db.Outlets.AsTracking().FirstOrDefaultAsync(o => o.Id == id && o.DeletedAt == null, ct) is not { } outlet) return new Problem("name", "This outlet was deleted meanwhile.");
        if (outlet.FeedUrl != edit.FeedUrl)
        {
            if (await Kept(scope.Db).AnyAsync(o => o.FeedUrl == edit.FeedUrl && o.Id != id, ct)) return new Problem("feed", "Another outlet has this feed.");
            (outlet.ETag, outlet.LastModified, outlet.Problem, outlet.Failures, outlet.IsGone) = (null, null, null, 0, false);
            LeaveHub(outlet);
            outlet.NextPollAt = scope.Now;
        }
        if (outlet.PollMinutes != edit.PollMinutes) outlet.NextPollAt = scope.Now;
        Write(outlet, edit);
        return null;
    }

    /// <returns>Whether there was something to change.</returns>
    public static async Task<bool> PauseAsync(WriteScope scope, long id, bool isPaused, CancellationToken ct) =>
        await scope.Db.Outlets.Where(o => o.Id == id && o.DeletedAt == null && o.IsPaused != isPaused).ExecuteUpdateAsync(set => set.SetProperty(o => o.IsPaused, isPaused).SetProperty(o => o.NextPollAt, scope.Now), ct) > 0;

    /// <summary>Its stories leave the wire with it, and come back with it.</summary>
    public static async Task<bool> DeleteAsync(WriteScope scope, long id, CancellationToken ct) =>
        await scope.Db.Outlets.Where(o => o.Id == id && o.DeletedAt == null).ExecuteUpdateAsync(set => set.SetProperty(o => o.DeletedAt, scope.Now), ct) > 0;

    /// <returns>Whether it is back: not where its feed was added anew meanwhile.</returns>
    public static async Task<bool> RestoreAsync(WriteScope scope, long id, CancellationToken ct)
    {
        var feed = await scope.Db.Outlets.Where(o => o.Id == id && o.DeletedAt != null).Select(o => o.FeedUrl).FirstOrDefaultAsync(ct);
        if (feed is null || await Kept(scope.Db).AnyAsync(o => o.FeedUrl == feed, ct)) return false;
        return await scope.Db.Outlets.Where(o => o.Id == id).ExecuteUpdateAsync(set => set.SetProperty(o => o.DeletedAt, (DateTimeOffset?)null).SetProperty(o => o.NextPollAt, scope.Now), ct) > 0;
    }

    /// <summary>Takes the turn to ask it: of two servers on one database, one gets it.</summary>
    /// <param name="until">By then it is anybody's again, if the program stops meanwhile.</param>
    public static async Task<bool> ClaimAsync(WriteScope scope, long id, DateTimeOffset until, bool evenEarly, CancellationToken ct) =>
        await scope.Db.Outlets.Where(o => o.Id == id && o.DeletedAt == null && (evenEarly || o.NextPollAt <= scope.Now)).ExecuteUpdateAsync(set => set.SetProperty(o => o.NextPollAt, until), ct) > 0;

    /// <summary>Notes how it went, and when it is asked next.</summary>
    /// <param name="news">How many stories were new or changed.</param>
    public static async Task PolledAsync(WriteScope scope, long id, PollOutcome outcome, int news, CancellationToken ct)
    {
        if (await scope.Db.Outlets.AsTracking().FirstOrDefaultAsync(o => o.Id == id, ct) is not { } outlet) return;
        outlet.PolledAt = scope.Now;
        (outlet.Problem, outlet.Failures, outlet.IsGone) = (outcome.Problem is { Length: > 500 } much ? much[..500] : outcome.Problem, outcome.Problem is null ? 0 : outlet.Failures + 1, outcome.IsGone);
        if (outcome.MovedTo is { } place && place != outlet.FeedUrl && !await Kept(scope.Db).AnyAsync(o => o.FeedUrl == place, ct)) outlet.FeedUrl = place;
        if (outcome.Problem is null) (outlet.ETag, outlet.LastModified) = (outcome.ETag, outcome.LastModified);
        if (outcome.Feed is { } feed)
        {
            outlet.SiteUrl ??= feed.SiteUrl;
            outlet.RestMinutes = feed.RestMinutes;
            if (feed.HubUrl != outlet.HubUrl || feed.TopicUrl != outlet.TopicUrl)
            {
                LeaveHub(outlet);
                (outlet.HubUrl, outlet.TopicUrl) = (feed.HubUrl, feed.TopicUrl);
            }
        }
        if (news > 0) outlet.ChangedAt = scope.Now;
        // Where a hub tells of new stories, looking is for what it forgot.
        var usual = outlet.PollMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : outlet.HubUntil > scope.Now ? outcome.Interval * 4 : outcome.Interval;
        outlet.NextPollAt = scope.Now + PollPlan.Next(usual, outlet.Failures, outcome.Wait, outcome.Chance);
    }

    /// <summary>Outlets deleted long ago go, with their stories.</summary>
    public static Task<int> PurgeAsync(WriteScope scope, CancellationToken ct)
    {
        var before = scope.Now - KeptAfterDelete;
        return scope.Db.Outlets.Where(o => o.DeletedAt != null && o.DeletedAt < before).ExecuteDeleteAsync(ct);
    }

    private static void LeaveHub(Outlet outlet) =>
        (outlet.HubUrl, outlet.TopicUrl, outlet.HubSecret, outlet.HubKey, outlet.HubAskedAt, outlet.HubUntil) = (null, null, null, null, null, null);

    private static void Write(Outlet outlet, OutletEdit edit)
    {
        (outlet.Name, outlet.FeedUrl, outlet.SiteUrl) = (edit.Name, edit.FeedUrl, edit.SiteUrl);
        (outlet.Terms, outlet.TermsWords, outlet.CreditFormat, outlet.Canonical) = (edit.Terms.Kind, edit.Terms.Words, edit.CreditFormat, edit.Canonical);
        (outlet.Categories, outlet.Language, outlet.PollMinutes, outlet.ChecksOriginals) = (string.Join(',', edit.Categories), edit.Language, edit.PollMinutes, edit.ChecksOriginals);
    }
}
