using System.Globalization;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Newsroom;

/// <summary>Opens the editor: empty, or with an article or page.</summary>
internal sealed class EditArticle(IDatabaseEngine engine, EditorPages editor, DeskPages pages)
{
    public static void Map(RouteGroupBuilder room, ArticleKind kind)
    {
        room.MapGet("/new/", (HttpContext http, EditorPages editor) => editor.ShowAsync(http, kind, null));
        room.MapGet("/{id:long}/", (HttpContext http, long id, EditArticle action) => action.ShowAsync(http, kind, id));
    }

    private async Task<IResult> ShowAsync(HttpContext http, ArticleKind kind, long id)
    {
        await using var db = engine.Open();
        var stored = await db.Articles.FirstOrDefaultAsync(a => a.Id == id, http.RequestAborted);
        if (stored is null or { Kind: ArticleKind.Other }) return await GoneAsync(pages, http);
        if (stored.Kind != kind) return TypedResults.Redirect(string.Create(CultureInfo.InvariantCulture, $"{(stored.Kind == ArticleKind.Page ? "/newsroom/pages/" : stored.Kind == ArticleKind.Attachment ? "/newsroom/media/" : "/newsroom/articles/")}{id}/"));
        if (!ArticleRights.MayEdit(CurrentPerson.Of(http)!, kind, stored.AuthorId, stored.Status))
            return await pages.SayAsync(http, StatusCodes.Status403Forbidden, "This is not yours to edit", "An editor can change it.", "/newsroom/articles/", "Your articles");
        return await editor.ShowAsync(http, kind, stored);
    }

    public static Task<IResult> GoneAsync(DeskPages pages, HttpContext http) =>
        pages.SayAsync(http, StatusCodes.Status404NotFound, "There is nothing here", "It was removed for good, or never was.", "/newsroom/articles/", "All articles");
}
