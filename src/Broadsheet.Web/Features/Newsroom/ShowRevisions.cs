using System.Globalization;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Newsroom;

/// <summary>How an article's words stood before each change; any of them can be looked at and brought back.</summary>
internal sealed class ShowRevisions(IDatabaseEngine engine, Writes writes, ArticleRendering rendering, PublicationStore publications, DeskPages pages, Notices notices)
{
    private const int Shown = 200;

    public static void Map(RouteGroupBuilder room, ArticleKind kind)
    {
        room.MapGet("/{id:long}/revisions/", (HttpContext http, long id, ShowRevisions action) => action.ListAsync(http, kind, id));
        room.MapGet("/{id:long}/revisions/{revision:long}/", (HttpContext http, long id, long revision, ShowRevisions action) => action.ShowAsync(http, kind, id, revision));
        room.MapPost("/{id:long}/revisions/{revision:long}/", (HttpContext http, long id, long revision, ShowRevisions action) => action.RestoreAsync(http, kind, id, revision));
    }

    private async Task<IResult> ListAsync(HttpContext http, ArticleKind kind, long id)
    {
        var ct = http.RequestAborted;
        await using var db = engine.Open();
        if (await FindAsync(db, http, kind, id, ct) is not { } article) return await EditArticle.GoneAsync(pages, http);
        var publication = await publications.GetAsync(ct);
        var rows = await db.Revisions.Where(r => r.ArticleId == id).OrderByDescending(r => r.Id).Take(Shown)
            .LeftJoin(db.Users, r => r.PersonId, p => p.Id, (r, p) => new { r.Id, r.At, r.Title, r.Change, r.Note, r.Body.Length, Who = p == null ? null : p.DisplayName }).ToListAsync(ct);
        return await pages.ShowAsync<RevisionsPage>(http, new RevisionsPage.Content(article.TitleText.Length > 0 ? article.TitleText : "Untitled", Address(kind, id),
            [.. rows.Select(r => new RevisionsPage.Row(r.Id, DeskTime.Of(publication, r.At), r.Who ?? "the program", r.Title, r.Length, StatusWords.Of(r.Change), r.Note))]));
    }

    private async Task<IResult> ShowAsync(HttpContext http, ArticleKind kind, long id, long revisionId)
    {
        var ct = http.RequestAborted;
        await using var db = engine.Open();
        var revision = await db.Revisions.FirstOrDefaultAsync(r => r.Id == revisionId && r.ArticleId == id, ct);
        if (revision is null || await FindAsync(db, http, kind, id, ct) is not { } article) return await EditArticle.GoneAsync(pages, http);
        var text = await rendering.RenderAsync(new ArticleEdit(revision.Title, revision.Body, revision.BodyFormat) { Excerpt = revision.Excerpt, Language = article.Language }, id, ct);
        var publication = await publications.GetAsync(ct);
        return await pages.ShowAsync<RevisionPage>(http, new RevisionPage.Content(Address(kind, id), revision.Id, DeskTime.Of(publication, revision.At), text.TitleHtml, text.BodyHtml, revision.Body, revision.Excerpt,
            article.Status == ArticleStatus.Published,
            TextChanges.Between(Words(revision.Title, revision.Body, revision.Excerpt), Words(article.Title, article.Body, article.Excerpt))));
    }

    /// <summary>The words of then become the words of now; those of now become a revision.</summary>
    private async Task<IResult> RestoreAsync(HttpContext http, ArticleKind kind, long id, long revisionId)
    {
        var ct = http.RequestAborted;
        var person = CurrentPerson.Of(http)!;
        await using var db = engine.Open();
        var revision = await db.Revisions.FirstOrDefaultAsync(r => r.Id == revisionId && r.ArticleId == id, ct);
        if (revision is null || await FindAsync(db, http, kind, id, ct) is not { } article) return await EditArticle.GoneAsync(pages, http);
        var text = await rendering.RenderAsync(new ArticleEdit(revision.Title, revision.Body, revision.BodyFormat) { Excerpt = revision.Excerpt, Language = article.Language }, id, ct);
        var replaced = await writes.RunAsync(async (scope, token) =>
        {
            await CommentLedger.TakeTurnAsync(scope, id, token);
            var stored = await scope.Db.Articles.AsTracking().SingleAsync(a => a.Id == id, token);
            if (!ArticleRights.MayEdit(person, kind, stored.AuthorId, stored.Status)) return null;
            return ((long Id, bool IsOut)?)(await ArticleLedger.ReviseAsync(scope, stored, text, person.Id, token), stored.Status == ArticleStatus.Published);
        }, ct);
        if (replaced is not { } kept) return await EditArticle.GoneAsync(pages, http);
        notices.Say(http, new DeskShell.Notice($"The earlier words are back{(kept.IsOut ? ": readers see them now" : "")}. Those that stood here until now are a revision.", string.Create(CultureInfo.InvariantCulture, $"{Address(kind, id)}revisions/{kept.Id}/")));
        return TypedResults.Redirect(Address(kind, id));
    }

    private static string Words(string title, string body, string excerpt) => $"{title}\n\n{body.ReplaceLineEndings("\n")}{(excerpt.Length > 0 ? $"\n\n{excerpt}" : "")}";

    /// <returns>Null where there is none that this person may edit.</returns>
    private static async Task<Article?> FindAsync(BroadsheetDb db, HttpContext http, ArticleKind kind, long id, CancellationToken ct) =>
        await db.Articles.FirstOrDefaultAsync(a => a.Id == id && a.Kind == kind, ct) is { } article && ArticleRights.MayEdit(CurrentPerson.Of(http)!, kind, article.AuthorId, article.Status) ? article : null;

    private static string Address(ArticleKind kind, long id) => string.Create(CultureInfo.InvariantCulture, $"{(kind == ArticleKind.Page ? "/newsroom/pages/" : "/newsroom/articles/")}{id}/");
}
