using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Theming.Views;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Discussion;

/// <summary>A person who is signed in mutes a commenter, and hears them again. A guest's browser remembers by itself, with script.</summary>
internal sealed class MuteAuthor(IDatabaseEngine engine, ReaderSites sites, Writes writes, DiscussionFinder finder, DiscussionPages pages)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/discussion/mute/", (HttpContext http, MuteAuthor action) => action.ListAsync(http));
        routes.MapPost("/discussion/mute/", (HttpContext http, MuteAuthor action) => action.HandleAsync(http)).DisableAntiforgery();
    }

    private async Task<IResult> ListAsync(HttpContext http)
    {
        await using var db = engine.Open();
        var page = new PageRequest(http, await sites.OfAsync(http), db);
        if (CurrentPerson.Of(http) is not { } person) return NeedsAccount(page);
        var mutes = await db.Mutes.Where(m => m.PersonId == person.Id).OrderBy(m => m.Name).ToListAsync(http.RequestAborted);
        return pages.Show(page, "mutes", "Whom you have muted", "mutes", new MutesView([.. mutes.Select(m => new MuteView(m.AuthorKey, m.Name))]));
    }

    private async Task<IResult> HandleAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        await using var db = engine.Open();
        var page = new PageRequest(http, await sites.OfAsync(http), db);
        if (CurrentPerson.Of(http) is not { } person) return NeedsAccount(page);
        if (await PostedForm.ReadAsync(http) is not { } form) return pages.Say(page, "What was sent is no form, or was damaged on its way.", StatusCodes.Status400BadRequest);
        if (form["unmute"].ToString() is { Length: > 0 } key)
        {
            await writes.RunAsync((scope, token) => ReaderLedger.UnmuteAsync(scope, person.Id, key, token), ct);
            return TypedResults.LocalRedirect(LocalAddress.Of(form["back"], "/discussion/mute/"));
        }
        if (DiscussionFinder.Id(form["comment"]) is not { } id || await finder.FindAsync(page, null, id, ct) is not { Comment: { Standing: Standing.Shown } comment } target)
            return pages.Say(page, "There is no such comment here (any more).", StatusCodes.Status404NotFound, "Nobody to mute");
        if (comment.PersonId == person.Id) return pages.Say(page, "This is your own comment.", StatusCodes.Status400BadRequest, "You cannot mute yourself");
        var author = AuthorKeys.Of(page.Site.Publication, comment);
        if (!await writes.RunAsync((scope, token) => ReaderLedger.MuteAsync(scope, person.Id, author, comment.AuthorName, token), ct))
            return pages.Say(page, $"You have muted {ReaderLedger.MaxMuted} commenters: hear one of them again first.", StatusCodes.Status409Conflict);
        return TypedResults.LocalRedirect(page.Site.Links.ToComment(page.Site.Links.To(target.Article), comment.Id, comment.FullNumber));
    }

    private Theming.ThemedPage NeedsAccount(PageRequest page) =>
        pages.Say(page, "Whom you mute is kept with your account, or, with script, in your browser. Sign in, or allow this site its script.", StatusCodes.Status401Unauthorized, "Sign in to mute someone");
}
