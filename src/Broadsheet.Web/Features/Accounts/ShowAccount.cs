using Broadsheet.Core;
using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Broadsheet.Web.Features.Accounts.Leaving;
using Broadsheet.Web.MediaStore;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Accounts;

/// <summary>The page of one's account: who one is here, and how one is pictured.</summary>
internal sealed class ShowAccount(IDatabaseEngine engine, ReaderSites sites, DeskPages pages, DeskAssets assets, WaysIn ways)
{
    public static void Map(RouteGroupBuilder room) => room.MapGet("/", (HttpContext http, ShowAccount action) => action.HandleAsync(http));

    /// <summary>The page again, with what is wrong with a picture.</summary>
    /// <param name="part">What was chosen, and stays so.</param>
    public Task<IResult> AgainAsync(HttpContext http, Problem problem, PicturePart part) => ShowAsync(http, problem, part, null, StatusCodes.Status422UnprocessableEntity);

    private Task<IResult> HandleAsync(HttpContext http) => ShowAsync(http, null, PicturePart.Middle, Said(http.Request.Query["said"].ToString()), StatusCodes.Status200OK);

    private async Task<IResult> ShowAsync(HttpContext http, Problem? problem, PicturePart part, string? said, int status)
    {
        var (ct, site, id) = (http.RequestAborted, await sites.OfAsync(http), CurrentPerson.Of(http)!.Id);
        await using var db = engine.Open();
        var person = await db.Users.Where(p => p.Id == id).Select(p => new { p.DisplayName, p.Email, p.Role, p.ShowsLikes, p.HasPage, p.Slug, p.LeavesAt, p.LeavesNothing }).FirstAsync(ct);
        var key = AuthorKeys.OfPerson(site.Publication, id);
        var own = site.People.PictureOf(id);
        // Drawn by the same address in any case: what a page of the publication shows as text is a picture here.
        var picture = AvatarViews.Address(key, Initials.Of(person.DisplayName), AuthorKeys.Tone(key), own);
        var logins = await LoginLedger.OfAsync(db, id, ct);
        return await pages.ShowAsync<AccountPage>(http, new AccountPage.Content(person.DisplayName, person.Email ?? "", person.Role.ToString(), picture, own is not null, part.ToString().ToLowerInvariant(), problem?.Message, said, person.ShowsLikes, assets.PictureScript)
        {
            Leaves = person.LeavesAt is { } at ? new AccountPage.Leaving(DeskTime.Of(site.Publication, at), person.LeavesNothing) : null,
            Page = person.HasPage ? Links.ToReader(person.Slug) : null,
            Unclaimed = await ProfileLedger.OfGuestAsync(db, id, ct) is { } guest ? await guest.CountAsync(ct) : 0,
            Ways = new WaysSection.Content(logins.ConvertAll(l => new WaysSection.Login(l.LoginProvider, l.ProviderKey, l.ProviderDisplayName ?? l.LoginProvider)), ways.Buttons),
        }, status);
    }

    private static string? Said(string word) => word switch
    {
        UploadPicture.Done => "This is your picture now. It stands beside your comments in a few seconds.",
        RemovePicture.Done => "Your picture is removed. Your comments show your initials in a few seconds.",
        NameAmongLikers.Done => "Saved.",
        ChangeProfile.Done => "Saved. Where your name has changed, your comments follow in a few seconds.",
        Leave.Done => "Your wish is noted, and a mail tells you of it.",
        Leave.Stayed => "Your account stays.",
        ClaimComments.Done => "They are yours now. They bear your name in a few seconds.",
        "address" => "The address is yours here now: a code that we mail to it signs you in.",
        "login" => "Added. It signs you in to this account from now on.",
        RemoveLogin.Done => "Taken away. It signs you in no more.",
        RemoveLogin.Last => "This is the only way in that you have, so it stays. Add another first.",
        _ => null,
    };
}
