using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Adds to what was counted, and folds what is old.</summary>
internal static class StatLedger
{
    /// <summary>Days that are kept one by one.</summary>
    public const int DaysKept = 400;

    private const string Upsert = """
        INSERT INTO stats (kind, day, article_id, key, views, visits, reads, seconds) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (kind, day, article_id, key) DO UPDATE SET views = stats.views + excluded.views, visits = stats.visits + excluded.visits, reads = stats.reads + excluded.reads, seconds = stats.seconds + excluded.seconds
        """;

    public static void Add(WriteScope scope, StatRow row) => scope.Later(Upsert, (int)row.Kind, row.Day, row.ArticleId, row.Key, row.Views, row.Visits, row.Reads, row.Seconds);

    public static void CountLike(WriteScope scope, Publication publication, long articleId, int by) =>
        Add(scope, new StatRow { Kind = StatKind.Like, Day = Today(publication, scope.Now), ArticleId = articleId, Views = by });

    public static int Today(Publication publication, DateTimeOffset now) => DateOnly.FromDateTime(publication.Local(now)).DayNumber;

    /// <summary>Of one month that is over for long, all days become one row each of what they count.</summary>
    /// <returns>Whether there was such a month; there may be another.</returns>
    public static async Task<bool> FoldAsync(WriteScope scope, int today, CancellationToken ct)
    {
        var oldest = DateOnly.FromDayNumber(today - DaysKept);
        var until = new DateOnly(oldest.Year, oldest.Month, 1).DayNumber;
        // What has been folded lies on the first of its month.
        var firsts = Enumerable.Range(1, 12 * 30).Select(n => DateOnly.FromDayNumber(until).AddMonths(-n).DayNumber).ToArray();
        if (await scope.Db.Stats.Where(s => s.Day < until && !firsts.Contains(s.Day)).OrderBy(s => s.Day).Select(s => (int?)s.Day).FirstOrDefaultAsync(ct) is not { } day) return false;
        var month = DateOnly.FromDayNumber(day);
        var (from, next) = (new DateOnly(month.Year, month.Month, 1).DayNumber, new DateOnly(month.Year, month.Month, 1).AddMonths(1).DayNumber);
        var rows = scope.Db.Stats.Where(s => s.Day >= from && s.Day < next);
        var sums = await rows.GroupBy(s => new { s.Kind, s.ArticleId, s.Key })
            .Select(g => new StatRow { Kind = g.Key.Kind, Day = from, ArticleId = g.Key.ArticleId, Key = g.Key.Key, Views = g.Sum(s => s.Views), Visits = g.Sum(s => s.Visits), Reads = g.Sum(s => s.Reads), Seconds = g.Sum(s => s.Seconds) }).ToListAsync(ct);
        await rows.ExecuteDeleteAsync(ct);
        foreach (var sum in sums) Add(scope, sum);
        return true;
    }
}
