using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Theming.Views;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Following;

/// <summary>
/// Ends what a mail was sent for. A mail provider posts here by itself when its user presses "Unsubscribe" (RFC 8058): without cookies, from a page that is
/// not ours; the token alone says what may be done, so that the cross-site guard lets it through. A browser finds a page with a button.
/// </summary>
internal sealed class EndFollowing(IDatabaseEngine engine, Writes writes, ReaderSites sites, FollowTokens tokens, FollowPages pages)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var path = $"{FollowLinks.End}/{{token}}/";
        routes.MapGet(path, (HttpContext http, string token, EndFollowing action) => action.AskAsync(http, token));
        routes.MapPost(path, (HttpContext http, string token, EndFollowing action) => action.HandleAsync(http, token)).DisableAntiforgery();
    }

    private async Task<IResult> AskAsync(HttpContext http, string token)
    {
        await using var db = engine.Open();
        if (await FindAsync(db, token, http.RequestAborted) is not { } found) return await pages.GoneAsync(http);
        return await pages.ShowAsync(http, new FollowPageView("Do you want no more mail about this?", [], null, new FollowButtonView(FollowLinks.To(FollowLinks.End, token), "End it"), await WhatAsync(http, db, found), [Manage(found)]));
    }

    private async Task<IResult> HandleAsync(HttpContext http, string token)
    {
        var ct = http.RequestAborted;
        await using var db = engine.Open();
        // Mail that is older than what it was sent for has nothing left to end: that is an end, too, and no failure for a provider to report.
        if (await FindAsync(db, token, ct) is not { } found) return tokens.ReadEnd(token) is null ? await pages.GoneAsync(http) : await pages.ShowAsync(http, new FollowPageView("Ended", ["No more mail comes about this."], null, null, [], []));
        await writes.RunAsync((scope, work) => found.IsDaily ? FollowLedger.EndDailyAsync(scope, found.Row.EmailFolded, work) : FollowLedger.EndAsync(scope, found.Row.EmailFolded, [found.Row.Id], work), ct);
        return await pages.ShowAsync(http, new FollowPageView("Ended", ["No more mail comes about this:"], null, null, await WhatAsync(http, db, found), [Manage(found)]));
    }

    private async Task<(Subscription Row, bool IsDaily)?> FindAsync(BroadsheetDb db, string token, CancellationToken ct) =>
        tokens.ReadEnd(token) is { } read && await db.Subscriptions.FirstOrDefaultAsync(s => s.Id == read.Subscription, ct) is { } row ? (row, read.IsDaily) : null;

    private async Task<IReadOnlyList<string>> WhatAsync(HttpContext http, BroadsheetDb db, (Subscription Row, bool IsDaily) found) => found.IsDaily ? ["All that comes in your daily mail"]
        : [.. (await FollowPages.DescribeAsync(await sites.OfAsync(http), db, [found.Row], http.RequestAborted)).Select(t => t.What)];

    private LinkView Manage((Subscription Row, bool IsDaily) found) => new("All that you follow", FollowLinks.To(FollowLinks.Manage, tokens.ToManage(found.Row.Id)));
}
