using System.Globalization;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Features.Curation.Wire;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Curation.Originals;

/// <summary>Originals that changed, are gone or were withdrawn, until an editor has seen it.</summary>
internal sealed class ShowOriginals(IDatabaseEngine engine, Writes writes, PublicationStore publications, DeskPages pages, Notices notices)
{
    public const string Page = $"{WireNames.Page}originals/";
    private const int Most = 200;

    public static void Map(RouteGroupBuilder room)
    {
        room.MapGet("/originals/", (HttpContext http, ShowOriginals action) => action.ShowAsync(http));
        room.MapPost("/originals/{id:long}/seen/", (HttpContext http, long id, ShowOriginals action) => action.SeeAsync(http, id, isSeen: true));
        room.MapPost("/originals/{id:long}/unseen/", (HttpContext http, long id, ShowOriginals action) => action.SeeAsync(http, id, isSeen: false));
    }

    private async Task<IResult> ShowAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        var publication = await publications.GetAsync(ct);
        await using var db = engine.Open();
        var rows = await OriginalLedger.Waiting(db).Join(db.Articles, c => c.ArticleId, a => a.Id, (c, a) => new { Check = c, a.TitleText, a.Status, Outlet = a.Credit == null ? "" : a.Credit.Outlet }).OrderByDescending(r => r.Check.FoundAt).Take(Most).ToListAsync(ct);
        return await pages.ShowAsync<OriginalsPage>(http, new OriginalsPage.Content([.. rows.Select(r => new OriginalsPage.Row(r.Check.ArticleId, r.TitleText.Length > 0 ? r.TitleText : "Untitled", r.Outlet, r.Check.Url, Said(r.Check),
            r.Check.FoundAt is { } at ? DeskTime.Of(publication, at) : ""))], await db.OriginalChecks.CountAsync(ct)));
    }

    private static string Said(OriginalCheck check) => check.Finding switch
    {
        OriginalFinding.Gone => "The original is gone.",
        OriginalFinding.Withdrawn => "The original seems withdrawn: its page asks not to be listed, or holds no text any more.",
        _ => $"The original has changed: {check.Likeness.ToString(CultureInfo.InvariantCulture)} % of it is as it was.",
    };

    private async Task<IResult> SeeAsync(HttpContext http, long id, bool isSeen)
    {
        var isDone = await writes.RunAsync((scope, ct) => OriginalLedger.SeeAsync(scope, id, isSeen, ct), http.RequestAborted);
        notices.Say(http, !isDone ? new DeskShell.Notice("Nothing changed.") : isSeen ? new DeskShell.Notice("Seen.", string.Create(CultureInfo.InvariantCulture, $"{Page}{id}/unseen/")) : new DeskShell.Notice("It waits again."));
        return TypedResults.Redirect(Page);
    }
}
