using System.Globalization;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Newsroom.Corrections;

/// <summary>What readers say is wrong in articles: what waits, and what was answered.</summary>
internal sealed class ShowCorrections(IDatabaseEngine engine, ReaderSites sites, DeskPages pages)
{
    public const string Page = "/newsroom/corrections/";
    private const int PageSize = 30;

    public static void Map(RouteGroupBuilder room) => room.MapGet("/", (HttpContext http, ShowCorrections action) => action.ShowAsync(http));

    /// <param name="wish">What was typed into a form that must be mended; null for none.</param>
    public async Task<IResult> ShowAsync(HttpContext http, CorrectionsPage.Wish? wish = null)
    {
        var (ct, person) = (http.RequestAborted, CurrentPerson.Of(http)!);
        var isOpen = wish is not null || http.Request.Query["show"] != "answered";
        // What must be mended stands first, however old it is.
        var before = wish is not null ? wish.Id + 1 : long.TryParse(http.Request.Query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 0;
        var site = await sites.OfAsync(http);
        await using var db = engine.Open();
        var requests = AskedCorrections.For(db, person, db.CorrectionRequests.Where(r => isOpen ? r.State == CorrectionState.Open : r.State != CorrectionState.Open));
        if (before > 0) requests = requests.Where(r => r.Id < before);
        var found = await requests.OrderByDescending(r => r.Id).Take(PageSize + 1).LeftJoin(db.Users, r => r.ClosedById, p => p.Id, (r, p) => new { Request = r, By = p == null ? null : p.DisplayName }).ToListAsync(ct);
        long[] ids = [.. found.Select(f => f.Request.ArticleId).Distinct()];
        var articles = await db.Articles.Where(a => ids.Contains(a.Id)).AsRows(db).ToDictionaryAsync(a => a.Id, ct);
        var rows = found.Take(PageSize).Select(f => Row(site, f.Request, f.By, articles[f.Request.ArticleId])).ToList();
        return await pages.ShowAsync<CorrectionsPage>(http, new CorrectionsPage.Content
        {
            IsOpen = isOpen,
            Rows = rows,
            Wished = wish,
            Older = found.Count > PageSize ? string.Create(CultureInfo.InvariantCulture, $"{Page}?show={(isOpen ? "open" : "answered")}&before={rows[^1].Id}") : null,
        }, wish is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static CorrectionsPage.Row Row(ReaderSite site, CorrectionRequest r, string? by, ArticleRow article)
    {
        var change = article.Changes?.LastOrDefault(c => c.At >= r.At);
        return new CorrectionsPage.Row
        {
            Id = r.Id,
            Title = article.TitleText.Length > 0 ? article.TitleText : "Untitled",
            ArticleUrl = site.Links.To(article),
            EditUrl = string.Create(CultureInfo.InvariantCulture, $"/newsroom/articles/{article.Id}/"),
            When = DeskTime.Of(site.Publication, r.At),
            Words = r.Words,
            Name = r.Name,
            Email = r.Email,
            Since = change is null ? null : $"{(change.Kind == Core.Publishing.ChangeKind.Correction ? "Corrected" : "Updated")} since, {DeskTime.Of(site.Publication, change.At)}: {change.Note}",
            Closed = r.ClosedAt is { } at ? $"{(r.State == CorrectionState.Corrected ? "Corrected" : "Left as it is")}, {by ?? "somebody who is gone"}, {DeskTime.Of(site.Publication, at)}" : null,
            Answer = r.Answer,
        };
    }
}
