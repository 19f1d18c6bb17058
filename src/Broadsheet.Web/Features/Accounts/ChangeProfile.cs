using Broadsheet.Core;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Accounts;

/// <summary>How somebody is shown here: name, a few words, a link, and whether they have a page.</summary>
internal sealed class ChangeProfile(IDatabaseEngine engine, Writes writes, PublicationStore publications, DeskPages pages)
{
    public const string Done = "profile";
    public const string Page = "/account/profile/";

    public static void Map(RouteGroupBuilder room)
    {
        room.MapGet("/profile/", (HttpContext http, ChangeProfile action) => action.ShowAsync(http));
        room.MapPost("/profile/", (HttpContext http, ChangeProfile action) => action.HandleAsync(http));
    }

    private async Task<IResult> ShowAsync(HttpContext http)
    {
        var id = CurrentPerson.Of(http)!.Id;
        await using var db = engine.Open();
        var person = await db.Users.Where(p => p.Id == id).Select(p => new { p.DisplayName, p.Bio, p.Url, p.HasPage, p.Slug }).FirstAsync(http.RequestAborted);
        return await pages.ShowAsync<ProfilePage>(http, new ProfilePage.Content(person.DisplayName, person.Bio, person.Url, person.HasPage, Links.ToReader(person.Slug), null));
    }

    private async Task<IResult> HandleAsync(HttpContext http)
    {
        var (ct, id) = (http.RequestAborted, CurrentPerson.Of(http)!.Id);
        var form = await http.Request.ReadFormAsync(ct);
        var (name, bio, url, hasPage) = (form["name"].ToString(), form["bio"].ToString().ReplaceLineEndings("\n").Trim(), form["url"].ToString().Trim(), form.ContainsKey("page"));
        var link = CommentDraft.ReadUrl(url);
        var problem = bio.Length > ProfileLedger.MaxBioLength ? new Problem("bio", $"This is too long: up to {ProfileLedger.MaxBioLength} characters fit, and these are {bio.Length}.")
            : link is null ? new Problem("url", "This does not look right: give an address such as https://example.org.")
            : link.Length > Comment.MaxUrlLength ? new Problem("url", $"This address is too long: up to {Comment.MaxUrlLength} characters fit.") : null;
        if (problem is null)
        {
            var publication = await publications.GetAsync(ct);
            problem = await engine.OrTakenAsync(() => writes.RunAsync((scope, token) => ProfileLedger.ChangeAsync(scope, publication, id, new ProfileEdit(PersonName.Tidy(name), PlainLines(bio), link!, hasPage), token), ct), p => p);
        }
        if (problem is null) return TypedResults.Redirect($"{AccountsRoom.Page}?said={Done}");
        await using var db = engine.Open();
        var slug = await db.Users.Where(p => p.Id == id).Select(p => p.Slug).FirstAsync(ct);
        return await pages.ShowAsync<ProfilePage>(http, new ProfilePage.Content(name, bio, url, hasPage, Links.ToReader(slug), problem), StatusCodes.Status422UnprocessableEntity);
    }

    private static string PlainLines(string text) => string.Concat(text.Where(c => c == '\n' || !char.IsControl(c)));
}
