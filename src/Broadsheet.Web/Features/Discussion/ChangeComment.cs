using System.Globalization;
using Broadsheet.Core;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Theming;
using Broadsheet.Web.Theming.Views;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Discussion;

/// <summary>
/// Writers change or delete their own comment for a set time. A changed one is judged again, is marked as edited and keeps its old words for moderators;
/// a deleted one that was answered leaves a tombstone.
/// </summary>
internal sealed class ChangeComment(IDatabaseEngine engine, ReaderSites sites, Writes writes, DiscussionFinder finder, GuestCookies guests, JudgeComment judge, DiscussionPages pages, TimeProvider clock)
{
    /// <summary>For who began in time.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/discussion/edit/", (HttpContext http, ChangeComment action) => action.HandleAsync(http, http.Request.Query["c"], isDelete: false, null));
        routes.MapGet("/discussion/delete/", (HttpContext http, ChangeComment action) => action.HandleAsync(http, http.Request.Query["c"], isDelete: true, null));
        routes.MapPost("/discussion/edit/", (HttpContext http, ChangeComment action) => action.PostAsync(http, isDelete: false)).DisableAntiforgery();
        routes.MapPost("/discussion/delete/", (HttpContext http, ChangeComment action) => action.PostAsync(http, isDelete: true)).DisableAntiforgery();
    }

    private async Task<IResult> PostAsync(HttpContext http, bool isDelete)
    {
        var form = await PostedForm.ReadAsync(http);
        return await HandleAsync(http, form?["c"], isDelete, form);
    }

    /// <param name="form">Null only shows the page.</param>
    private async Task<IResult> HandleAsync(HttpContext http, string? id, bool isDelete, IFormCollection? form)
    {
        var ct = http.RequestAborted;
        await using var db = engine.Open();
        var page = new PageRequest(http, await sites.OfAsync(http), db);
        if (DiscussionFinder.Id(id) is not { } commentId || await finder.FindAsync(page, null, commentId, ct) is not { Comment: { } row } target || !guests.IsOwn(http, row) || row.Standing is not (Standing.Shown or Standing.Held))
            return pages.Say(page, "There is no comment of yours at this address. Comments that you wrote without an account are yours in the browser that you wrote them in.", StatusCodes.Status404NotFound, "Not your comment");
        var until = row.At.AddMinutes(page.Site.Publication.EditMinutes);
        if (clock.GetUtcNow() > (form is null ? until : until + Grace))
            return pages.Say(page, string.Create(CultureInfo.InvariantCulture, $"Comments can be changed for {page.Site.Publication.EditMinutes} minutes. This one is older; a moderator can still remove it."), StatusCodes.Status403Forbidden, "Too late to change");
        var words = await db.Comments.Where(c => c.Id == commentId).Select(c => c.Body).FirstAsync(ct);
        if (form is null) return Page(page, target, words, isDelete, null, until);
        try
        {
            return isDelete ? await DeleteAsync(page, target, ct) : await EditAsync(page, target, form["comment"].ToString(), until, ct);
        }
        catch (StorageException trouble)
        {
            return Page(page, target, form["comment"].ToString(), isDelete, $"This could not be stored: {trouble.Message} Please try again in a moment.", until, StatusCodes.Status503ServiceUnavailable);
        }
    }

    private async Task<IResult> EditAsync(PageRequest page, DiscussionTarget target, string body, DateTimeOffset until, CancellationToken ct)
    {
        var (http, row) = (page.Http, target.Comment!);
        var stored = await page.Db.Comments.AsNoTracking().SingleAsync(c => c.Id == row.Id, ct);
        var read = CommentDraft.Read(new CommentFields(stored.ArticleId, stored.ParentId, body, stored.AuthorName, stored.AuthorEmail, stored.AuthorUrl), nameAndEmailRequired: false);
        if (read.Problem is { } problem) return Page(page, target, body, isDelete: false, problem.Message, until);
        var draft = read.Value;
        if (draft.Body == stored.Body) return Back(page, target);
        var html = CommentText.Render(draft.Body, page.Site.Publication.Language);
        var person = CurrentPerson.Of(http);
        var origin = new CommentOrigin(stored.PersonId, http.Connection.RemoteIpAddress?.ToString() ?? "", "", clock.GetUtcNow(), page.Site.Publication.Local(clock.GetUtcNow()));
        var door = DiscussionDoor.Of(page.Site.Publication, target.Article, clock.GetUtcNow());
        var trust = person is null ? CommenterTrust.Usual : await page.Db.Users.Where(p => p.Id == person.Id).Select(p => p.Trust).FirstOrDefaultAsync(ct);
        var judged = new Judged(row.Id, draft, origin, html, Writer.Of(person, trust, page.Site.Publication));
        var verdict = await judge.JudgeAsync(page, target.Article, judged, new Typing("", null, true), await judge.FactsAsync(page, door, judged, ct), ct);
        await writes.RunAsync(async (scope, token) =>
        {
            await CommentLedger.TakeTurnAsync(scope, target.Article.Id, token);
            var comment = await scope.Db.Comments.AsTracking().SingleAsync(c => c.Id == row.Id, token);
            await CommentLedger.EditAsync(scope, comment, draft.Body, MaskedWords.In(html, page.Site.Publication), verdict.Standing, ScreeningNote.OfChanged(comment.Screening, verdict.Screening), token, judged.Print);
            if (verdict.AsksAgain) CommentLedger.AskAgain(scope, comment.Id);
            if (verdict.Silences) await SilenceLedger.SilenceAsync(scope, comment, token);
        }, ct);
        return Back(page, target);
    }

    private async Task<IResult> DeleteAsync(PageRequest page, DiscussionTarget target, CancellationToken ct)
    {
        var id = target.Comment!.Id;
        await writes.RunAsync(async (scope, token) =>
        {
            await CommentLedger.TakeTurnAsync(scope, target.Article.Id, token);
            await CommentLedger.TakeBackAsync(scope, await scope.Db.Comments.AsTracking().SingleAsync(c => c.Id == id, token), token);
        }, ct);
        page.Http.Response.StatusCode = StatusCodes.Status303SeeOther;
        page.Http.Response.Headers.Location = $"{page.Site.Links.ToNumber(page.Site.Links.To(target.Article), target.Comment.FullNumber ?? new CommentNumber(1, 0))}#comments";
        return TypedResults.Empty;
    }

    private static IResult Back(PageRequest page, DiscussionTarget target)
    {
        page.Http.Response.StatusCode = StatusCodes.Status303SeeOther;
        page.Http.Response.Headers.Location = page.Site.Links.ToComment(page.Site.Links.To(target.Article), target.Comment!.Id, target.Comment.FullNumber);
        return TypedResults.Empty;
    }

    private ThemedPage Page(PageRequest page, DiscussionTarget target, string words, bool isDelete, string? problem, DateTimeOffset until, int status = StatusCodes.Status200OK)
    {
        var (row, site) = (target.Comment!, page.Site);
        var view = new CommentTaskView(
            row.Id, row.FullNumber is { } number ? $"{number} by {row.AuthorName}" : $"A comment by {row.AuthorName}", site.Links.ToComment(site.Links.To(target.Article), row.Id, row.FullNumber), SafeHtml.FromStore(row.BodyHtml), words, problem, [], "",
            site.Publication.Local(until).ToString("t", site.Culture), row.ShownReplies > 0);
        return pages.Show(page, isDelete ? "comment-delete" : "comment-edit", isDelete ? "Delete your comment" : "Edit your comment", "task", view, status);
    }
}
