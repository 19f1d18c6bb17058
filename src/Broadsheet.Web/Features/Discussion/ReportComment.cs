using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Theming.Views;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Discussion;

/// <summary>A reader says why a comment should be looked at. Once a person, or once a network for guests; nobody is told whether others did.</summary>
internal sealed class ReportComment(IDatabaseEngine engine, ReaderSites sites, Writes writes, DiscussionFinder finder, DiscussionPages pages)
{
    private const int MaxNoteLength = 1_000;

    private static readonly (ReportReason Reason, string Value)[] Reasons =
        [(ReportReason.Spam, "spam"), (ReportReason.Abuse, "abuse"), (ReportReason.Private, "private"), (ReportReason.OffTopic, "off-topic"), (ReportReason.Other, "other")];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/discussion/report/", (HttpContext http, ReportComment action) => action.ShowAsync(http));
        routes.MapPost("/discussion/report/", (HttpContext http, ReportComment action) => action.HandleAsync(http)).DisableAntiforgery();
    }

    private async Task<IResult> ShowAsync(HttpContext http)
    {
        await using var db = engine.Open();
        var page = new PageRequest(http, await sites.OfAsync(http), db);
        return await FindAsync(page, http.Request.Query["comment"]) is { } target ? await FormAsync(page, target, null, "", false, null) : Gone(page);
    }

    private async Task<IResult> HandleAsync(HttpContext http)
    {
        await using var db = engine.Open();
        var page = new PageRequest(http, await sites.OfAsync(http), db);
        if (await PostedForm.ReadAsync(http) is not { } form || await FindAsync(page, form["comment"]) is not { } target) return Gone(page);
        var note = form.Text("note");
        var wantsAnswer = form["answer"] == "1";
        var chosen = Array.Find(Reasons, r => r.Value == form["reason"]);
        if (chosen.Value is null) return await FormAsync(page, target, null, note, wantsAnswer, "Choose a reason.");
        if (note.Length > MaxNoteLength) return await FormAsync(page, target, chosen.Value, note, wantsAnswer, string.Create(CultureInfo.InvariantCulture, $"The note is too long: {note.Length:N0} characters; up to {MaxNoteLength:N0} fit."));
        if (chosen.Reason == ReportReason.Other && note.Length == 0) return await FormAsync(page, target, chosen.Value, note, wantsAnswer, "Say in a few words what is wrong.");
        await StoreAsync(page, target, chosen.Reason, note, wantsAnswer);
        var where = CurrentPerson.Of(http) is null ? "" : " What comes of it stands on your account’s page, under “What you reported”.";
        return pages.Say(page, $"Thank you. A moderator will look at this comment.{where}", StatusCodes.Status200OK, "Reported");
    }

    private Task StoreAsync(PageRequest page, DiscussionTarget target, ReportReason reason, string note, bool wantsAnswer)
    {
        var (comment, person) = (target.Comment!, CurrentPerson.Of(page.Http));
        var mark = person is null ? page.Site.Publication.Mark(string.Create(CultureInfo.InvariantCulture, $"report {comment.Id} from {ReaderNetwork.Of(page.Http)}"), 16) : null;
        var report = new CommentReport { CommentId = comment.Id, Reason = reason, Note = note, PersonId = person?.Id, Mark = mark, WantsAnswer = wantsAnswer && person is not null };
        return writes.RunAsync((scope, ct) => ReportLedger.ReportAsync(scope, target.Article.Id, report, page.Site.Publication.HoldReports, ct), page.Http.RequestAborted);
    }

    private async Task<DiscussionTarget?> FindAsync(PageRequest page, string? id) =>
        DiscussionFinder.Id(id) is { } comment && await finder.FindAsync(page, null, comment, page.Http.RequestAborted) is { Comment.Standing: Standing.Shown } target ? target : null;

    private async Task<Theming.ThemedPage> FormAsync(PageRequest page, DiscussionTarget target, string? reason, string note, bool wantsAnswer, string? problem)
    {
        var comment = target.Comment!;
        var key = AuthorKeys.Of(page.Site.Publication, comment);
        var reader = CurrentPerson.Of(page.Http);
        var isMuted = reader is not null && await page.Db.Mutes.AnyAsync(m => m.PersonId == reader.Id && m.AuthorKey == key, page.Http.RequestAborted);
        var canBeTold = reader is not null && await page.Db.Users.AnyAsync(p => p.Id == reader.Id && p.EmailConfirmed && p.Email != null, page.Http.RequestAborted);
        var view = new CommentTaskView(
            comment.Id, $"{comment.FullNumber} by {comment.AuthorName}", page.Site.Links.ToComment(page.Site.Links.To(target.Article), comment.Id, comment.FullNumber), SafeHtml.FromStore(comment.BodyHtml), "", problem,
            [.. Reasons.Select(r => new ReasonView(r.Value, ReportNames.Of(r.Reason), r.Value == reason))], note, null, false, key, comment.AuthorName, isMuted, canBeTold ? wantsAnswer : null);
        return pages.Show(page, "report", "Report a comment", "task", view);
    }

    private Theming.ThemedPage Gone(PageRequest page) => pages.Say(page, "There is no such comment here (any more).", StatusCodes.Status404NotFound, "Nothing to report");
}
