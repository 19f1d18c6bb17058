using System.Globalization;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Theming.Views;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Following;

/// <summary>
/// A reader asks to follow a discussion or the new articles. The answer is the same whether or not the address follows already, has been asked
/// too often or does not exist: it tells nobody anything about anybody.
/// </summary>
internal sealed class AskToFollow(IDatabaseEngine engine, ReaderSites sites, FollowRequests requests, FollowPages pages, PublicAddress address, CountedNetworks networks, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(FollowLinks.Page, (HttpContext http, AskToFollow action) => action.HandleAsync(http)).DisableAntiforgery();
        routes.MapGet(FollowLinks.Asked, (HttpContext http, FollowPages pages) => pages.ShowAsync(http, new FollowPageView("Look into your mailbox",
            ["If there was something to confirm, a mail with a link is on its way to the address that you gave. Nothing else is sent there until you open the link and press its button.",
            "No mail after some minutes? Look where your mail program puts what it takes for advertisements. You may ask again."], null, null, [], [new LinkView("Front page", Links.Home)])));
    }

    private async Task<IResult> HandleAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        var form = await PostedForm.ReadAsync(http);
        // Whoever fills in the field that nobody sees is told what everybody is told.
        if (form is not null && form["website_url"].ToString().Length > 0) return TypedResults.LocalRedirect(FollowLinks.Asked);
        var site = await sites.OfAsync(http);
        await using var db = engine.Open();
        var person = CurrentPerson.Of(http);
        var account = person is null ? null : await db.Users.Where(p => p.Id == person.Id).Select(p => p.Email).FirstOrDefaultAsync(ct);
        var email = form?["email"].ToString().Trim() is { Length: > 0 } given ? given : account ?? "";
        var isDaily = form?["frequency"].ToString() == "daily";
        var kinds = await KindsAsync(site, db, form, ct);
        if (!FollowLedger.IsAddress(email)) return await AgainAsync(http, site, kinds?.Article ?? 0, email, isDaily, "Give an e-mail address, such as ann@example.org.", person?.Name, StatusCodes.Status422UnprocessableEntity);
        if (kinds is null) return await pages.ShowAsync(http, new FollowPageView("There is no such discussion", ["It is not open to readers, or not any more."], null, null, [], [new LinkView("Front page", Links.Home)]), StatusCodes.Status404NotFound);
        var wish = new FollowWish(email, person?.Id, kinds.Value.Article, [kinds.Value.Kind], isDaily ? MailFrequency.Daily : MailFrequency.Immediate, address.Of(http.Request), networks.Of(http.Connection.RemoteIpAddress));
        if (await requests.AskAsync(wish, ct)) return TypedResults.LocalRedirect(FollowLinks.Asked);
        http.Response.Headers.RetryAfter = "86400";
        return await AgainAsync(http, site, kinds.Value.Article, email, isDaily, "From your network, very many addresses have asked for mail today. Please try again tomorrow.", person?.Name, StatusCodes.Status429TooManyRequests);
    }

    /// <returns>Null where the article that the form names is none that everyone may discuss.</returns>
    private async Task<(SubscriptionKind Kind, long Article)?> KindsAsync(ReaderSite site, BroadsheetDb db, IFormCollection? form, CancellationToken ct)
    {
        if (form is null || !form.ContainsKey("article")) return (SubscriptionKind.Articles, 0);
        if (!long.TryParse(form["article"], NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return null;
        return await db.PublicWords().Where(a => a.Id == id && a.Kind != ArticleKind.Other).AsRows(db).FirstOrDefaultAsync(ct) is { } article && DiscussionDoor.Of(site.Publication, article, clock.GetUtcNow()).IsOpen ? (SubscriptionKind.Thread, id) : null;
    }

    private Task<IResult> AgainAsync(HttpContext http, ReaderSite site, long article, string email, bool isDaily, string problem, string? signedInAs, int status) =>
        pages.ShowAsync(http, ShowFollowPage.View(site, article, email.Length > PeopleLedger.MaxEmailLength ? "" : email, isDaily, problem, signedInAs), status);
}
