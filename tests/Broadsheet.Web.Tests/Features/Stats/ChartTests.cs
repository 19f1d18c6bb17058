using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Features.Stats;

namespace Broadsheet.Web.Tests.Features.Stats;

public sealed class ChartTests
{
    private static readonly int Today = new DateOnly(2026, 3, 15).DayNumber;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(4, 1)]
    [InlineData(7, 1)]
    [InlineData(9, 2)]
    [InlineData(37, 5)]
    [InlineData(100, 20)]
    [InlineData(123_456, 20_000)]
    public void Lines_stand_at_round_numbers(long most, long step)
    {
        Assert.Equal(step, Chart.NiceStep(most));
        Assert.InRange(most / (double)step, 0, 10);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("30", 30)]
    [InlineData("nonsense", 30)]
    [InlineData("90", 90)]
    [InlineData("364", 52)]
    public void Every_day_or_week_has_its_column_those_too_on_which_nothing_happened(string days, int columns)
    {
        var range = StatRange.Read(days, Today);
        StatRow[] rows = [new() { Day = Today, Views = 5, Visits = 2 }, new() { Day = range.From, Views = 3, Visits = 3 }, new() { Day = range.From - 1, Views = 100 }];
        var points = range.Points(rows);
        Assert.Equal(columns, points.Count);
        Assert.Equal(3, points[0].Views);
        Assert.Equal(5, points[^1].Views);
        Assert.Equal(8, points.Sum(p => p.Views));
        Assert.Equal(columns, Chart.Of(points).Columns.Count);
    }

    [Fact]
    public void All_there_is_stands_by_months()
    {
        var points = StatRange.Read("0", Today).Points([new() { Day = new DateOnly(2025, 11, 1).DayNumber, Views = 4 }, new() { Day = Today, Views = 1 }]);
        Assert.Equal(["November 2025", "December 2025", "January 2026", "February 2026", "March 2026"], points.Select(p => p.Name));
        Assert.Equal([4, 0, 0, 0, 1], points.Select(p => p.Views));
    }
}
