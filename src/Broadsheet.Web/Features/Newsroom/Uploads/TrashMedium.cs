using System.Globalization;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Newsroom.Uploads;

/// <summary>Into the trash and out of it. The file stands at its address for 30 days more: articles that show it go on doing so, and there is time to change them.</summary>
internal sealed class TrashMedium(Writes writes, ShowMedia show, Notices notices)
{
    public static void Map(RouteGroupBuilder room)
    {
        room.MapPost("/{id:long}/trash/", (HttpContext http, long id, TrashMedium action) => action.HandleAsync(http, id, restore: false));
        room.MapPost("/{id:long}/restore/", (HttpContext http, long id, TrashMedium action) => action.HandleAsync(http, id, restore: true));
    }

    private async Task<IResult> HandleAsync(HttpContext http, long id, bool restore)
    {
        if (await show.RefuseAsync(http, id) is { } refused) return refused;
        var person = CurrentPerson.Of(http)!;
        await writes.RunAsync(async (scope, ct) =>
        {
            await ArticleLedger.HoldAsync(scope, id, ct);
            var attachment = await scope.Db.Articles.AsTracking().SingleAsync(a => a.Id == id && a.Kind == ArticleKind.Attachment, ct);
            if (!restore) await TrashLedger.TrashAsync(scope, attachment, person.Id, ct);
            // Its file may have gone meanwhile.
            else if (await TrashLedger.Trashed(scope.Db).ContainsAsync(id, ct)) await TrashLedger.RestoreFileAsync(scope, attachment, person.Id, ct);
        }, http.RequestAborted);
        var address = string.Create(CultureInfo.InvariantCulture, $"{MediaFilter.Address}{id}/");
        notices.Say(http, restore ? new DeskShell.Notice("It is back in the library.") : new DeskShell.Notice("Moved to the trash. Its file goes for good in 30 days.", $"{address}restore/"));
        return TypedResults.Redirect(restore ? address : MediaFilter.Address);
    }
}
