using System.Globalization;
using System.Text;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Moderation.Legal;

/// <summary>Legal notices: those that wait and those that were decided, each with its statement of reasons; all of them as a file, too.</summary>
internal sealed class ShowNotices(IDatabaseEngine engine, Writes writes, ReaderSites sites, DeskPages pages, Notices said)
{
    public const string Page = $"{QueueNames.Page}notices/";
    private const int PageSize = 50;

    public static void Map(RouteGroupBuilder room)
    {
        room.MapGet("/notices/", (HttpContext http, ShowNotices action) => action.ListAsync(http));
        room.MapGet("/notices.csv", (HttpContext http, ShowNotices action) => action.DownloadAsync(http));
        room.MapGet("/notices/{id:long}/", (HttpContext http, long id, ShowNotices action) => action.ShowAsync(http, id, null));
        room.MapPost("/notices/{id:long}/", (HttpContext http, long id, ShowNotices action) => action.DecideAsync(http, id));
    }

    private async Task<IResult> ListAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        var isOpen = http.Request.Query["show"] != "decided";
        _ = long.TryParse(http.Request.Query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var before);
        var site = await sites.OfAsync(http);
        await using var db = engine.Open();
        var notices = db.LegalNotices.Where(n => isOpen ? n.State == NoticeState.Open : n.State != NoticeState.Open);
        if (before > 0) notices = notices.Where(n => n.Id < before);
        var rows = await notices.OrderByDescending(n => n.Id).Take(PageSize + 1).ToListAsync(ct);
        return await pages.ShowAsync<NoticesPage>(http, new NoticesPage.Content(isOpen, [.. rows.Take(PageSize).Select(n => new NoticesPage.Row(n.Id, n.Law, Excerpt.Of(SafeHtml.FromStore(n.CommentHtml), 30), DeskTime.Of(site.Publication, n.At), StateOf(n)))],
            rows.Count > PageSize ? string.Create(CultureInfo.InvariantCulture, $"{Page}?show={(isOpen ? "open" : "decided")}&before={rows[PageSize - 1].Id}") : null));
    }

    private async Task<IResult> ShowAsync(HttpContext http, long id, NoticePage.Wish? wish)
    {
        var ct = http.RequestAborted;
        var site = await sites.OfAsync(http);
        await using var db = engine.Open();
        if (await db.LegalNotices.FirstOrDefaultAsync(n => n.Id == id, ct) is not { } n) return await pages.SayAsync(http, StatusCodes.Status404NotFound, "There is no such notice", "The address is mistyped.", Page, "Legal notices");
        var standing = await db.Comments.Where(c => c.Id == n.CommentId).Select(c => (Core.Discussion.Standing?)c.Standing).FirstOrDefaultAsync(ct);
        var by = n.DecidedById is { } person ? await db.Users.Where(p => p.Id == person).Select(p => p.DisplayName).FirstOrDefaultAsync(ct) : null;
        return await pages.ShowAsync<NoticePage>(http, new NoticePage.Content
        {
            Id = id,
            Words = SafeHtml.FromStore(n.CommentHtml),
            CommentUrl = standing is null ? null : ShowComment.Address(n.CommentId),
            Standing = standing is { } stands ? QueueNames.Of(stands) : "deleted",
            Law = n.Law,
            Explanation = n.Explanation,
            More = n.More,
            From = n.Name.Length > 0 || n.Email.Length > 0 ? $"{n.Name} {n.Email}".Trim() : "somebody without a name",
            When = DeskTime.Of(site.Publication, n.At),
            IsOpen = n.State == NoticeState.Open,
            Decided = n.DecidedAt is { } at ? $"{StateOf(n)}, {by ?? "somebody who is gone"}, {DeskTime.Of(site.Publication, at)}" : null,
            Statement = n.Statement,
            Wished = wish ?? new NoticePage.Wish("", "", null),
        }, wish?.Problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private async Task<IResult> DecideAsync(HttpContext http, long id)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (what, statement) = (form["what"].ToString(), form["statement"].ToString().Trim());
        var problem = what is not ("law" or "rules" or "stays") ? "Choose what becomes of the comment."
            : statement.Length == 0 ? "Write the statement of reasons: which facts, which law or rule, and why."
            : statement.Length > NoticeLedger.MaxText ? string.Create(CultureInfo.InvariantCulture, $"The statement is too long: {statement.Length:N0} characters; up to {NoticeLedger.MaxText:N0} fit.") : null;
        if (problem is not null) return await ShowAsync(http, id, new NoticePage.Wish(what, statement, problem));
        var decision = await writes.RunAsync((scope, ct) => NoticeLedger.DecideAsync(scope, id, what == "stays" ? null : what == "law", statement, CurrentPerson.Of(http)!.Id, ct), http.RequestAborted);
        said.Say(http, new DeskShell.Notice(decision is null ? "Nothing was done: this notice was decided on already." : what == "stays" ? "Decided: the comment stays. Whoever gave notice is told." : "Decided: the comment is in the trash. Both sides are told."));
        return TypedResults.Redirect(string.Create(CultureInfo.InvariantCulture, $"{Page}{id}/"));
    }

    private async Task DownloadAsync(HttpContext http)
    {
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"legal-notices.csv\"";
        await http.Response.WriteAsync("notice,received,comment,law,explanation,more,name,email,state,ground,statement,decided\r\n", http.RequestAborted);
        for (long after = 0; ;)
        {
            await using var db = engine.Open();
            var rows = await db.LegalNotices.Where(n => n.Id > after).OrderBy(n => n.Id).Take(500).ToListAsync(http.RequestAborted);
            if (rows.Count == 0) return;
            var text = new StringBuilder();
            foreach (var n in rows)
                text.Append(CultureInfo.InvariantCulture, $"{n.Id},{n.At.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ},{n.CommentId},{Csv.Field(n.Law)},{Csv.Field(n.Explanation)},{Csv.Field(n.More)},{Csv.Field(n.Name)},{Csv.Field(n.Email)},{n.State.ToString().ToLowerInvariant()},{n.IsByLaw switch { true => "law", false => "rules", _ => "" }},{Csv.Field(n.Statement)},{n.DecidedAt?.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\r\n");
            await http.Response.WriteAsync(text.ToString(), http.RequestAborted);
            after = rows[^1].Id;
        }
    }

    private static string StateOf(LegalNotice n) => n.State switch { NoticeState.Open => "waits", NoticeState.Refused => "the comment stays", _ => n.IsByLaw == true ? "removed: against a law" : "removed: against the rules here" };
}
