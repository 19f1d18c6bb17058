using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.SignIn.Devices;

/// <summary>Where one is signed in.</summary>
internal sealed class ShowSessions(IDatabaseEngine engine, PublicationStore publications, DeskPages pages, Sessions sessions)
{
    public const string Page = "/account/sessions/";

    public static void Map(RouteGroupBuilder own) => own.MapGet("/sessions/", (HttpContext http, ShowSessions action) => action.HandleAsync(http));

    private async Task<IResult> HandleAsync(HttpContext http)
    {
        var (person, publication) = (CurrentPerson.Of(http)!, await publications.GetAsync(http.RequestAborted));
        await using var db = engine.Open();
        var rows = await db.Sessions.Where(s => s.PersonId == person.Id && s.EndedAt == null).OrderByDescending(s => s.SeenAt).ThenByDescending(s => s.Id).ToListAsync(http.RequestAborted);
        var open = rows.Where(s => s.Id == person.SessionId || sessions.IsInTime(person.Role, s.BeganAt, s.SeenAt)).OrderByDescending(s => s.Id == person.SessionId);
        return await pages.ShowAsync<SessionsPage>(http, new SessionsPage.Content(
            [.. open.Select(s => new SessionsPage.Entry(s.Id, DeviceName.Of(s.UserAgent), s.WayLabel, DeskTime.Of(publication, s.BeganAt), DeskTime.Of(publication, s.SeenAt), s.Address, s.Id == person.SessionId))], Said(http.Request.Query["said"].ToString())));
    }

    private static string? Said(string word) => word switch
    {
        EndSessions.One => "That browser is signed out.",
        EndSessions.Others => "All other browsers are signed out.",
        SetPassword.Done => "Your password is set, and all other browsers are signed out.",
        _ => null,
    };
}
