using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Theming.Views;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Following;

/// <summary>An address answers that it meant it. Opening the link only asks: mail scanners open links, too; the button answers.</summary>
internal sealed class ConfirmFollowing(IDatabaseEngine engine, Writes writes, ReaderSites sites, FollowTokens tokens, FollowPages pages, PublicAddress address, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var path = $"{FollowLinks.Confirm}/{{token}}/";
        routes.MapGet(path, (HttpContext http, string token, ConfirmFollowing action) => action.AskAsync(http, token));
        routes.MapPost(path, (HttpContext http, string token, ConfirmFollowing action) => action.HandleAsync(http, token)).DisableAntiforgery();
    }

    private async Task<IResult> AskAsync(HttpContext http, string token)
    {
        var ct = http.RequestAborted;
        await using var db = engine.Open();
        if (tokens.ReadConfirm(token) is not { } ask || await db.OfAsk(ask, clock.GetUtcNow()).ToListAsync(ct) is not { Count: > 0 } rows) return await pages.GoneAsync(http);
        if (rows.TrueForAll(r => r.State == SubscriptionState.Active)) return await DoneAsync(http, db, rows, ct);
        var things = await FollowPages.DescribeAsync(await sites.OfAsync(http), db, rows, ct);
        return await pages.ShowAsync(http, new FollowPageView("Do you want to follow this?", [$"Mail about it will come to {rows[0].Email}{(rows[0].Frequency == MailFrequency.Daily ? ", once a day" : "")}. You can end it with every mail."], null,
            new FollowButtonView(FollowLinks.To(FollowLinks.Confirm, token), "Yes, follow"), [.. things.Select(t => t.What)], []));
    }

    private async Task<IResult> HandleAsync(HttpContext http, string token)
    {
        var ct = http.RequestAborted;
        if (tokens.ReadConfirm(token) is not { } ask) return await pages.GoneAsync(http);
        var origin = address.Of(http.Request);
        var rows = await writes.RunAsync((scope, work) => FollowLedger.ConfirmAsync(scope, ask, origin, work), ct);
        if (rows.Count == 0) return await pages.GoneAsync(http);
        await using var db = engine.Open();
        return await DoneAsync(http, db, rows, ct);
    }

    private async Task<IResult> DoneAsync(HttpContext http, BroadsheetDb db, List<Subscription> rows, CancellationToken ct)
    {
        var things = await FollowPages.DescribeAsync(await sites.OfAsync(http), db, rows, ct);
        List<LinkView> links = [.. things.Where(t => t.Url is not null).DistinctBy(t => t.Url, StringComparer.Ordinal).Select(t => new LinkView(t.Url == Links.Home ? "Front page" : "Back to the article", t.Url!)), new LinkView("All that you follow", FollowLinks.To(FollowLinks.Manage, tokens.ToManage(rows[0].Id)))];
        return await pages.ShowAsync(http, new FollowPageView("You follow this now", [$"Mail will come to {rows[0].Email}."], null, null, [.. things.Select(t => t.What)], links));
    }
}
