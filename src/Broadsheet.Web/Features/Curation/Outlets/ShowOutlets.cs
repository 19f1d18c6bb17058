using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Curation.Outlets;

/// <summary>The outlets and how asking each goes; a field to add one.</summary>
internal sealed class ShowOutlets(IDatabaseEngine engine, PublicationStore publications, DeskPages pages, TimeProvider clock)
{
    public const string Page = "/newsroom/outlets/";
    private const int Most = 1_000;

    public static void Map(RouteGroupBuilder room) => room.MapGet("/", (HttpContext http, ShowOutlets action) => action.ShowAsync(http, "", null));

    /// <param name="address">What was typed, and stays so.</param>
    /// <param name="problem">What is wrong with it; null for nothing.</param>
    public async Task<IResult> ShowAsync(HttpContext http, string address, string? problem)
    {
        var (ct, now) = (http.RequestAborted, clock.GetUtcNow());
        var publication = await publications.GetAsync(ct);
        await using var db = engine.Open();
        var outlets = await OutletLedger.Kept(db).OrderBy(o => o.Name).ThenBy(o => o.Id).Take(Most).ToListAsync(ct);
        var counts = await db.WireItems.Where(w => w.OutletId != null).GroupBy(w => w.OutletId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key!.Value, g => g.Count, ct);
        return await pages.ShowAsync<OutletsPage>(http, new OutletsPage.Content
        {
            Rows = [.. outlets.Select(o => new OutletsPage.Row(o.Id, o.Name, Host(o.FeedUrl), TermsWords.Of(o.Terms, o.TermsWords), HealthOf(o), Facts(o, publication, now), counts.GetValueOrDefault(o.Id), o.IsPaused))],
            Address = address,
            Problem = problem,
        }, problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>In one word, and the reason where it is not well.</summary>
    public static OutletsPage.Health HealthOf(Outlet outlet) => outlet switch
    {
        { IsGone: true } => new("Gone", outlet.Problem, IsTrouble: true),
        { IsPaused: true } => new("Paused", null, IsTrouble: false),
        { Problem: { } problem } => new(outlet.Failures == 1 ? "Failed once" : $"Failed {outlet.Failures} times", problem, IsTrouble: true),
        { PolledAt: null } => new("Not asked yet", null, IsTrouble: false),
        _ => new("Well", null, IsTrouble: false),
    };

    public static IReadOnlyList<string> Facts(Outlet outlet, Publication publication, DateTimeOffset now)
    {
        var facts = new List<string>();
        if (outlet.PolledAt is { } at) facts.Add($"asked {DeskTime.Of(publication, at)}");
        if (outlet.ChangedAt is { } changed) facts.Add($"something new {DeskTime.Of(publication, changed)}");
        if (!outlet.IsPaused && !outlet.IsGone) facts.Add(outlet.NextPollAt <= now ? "due now" : $"again {DeskTime.Of(publication, outlet.NextPollAt)}");
        if (outlet.HubUntil > now) facts.Add("its hub tells of news");
        return facts;
    }

    private static string Host(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.Host : address;
}

/// <summary>The terms in the words of the newsroom.</summary>
internal static class TermsWords
{
    public static string Of(RepublishingTerms terms) => terms switch
    {
        RepublishingTerms.LinkOnly => "A link only",
        RepublishingTerms.Excerpt => "An excerpt",
        RepublishingTerms.FullText => "The full text, with credit",
        RepublishingTerms.Never => "Nothing: never republish it",
        _ => "Not known yet",
    };

    public static string Of(RepublishingTerms terms, int words) => terms == RepublishingTerms.Excerpt ? $"An excerpt of {words} words" : Of(terms);
}
