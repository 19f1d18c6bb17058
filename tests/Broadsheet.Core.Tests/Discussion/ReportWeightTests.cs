using Broadsheet.Core.Discussion;

namespace Broadsheet.Core.Tests.Discussion;

public class ReportWeightTests
{
    [Fact]
    public void Who_was_right_counts_for_more_and_who_cries_wolf_for_little()
    {
        Assert.Equal(ReportWeight.Newcomer, ReportWeight.Of(0, 0));
        Assert.Equal(ReportWeight.Newcomer, ReportWeight.Of(5, 5));
        Assert.InRange(ReportWeight.Of(9, 0), 175, 199);
        Assert.InRange(ReportWeight.Of(0, 30), 1, 20);
        Assert.Equal(ReportWeight.Newcomer * 3 / 2, ReportWeight.OfTrusted(0, 0));
        Assert.True(ReportWeight.Of(0, int.MaxValue / 2) > 0);
    }
}
