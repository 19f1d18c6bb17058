using System.Globalization;
using System.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Stats;

/// <summary>What was read, of the whole publication or of one article: as a page that prints, and as tables for a spreadsheet.</summary>
internal sealed class ShowStats(IDatabaseEngine engine, PublicationStore publications, DeskPages pages, Countries countries, TimeProvider clock)
{
    public const string Page = "/newsroom/statistics/";
    private const int Shown = 15;
    private const int MostInTable = 10_000;

    public static void Map(RouteGroupBuilder room)
    {
        room.MapGet("/", (HttpContext http, ShowStats action) => action.ReadAsync(http, action.ShowAsync));
        room.MapGet("/table.csv", (HttpContext http, ShowStats action) => action.ReadAsync(http, action.TableAsync));
    }

    private Task<IResult> ReadAsync(HttpContext http, Func<HttpContext, BroadsheetDb, Task<IResult>> show) => engine.ReadListsAsync(db => show(http, db), http.RequestAborted);

    private async Task<IResult> ShowAsync(HttpContext http, BroadsheetDb db)
    {
        var ct = http.RequestAborted;
        var (publication, article) = (await publications.GetAsync(ct), DiscussionFinder.Id(http.Request.Query["article"]));
        var range = StatRange.Read(http.Request.Query["days"], StatLedger.Today(publication, clock.GetUtcNow()));
        var title = article is null ? null : await db.Articles.Where(a => a.Id == article).Select(a => a.TitleText).FirstOrDefaultAsync(ct);
        if (article is not null && title is null) return await pages.SayAsync(http, StatusCodes.Status404NotFound, "This article is not here any more", "It may have been deleted.", Page, "All statistics");
        var reader = new StatReader(db, range, article);
        var rows = await reader.DaysAsync(ct);
        var (now, before) = (rows.Where(r => r.Day >= range.From).ToList(), rows.Where(r => r.Day < range.From).ToList());
        var doings = await reader.DoingsAsync(publication, ct);
        var points = range.Points(now);
        return await pages.ShowAsync<StatsPage>(http, new StatsPage.Content
        {
            Range = range,
            ArticleId = article,
            ArticleTitle = title is { Length: 0 } ? "Untitled" : title,
            Counts = publication.CountsViews,
            Views = Compared(Sum(now, r => r.Views), Sum(before, r => r.Views), range),
            Visits = Compared(Sum(now, r => r.Visits), Sum(before, r => r.Visits), range),
            ReadingTime = Time(Sum(now, r => r.Seconds), Sum(now, r => r.Reads)),
            Doings = doings,
            Points = points,
            Drawn = Chart.Of(points),
            Articles = article is null ? [.. (await reader.ArticlesAsync(Shown, ct)).Select(a => new StatsPage.ArticleLine(a.Id, a.Title, a.Views, Time(a.Seconds, a.Reads)))] : [],
            Sources = await reader.NamedAsync(StatKind.Source, Shown, ct),
            Pages = article is null ? await reader.NamedAsync(StatKind.Page, Shown, ct) : [],
            Searches = article is null ? await reader.NamedAsync(StatKind.Search, Shown, ct) : [],
            Countries = article is null && countries.AreKnown ? await reader.NamedAsync(StatKind.Country, Shown, ct) : [],
        });
    }

    private async Task<IResult> TableAsync(HttpContext http, BroadsheetDb db)
    {
        var ct = http.RequestAborted;
        var (publication, article) = (await publications.GetAsync(ct), DiscussionFinder.Id(http.Request.Query["article"]));
        var range = StatRange.Read(http.Request.Query["days"], StatLedger.Today(publication, clock.GetUtcNow()));
        var reader = new StatReader(db, range, article);
        var what = http.Request.Query["what"].ToString();
        var text = new StringBuilder();
        switch (what)
        {
            case "articles":
                text.Append("article,headline,views,views_with_time,seconds\r\n");
                foreach (var a in await reader.ArticlesAsync(MostInTable, ct)) text.Append(CultureInfo.InvariantCulture, $"{a.Id},{Csv.Field(a.Title)},{a.Views},{a.Reads},{a.Seconds}\r\n");
                break;
            case "sources" or "pages" or "searches" or "countries":
                var kind = what switch { "sources" => StatKind.Source, "pages" => StatKind.Page, "searches" => StatKind.Search, _ => StatKind.Country };
                text.Append(CultureInfo.InvariantCulture, $"{what},views\r\n");
                foreach (var n in await reader.NamedAsync(kind, MostInTable, ct)) text.Append(CultureInfo.InvariantCulture, $"{Csv.Field(n.Key)},{n.Views}\r\n");
                break;
            default:
                what = "days";
                text.Append("day,views,visits,views_with_time,seconds\r\n");
                foreach (var r in (await reader.DaysAsync(ct)).Where(r => r.Day >= range.From).OrderBy(r => r.Day)) text.Append(CultureInfo.InvariantCulture, $"{DateOnly.FromDayNumber(r.Day):yyyy-MM-dd},{r.Views},{r.Visits},{r.Reads},{r.Seconds}\r\n");
                break;
        }
        return TypedResults.File(Encoding.UTF8.GetBytes(text.ToString()), "text/csv; charset=utf-8", $"{what}.csv");
    }

    private static long Sum(List<StatRow> rows, Func<StatRow, long> of) => rows.Sum(of);

    private static StatsPage.Figure Compared(long now, long before, StatRange range) =>
        new(Chart.Count(now), range.Before is null || before == 0 ? "" : now == before ? "as before" : $"{(now > before ? "+" : "−")}{Math.Abs(now - before) * 100.0 / before:0} % beside the {range.Name} before");

    /// <summary>A reader's look on average.</summary>
    private static string Time(long seconds, long reads)
    {
        if (reads == 0) return "–";
        var average = (int)Math.Round((double)seconds / reads);
        return average < 60 ? $"{average} s" : $"{average / 60} min {average % 60:00} s";
    }
}
