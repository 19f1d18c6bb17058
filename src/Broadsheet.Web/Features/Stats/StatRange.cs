using System.Globalization;
using Broadsheet.Web.Data.Records;

namespace Broadsheet.Web.Features.Stats;

/// <summary>Which days are looked at, and how they are drawn together: by day, week or month.</summary>
/// <param name="Days">0 for all there are; a year is 52 whole weeks.</param>
internal sealed record StatRange(int Days, string Name, int Today)
{
    private static readonly (int Days, string Name)[] Choices = [(7, "7 days"), (30, "30 days"), (90, "90 days"), (364, "A year"), (0, "All")];

    public static IReadOnlyList<(int Days, string Name)> All => Choices;

    /// <summary>The first day of it.</summary>
    public int From => Days == 0 ? 0 : Today - Days + 1;

    /// <summary>The first day of as long a time before it; null where there is none to compare with.</summary>
    public int? Before => Days == 0 ? null : From - Days;

    public static StatRange Read(string? days, int today)
    {
        var chosen = Array.Find(Choices, c => c.Days.ToString(CultureInfo.InvariantCulture) == days);
        return chosen.Name is null ? new StatRange(30, "30 days", today) : new StatRange(chosen.Days, chosen.Name, today);
    }

    /// <summary>Every day, week or month of it, those too on which nothing happened.</summary>
    public IReadOnlyList<Chart.Point> Points(IReadOnlyCollection<StatRow> rows)
    {
        var first = Days > 0 ? From : rows.Count == 0 ? Today : rows.Min(r => r.Day);
        var byStart = rows.Where(r => r.Day >= first).GroupBy(r => StartOf(r.Day)).ToDictionary(g => g.Key, g => g.ToList());
        var points = new List<Chart.Point>();
        for (var start = StartOf(first); start <= Today; start = Next(start))
        {
            var here = byStart.GetValueOrDefault(start) ?? [];
            points.Add(new Chart.Point(NameOf(start), ShortOf(start), here.Sum(r => (long)r.Views), here.Sum(r => (long)r.Visits), here.Sum(r => (long)r.Reads), here.Sum(r => r.Seconds)));
        }
        return points;
    }

    private int StartOf(int day)
    {
        if (Days == 0) return new DateOnly(DateOnly.FromDayNumber(day).Year, DateOnly.FromDayNumber(day).Month, 1).DayNumber;
        // Weeks end today, so that the last one is whole.
        return Days > 92 ? Today - ((Today - day) / 7 * 7) - 6 : day;
    }

    private int Next(int start) => Days == 0 ? DateOnly.FromDayNumber(start).AddMonths(1).DayNumber : start + (Days > 92 ? 7 : 1);

    private string NameOf(int start)
    {
        var day = DateOnly.FromDayNumber(start);
        if (Days == 0) return day.ToString("MMMM yyyy", CultureInfo.InvariantCulture);
        return Days > 92 ? $"{Day(day)} to {Day(day.AddDays(6))}" : day.ToString("ddd, d MMM yyyy", CultureInfo.InvariantCulture);
    }

    private string ShortOf(int start) => DateOnly.FromDayNumber(start).ToString(Days == 0 ? "MMM yy" : "d MMM", CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
