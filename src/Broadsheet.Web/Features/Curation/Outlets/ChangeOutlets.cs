using System.Globalization;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Curation.Outlets;

/// <summary>Asks an outlet now, pauses it, deletes it and brings it back.</summary>
internal sealed class ChangeOutlets(Writes writes, PollOutlet poll, Notices notices)
{
    public static void Map(RouteGroupBuilder room)
    {
        room.MapPost("/{id:long}/poll/", (HttpContext http, long id, ChangeOutlets action) => action.PollAsync(http, id));
        room.MapPost("/{id:long}/pause/", (HttpContext http, long id, ChangeOutlets action) => action.PauseAsync(http, id, isPaused: true));
        room.MapPost("/{id:long}/resume/", (HttpContext http, long id, ChangeOutlets action) => action.PauseAsync(http, id, isPaused: false));
        room.MapPost("/{id:long}/delete/", (HttpContext http, long id, ChangeOutlets action) => action.DeleteAsync(http, id));
        room.MapPost("/{id:long}/restore/", (HttpContext http, long id, ChangeOutlets action) => action.RestoreAsync(http, id));
    }

    private async Task<IResult> PollAsync(HttpContext http, long id)
    {
        var polled = await poll.RunAsync(id, evenEarly: true, http.RequestAborted);
        return Back(http, polled switch
        {
            null => "This outlet is not here any more.",
            { Problem: { } problem } => $"It could not be read: {problem}",
            { New: 0, Changed: 0 } => "Nothing new.",
            _ => $"{Count(polled.New, "new story", "new stories")}, {Count(polled.Changed, "changed", "changed")}.",
        });
    }

    private async Task<IResult> PauseAsync(HttpContext http, long id, bool isPaused)
    {
        var isDone = await writes.RunAsync((scope, ct) => OutletLedger.PauseAsync(scope, id, isPaused, ct), http.RequestAborted);
        return Back(http, !isDone ? "Nothing changed." : isPaused ? "Paused: it is not asked until you resume it." : "It is asked again.", isDone ? Path(id, isPaused ? "resume" : "pause") : null);
    }

    private async Task<IResult> DeleteAsync(HttpContext http, long id)
    {
        var by = CurrentPerson.Of(http)!.Id;
        var isDone = await writes.RunAsync(async (scope, ct) =>
        {
            var name = await scope.Db.Outlets.Where(o => o.Id == id).Select(o => o.Name).FirstOrDefaultAsync(ct);
            if (!await OutletLedger.DeleteAsync(scope, id, ct)) return false;
            AuditLedger.Note(scope, by, "outlets", $"“{name}” was deleted.");
            return true;
        }, http.RequestAborted);
        return Back(http, isDone ? "Deleted, with its stories on the wire. Articles made of them stay." : "This outlet is not here any more.", isDone ? Path(id, "restore") : null);
    }

    private async Task<IResult> RestoreAsync(HttpContext http, long id)
    {
        var isDone = await writes.RunAsync((scope, ct) => OutletLedger.RestoreAsync(scope, id, ct), http.RequestAborted);
        return Back(http, isDone ? "It is back, with its stories." : "It cannot come back: its feed was added anew, or it is forgotten.");
    }

    private RedirectHttpResult Back(HttpContext http, string message, string? undo = null)
    {
        notices.Say(http, new DeskShell.Notice(message, undo));
        return TypedResults.Redirect(ShowOutlets.Page);
    }

    private static string Path(long id, string deed) => string.Create(CultureInfo.InvariantCulture, $"{ShowOutlets.Page}{id}/{deed}/");

    private static string Count(int count, string one, string many) => $"{count.ToString("N0", CultureInfo.InvariantCulture)} {(count == 1 ? one : many)}";
}
