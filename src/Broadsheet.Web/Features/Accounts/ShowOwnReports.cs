using System.Globalization;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Accounts;

/// <summary>What somebody has reported, newest first, and what came of it. The comments' words are not shown: they may be gone for a reason.</summary>
internal sealed class ShowOwnReports(IDatabaseEngine engine, ReaderSites sites, DeskPages pages)
{
    private const int Shown = 50;

    public static void Map(RouteGroupBuilder room) => room.MapGet("/reports/", (HttpContext http, ShowOwnReports action) => action.HandleAsync(http));

    private async Task<IResult> HandleAsync(HttpContext http)
    {
        var (ct, id, site) = (http.RequestAborted, CurrentPerson.Of(http)!.Id, await sites.OfAsync(http));
        var before = long.TryParse(http.Request.Query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var report) ? report : long.MaxValue;
        await using var db = engine.Open();
        var found = await db.CommentReports.Where(r => r.PersonId == id && r.Id < before).OrderByDescending(r => r.Id).Take(Shown + 1).Join(db.Comments, r => r.CommentId, c => c.Id, (r, c) => new { Report = r, c.ArticleId }).OrderByDescending(f => f.Report.Id).ToListAsync(ct);
        var articles = found.Select(f => f.ArticleId).Distinct().ToList();
        var rows = await db.Articles.Where(a => articles.Contains(a.Id)).AsRows(db).ToDictionaryAsync(a => a.Id, ct);
        var list = found.Take(Shown).Select(f => Of(site, f.Report, rows.GetValueOrDefault(f.ArticleId))).ToList();
        return await pages.ShowAsync<OwnReportsPage>(http, new OwnReportsPage.Content(list, found.Count > Shown ? string.Create(CultureInfo.InvariantCulture, $"/account/reports/?before={found[Shown - 1].Report.Id}") : null, before != long.MaxValue));
    }

    private static OwnReportsPage.Row Of(ReaderSite site, Data.Records.CommentReport report, ArticleRow? article)
    {
        var title = article is null ? "An article that is gone" : article.TitleText.Length > 0 ? article.TitleText : "Untitled";
        var date = PageViews.Date(site, report.At, site.Publication.Local(report.At));
        var state = report.IsUpheld switch { true => "The comment was taken down.", false => "The comment stays.", null when report.HandledAt is not null => "Its writer deleted it.", null => "Waits for a moderator." };
        return new OwnReportsPage.Row(title, article?.Status == ArticleStatus.Published ? site.Links.To(article) : null, ReportNames.Of(report.Reason), report.Note, date.Iso, date.Long, report.WantsAnswer && report.HandledAt is null ? $"{state} You will be mailed." : state);
    }
}
