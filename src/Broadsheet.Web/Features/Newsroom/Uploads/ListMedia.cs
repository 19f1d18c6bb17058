using System.Globalization;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;
using MediaFile = Broadsheet.Core.Publishing.Media;

namespace Broadsheet.Web.Features.Newsroom.Uploads;

/// <summary>The library: all files, newest first, searched and narrowed. Three statements, however many files there are.</summary>
internal sealed class ListMedia(IDatabaseEngine engine, DeskPages pages, UploadLimit limit)
{
    public const int PageSize = 60;

    public static void Map(RouteGroupBuilder room) => room.MapGet("/", (HttpContext http, ListMedia action) => action.ShowAsync(http, []));

    /// <param name="problems">What was wrong with files that were just sent.</param>
    public Task<IResult> ShowAsync(HttpContext http, IReadOnlyList<string> problems) => engine.ReadListsAsync(db => ShowAsync(http, problems, db), http.RequestAborted);

    private async Task<IResult> ShowAsync(HttpContext http, IReadOnlyList<string> problems, BroadsheetDb db)
    {
        var ct = http.RequestAborted;
        var filter = MediaFilter.Of(http.Request.Query);
        var months = await MediaFilter.OnShelf(db, isTrash: false).GroupBy(m => m.Month).Select(g => new { Month = g.Key, Count = g.Count() }).OrderByDescending(g => g.Month).ToListAsync(ct);
        var found = filter.Apply(db);
        var total = await found.CountAsync(ct);
        var rows = await found.OrderByDescending(m => m.ArticleId).Skip((filter.Page - 1) * PageSize).Take(PageSize).Join(db.Articles, m => m.ArticleId, a => a.Id, (m, a) => new { Media = m, a.TitleText })
            .OrderByDescending(r => r.Media.ArticleId).ToListAsync(ct);
        return await pages.ShowAsync<MediaPage>(http, new MediaPage.Content
        {
            Filter = filter,
            Months = [.. months.Where(m => m.Month > 0).Select(m => new MediaPage.MonthCount(m.Month, NameOf(m.Month), m.Count))],
            Total = total,
            MostMegabytes = limit.Bytes >> 20,
            Rows = [.. rows.Select(r => RowOf(r.Media, r.TitleText))],
            Newer = filter.Page > 1 ? filter.UrlOf(filter.Page - 1) : null,
            Older = filter.Page * PageSize < total ? filter.UrlOf(filter.Page + 1) : null,
            Problems = problems,
        }, problems.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private static MediaPage.Row RowOf(MediaFile media, string title) => new(
        media.ArticleId, title.Length > 0 ? title : Path.GetFileName(media.Path), MediaSnippet.Thumbnail(media), media.MimeType.Split('/')[^1].ToUpperInvariant(), media.IsPresent,
        media.Alt.Length > 0 || !media.MimeType.StartsWith("image/", StringComparison.Ordinal));

    private static string NameOf(int month) => new DateOnly(Math.Clamp(month / 100, 1, 9_999), Math.Clamp(month % 100, 1, 12), 1).ToString("MMMM yyyy", CultureInfo.InvariantCulture);
}
