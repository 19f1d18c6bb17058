using Broadsheet.Core.Curation;

namespace Broadsheet.Core.Tests.Curation;

public sealed class PollPlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Follows_how_often_an_outlet_publishes()
    {
        Assert.Equal(TimeSpan.FromHours(2), PollPlan.Cadence(Every(TimeSpan.FromHours(4)), null, Now));
        Assert.Equal(PollPlan.Soonest, PollPlan.Cadence(Every(TimeSpan.FromMinutes(3)), null, Now));
        Assert.Equal(PollPlan.Latest, PollPlan.Cadence(Every(TimeSpan.FromDays(9)), null, Now));
        Assert.Equal(TimeSpan.FromHours(1), PollPlan.Cadence([], null, Now));
    }

    [Fact]
    public void Does_not_ask_more_often_than_the_feed_allows() =>
        Assert.Equal(TimeSpan.FromHours(6), PollPlan.Cadence(Every(TimeSpan.FromHours(1)), TimeSpan.FromHours(6), Now));

    [Fact]
    public void Asks_a_silent_outlet_more_rarely() =>
        Assert.Equal(TimeSpan.FromHours(12), PollPlan.Cadence(Every(TimeSpan.FromHours(1)), null, Now + TimeSpan.FromHours(120)));

    [Theory]
    [InlineData(0, null, 60)]
    [InlineData(1, null, 60)]
    [InlineData(4, null, 120)]
    [InlineData(30, null, 1440)]
    [InlineData(0, 600, 600)]
    [InlineData(0, 999999, 10080)]
    public void Waits_longer_after_failures_and_where_it_is_asked_to(int failures, int? asked, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), PollPlan.Next(TimeSpan.FromHours(1), failures, asked is { } a ? TimeSpan.FromMinutes(a) : null, 0.5));

    [Fact]
    public void Outlets_are_spread()
    {
        Assert.Equal(TimeSpan.FromMinutes(54), PollPlan.Next(TimeSpan.FromHours(1), 0, null, 0));
        Assert.Equal(TimeSpan.FromMinutes(66), PollPlan.Next(TimeSpan.FromHours(1), 0, null, 1));
    }

    private static IEnumerable<DateTimeOffset> Every(TimeSpan gap) => Enumerable.Range(0, 20).Select(i => Now - gap * i);
}
