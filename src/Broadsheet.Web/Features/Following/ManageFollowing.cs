using System.Globalization;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Theming.Views;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Following;

/// <summary>All that an address follows, by the link in each of its mails: without an account and without script.</summary>
internal sealed class ManageFollowing(IDatabaseEngine engine, Writes writes, ReaderSites sites, FollowTokens tokens, FollowPages pages)
{
    private const int Shown = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var path = $"{FollowLinks.Manage}/{{token}}/";
        routes.MapGet(path, (HttpContext http, string token, ManageFollowing action) => action.ShowAsync(http, token, null));
        routes.MapPost(path, (HttpContext http, string token, ManageFollowing action) => action.HandleAsync(http, token)).DisableAntiforgery();
    }

    private async Task<IResult> ShowAsync(HttpContext http, string token, string? notice)
    {
        var ct = http.RequestAborted;
        await using var db = engine.Open();
        if (await AddressAsync(db, token, ct) is not { } address) return await pages.GoneAsync(http);
        // What is followed first, then what waits, then the last that ended.
        var rows = await db.Subscriptions.Where(s => s.EmailFolded == address.Folded).OrderBy(s => s.State == SubscriptionState.Active ? 0 : s.State == SubscriptionState.Pending ? 1 : 2).ThenByDescending(s => s.AskedAt).ThenBy(s => s.Id).Take(Shown).ToListAsync(ct);
        return await pages.ListAsync(http, new FollowListView(FollowLinks.To(FollowLinks.Manage, token), Shorten(address.Email), notice, await FollowPages.DescribeAsync(await sites.OfAsync(http), db, rows, ct)));
    }

    private async Task<IResult> HandleAsync(HttpContext http, string token)
    {
        var ct = http.RequestAborted;
        if (await PostedForm.ReadAsync(http) is not { } form) return TypedResults.LocalRedirect(FollowLinks.To(FollowLinks.Manage, token));
        (string Folded, string Email)? address;
        await using (var db = engine.Open()) address = await AddressAsync(db, token, ct);
        if (address is not { } whose) return await pages.GoneAsync(http);
        var end = form["end"].ToString();
        var count = await writes.RunAsync((scope, work) => end == "all" ? FollowLedger.EndAllAsync(scope, whose.Folded, FollowLedger.EndedByReader, work)
            : Number(end) is { } one ? FollowLedger.EndAsync(scope, whose.Folded, [one], work) : ChangeAsync(scope, whose.Folded, form, work), ct);
        return await ShowAsync(http, token, end == "all" ? "You follow nothing any more, and no more mail comes." : end.Length > 0 ? "Ended: no more mail comes about this." : count > 0 ? "Changed." : "Nothing was changed.");
    }

    private static async Task<int> ChangeAsync(WriteScope scope, string folded, IFormCollection form, CancellationToken ct)
    {
        var changed = 0;
        foreach (var (name, value) in form.Where(f => f.Key.StartsWith("frequency-", StringComparison.Ordinal)).Take(Shown))
            if (Number(name["frequency-".Length..]) is { } id) changed += await FollowLedger.ChangeAsync(scope, folded, id, value == "daily" ? MailFrequency.Daily : MailFrequency.Immediate, ct);
        return changed;
    }

    private async Task<(string Folded, string Email)?> AddressAsync(BroadsheetDb db, string token, CancellationToken ct) =>
        tokens.ReadManage(token) is { } id && await db.Subscriptions.Where(s => s.Id == id).Select(s => new { s.EmailFolded, s.Email }).FirstOrDefaultAsync(ct) is { } found ? (found.EmailFolded, found.Email) : null;

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary><c>a…@example.org</c>: its reader knows it; whoever the mail was passed on to need not.</summary>
    private static string Shorten(string email) => email.LastIndexOf('@') is > 0 and var at ? $"{email[..(char.IsHighSurrogate(email[0]) ? 2 : 1)]}…{email[at..]}" : email;
}
