using Broadsheet.Core.Screening;
using Broadsheet.Web.Reads;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Broadsheet.Web.Tests.Reads;

/// <summary>When a flood begins, how long it lasts, and what the log says.</summary>
public sealed class AttackWatchTests : IDisposable
{
    private static readonly ScreeningRules Rules = new(false, false, 0, [], []) { WorkFrom = 10, Modes = new Dictionary<string, CheckMode>(StringComparer.Ordinal) { ["work"] = CheckMode.Act } };

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
    private readonly Lines _log = new();
    private readonly AttackWatch _watch;

    public AttackWatchTests() => _watch = new AttackWatch(_clock, _log);

    public void Dispose() => _watch.Dispose();

    [Fact]
    public void A_flood_is_said_once_and_ends_though_nobody_comes()
    {
        Come(10);
        Assert.False(_watch.IsOn(Rules));
        Come(40);
        Assert.True(_watch.IsOn(Rules));
        _clock.Advance(TimeSpan.FromMinutes(9));
        Assert.True(_watch.IsOn(Rules));
        Assert.Contains("waits for a moderator", _watch.Words(Rules), StringComparison.Ordinal);

        // The timer alone: nobody asks.
        _clock.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal(["A flood of comments began: 50 within a minute, of newcomers or turned away unread. Browsers are asked for a sum", "The flood of comments is over: at most 50 came within a minute"], _log.Said);
        Assert.False(_watch.IsOn(Rules));
        Assert.Null(_watch.Words(Rules));
    }

    [Fact]
    public void It_lasts_as_long_as_they_come_and_ten_minutes()
    {
        for (var minute = 0; minute < 30; minute++)
        {
            Come(20);
            Assert.True(_watch.IsOn(Rules));
            _clock.Advance(TimeSpan.FromMinutes(1));
        }
        for (var minute = 0; minute < 8; minute++)
        {
            Come(2);
            Assert.True(_watch.IsOn(Rules));
            _clock.Advance(TimeSpan.FromMinutes(1));
        }
        _clock.Advance(TimeSpan.FromMinutes(4));

        Assert.False(_watch.IsOn(Rules));
        Assert.Equal(2, _log.Said.Count);
    }

    [Fact]
    public void It_ends_when_the_check_is_turned_off_and_does_not_begin_while_it_is()
    {
        Come(40);
        Assert.True(_watch.AsksForWork(Rules));

        Assert.False(_watch.AsksForWork(Rules with { Modes = new Dictionary<string, CheckMode>(StringComparer.Ordinal) }));
        Assert.False(_watch.AsksForWork(Rules with { Modes = new Dictionary<string, CheckMode>(StringComparer.Ordinal), WorkAlways = true }));

        Assert.Equal(2, _log.Said.Count);
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.False(_watch.AsksForWork(Rules));
        Assert.True(_watch.AsksForWork(Rules with { WorkAlways = true }));
    }

    private void Come(int count)
    {
        for (var i = 0; i < count; i++) _watch.Count();
    }

    private sealed class Lines : ILogger<AttackWatch>
    {
        public List<string> Said { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Said.Add(formatter(state, exception));
    }
}
