using System.Globalization;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Newsroom;

/// <summary>Into the trash, and back to where it stood: undo in place of asking beforehand.</summary>
internal sealed class TrashArticle(Writes writes, DeskPages pages, Notices notices)
{
    public static void Map(RouteGroupBuilder room, ArticleKind kind)
    {
        room.MapPost("/{id:long}/trash/", (HttpContext http, long id, TrashArticle action) => action.HandleAsync(http, kind, id, restore: false));
        room.MapPost("/{id:long}/restore/", (HttpContext http, long id, TrashArticle action) => action.HandleAsync(http, kind, id, restore: true));
    }

    private async Task<IResult> HandleAsync(HttpContext http, ArticleKind kind, long id, bool restore)
    {
        var person = CurrentPerson.Of(http)!;
        var (isHere, isAllowed) = await writes.RunAsync(async (scope, ct) =>
        {
            await CommentLedger.TakeTurnAsync(scope, id, ct);
            await ArticleLedger.HoldAsync(scope, id, ct);
            if (await scope.Db.Articles.AsTracking().FirstOrDefaultAsync(a => a.Id == id && a.Kind == kind, ct) is not { } article) return (false, false);
            if (!ArticleRights.MayEdit(person, kind, article.AuthorId, article.Status)) return (true, false);
            if (restore) await TrashLedger.RestoreAsync(scope, article, ArticleRights.MayPublish(person, kind, article.AuthorId), person.Id, ct);
            else await TrashLedger.TrashAsync(scope, article, person.Id, ct);
            return (true, true);
        }, http.RequestAborted);
        if (!isHere) return await EditArticle.GoneAsync(pages, http);
        if (!isAllowed) return await pages.SayAsync(http, StatusCodes.Status403Forbidden, "This is not yours to do", "An editor can do it.", "/newsroom/articles/", "Your articles");
        var prefix = kind == ArticleKind.Page ? "/newsroom/pages/" : "/newsroom/articles/";
        var address = string.Create(CultureInfo.InvariantCulture, $"{prefix}{id}/");
        notices.Say(http, restore ? new DeskShell.Notice("It is back where it was.") : new DeskShell.Notice("Moved to the trash: readers do not see it.", $"{address}restore/"));
        return TypedResults.Redirect(restore ? address : prefix);
    }
}
