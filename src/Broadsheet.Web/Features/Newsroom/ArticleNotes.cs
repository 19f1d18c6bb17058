using System.Globalization;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Newsroom;

/// <summary>The staff talk to each other beside an article; whoever is named is mailed.</summary>
internal sealed class ArticleNotes(IDatabaseEngine engine, Writes writes, DeskPages pages, Notices notices)
{
    private const int Shown = 200;

    public static void Map(RouteGroupBuilder room, ArticleKind kind)
    {
        room.MapPost("/{id:long}/notes/", (HttpContext http, long id, ArticleNotes action) => action.AddAsync(http, kind, id));
        room.MapPost("/{id:long}/notes/remove/", (HttpContext http, long id, ArticleNotes action) => action.RemoveAsync(http, kind, id));
    }

    public static async Task<IReadOnlyList<EditorPage.Note>> OfAsync(BroadsheetDb db, Publication publication, CurrentPerson person, long articleId, CancellationToken ct)
    {
        var rows = await db.ArticleNotes.Where(n => n.ArticleId == articleId).OrderByDescending(n => n.Id).Take(Shown).LeftJoin(db.Users, n => n.ById, p => p.Id, (n, p) => new { n.Id, n.At, n.Words, n.ById, Who = p == null ? null : p.DisplayName }).ToListAsync(ct);
        return [.. rows.Select(r => new EditorPage.Note(r.Id, r.Who ?? "Someone who is gone", DeskTime.Of(publication, r.At), r.Words, r.ById == person.Id))];
    }

    private async Task<IResult> AddAsync(HttpContext http, ArticleKind kind, long id)
    {
        var (ct, person) = (http.RequestAborted, CurrentPerson.Of(http)!);
        var form = await http.Request.ReadFormAsync(ct);
        var words = form["note"].ToString().ReplaceLineEndings("\n").Trim();
        if (!await MayAsync(http, kind, id, ct)) return await EditArticle.GoneAsync(pages, http);
        if (words.Length is 0 or > ArticleNote.MaxLength)
            return await pages.SayAsync(http, StatusCodes.Status422UnprocessableEntity, "The note was not taken", words.Length == 0 ? "It has no words." : $"It has {words.Length:N0} characters; up to {ArticleNote.MaxLength:N0} fit. Go back: your words are still there.", Address(kind, id), "Back to the editor");
        await writes.RunAsync((scope, token) => NoteLedger.AddAsync(scope, id, person.Id, words, token), ct);
        return TypedResults.Redirect(ArticleForm.AddressAgain(kind, id, form, "#notes"));
    }

    private async Task<IResult> RemoveAsync(HttpContext http, ArticleKind kind, long id)
    {
        var (ct, person) = (http.RequestAborted, CurrentPerson.Of(http)!);
        var form = await http.Request.ReadFormAsync(ct);
        var note = long.TryParse(form["id"], NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 0;
        if (!await MayAsync(http, kind, id, ct)) return await EditArticle.GoneAsync(pages, http);
        if (await writes.RunAsync((scope, token) => NoteLedger.RemoveAsync(scope, id, note, person.Id, token), ct)) notices.Say(http, new DeskShell.Notice("Your note is gone."));
        return TypedResults.Redirect(ArticleForm.AddressAgain(kind, id, form, "#notes"));
    }

    private async Task<bool> MayAsync(HttpContext http, ArticleKind kind, long id, CancellationToken ct)
    {
        await using var db = engine.Open();
        return await db.Articles.FirstOrDefaultAsync(a => a.Id == id && a.Kind == kind, ct) is { } article && ArticleRights.MayEdit(CurrentPerson.Of(http)!, kind, article.AuthorId, article.Status);
    }

    private static string Address(ArticleKind kind, long id) => string.Create(CultureInfo.InvariantCulture, $"{(kind == ArticleKind.Page ? "/newsroom/pages/" : "/newsroom/articles/")}{id}/");
}
