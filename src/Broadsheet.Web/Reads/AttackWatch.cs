using System.Globalization;
using Broadsheet.Core.Screening;

namespace Broadsheet.Web.Reads;

/// <summary>
/// Whether a flood of comments lasts: it begins when newcomers send more within a minute than the publication takes for usual, and ends <see cref="Lasts"/> after they no longer do.
/// Each process watches for itself, by what came to all. Said once in the log when it begins and when it ends, and to moderators while it lasts.
/// </summary>
internal sealed partial class AttackWatch(TimeProvider clock, ILogger<AttackWatch> log) : IDisposable
{
    /// <summary>After the last minute that had too many.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(10);
    private static readonly WorkCheck Check = new();

    private readonly Lock _lock = new();
    private SlidingCount _count;
    private (DateTimeOffset At, int Rate) _everywhere;
    private DateTimeOffset? _until;
    private int _most;
    private ITimer? _timer;

    /// <summary>Asked of a newcomer's comment at this moment: a flood lasts, or the publication wishes it at all times.</summary>
    public bool AsksForWork(ScreeningRules rules) => IsOn(rules) || (rules.WorkAlways && rules.ModeOf(Check) != CheckMode.Off);

    /// <summary>One was turned away unread because all networks together sent too much.</summary>
    public void Count()
    {
        lock (_lock) _count = _count.Plus(clock.GetUtcNow(), Window);
    }

    /// <summary>A newcomer's comment came.</summary>
    /// <param name="everywhere">How many of them came within a minute, to all nodes.</param>
    public void Count(int everywhere)
    {
        Count();
        lock (_lock) _everywhere = (clock.GetUtcNow(), everywhere);
    }

    public bool IsOn(ScreeningRules rules)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (rules.ModeOf(Check) == CheckMode.Off) End();
            else if (RateAt(now) is var rate && rate > rules.WorkFrom) Go(now, rate);
            else if (_until <= now) End();
            return _until is not null;
        }
    }

    /// <summary>For moderators; null while no flood lasts.</summary>
    public string? Words(ScreeningRules rules) => !IsOn(rules) ? null : string.Create(
        CultureInfo.InvariantCulture, $"A flood: within a minute, more than {rules.WorkFrom} comments came from newcomers or were turned away unread. Until {Lasts.TotalMinutes:0} minutes after that is over, their browsers work out a sum; what comes without it {(rules.ModeOf(Check) == CheckMode.Act ? "waits for a moderator" : "is marked, and is judged as usual")}.");

    public void Dispose() => _timer?.Dispose();

    private void Go(DateTimeOffset now, int rate)
    {
        if (_until is null)
        {
            (_most, _timer) = (0, clock.CreateTimer(_ => Look(), null, Lasts, Timeout.InfiniteTimeSpan));
            Log.Began(log, rate);
        }
        (_until, _most) = (now + Lasts, Math.Max(_most, rate));
    }

    /// <summary>What was turned away unread only this process knows; what came elsewhere is as of the last that came here.</summary>
    private int RateAt(DateTimeOffset now) => Math.Max(_count.Within(now, Window), now - _everywhere.At < Recent ? _everywhere.Rate : 0);

    /// <summary>It ends, too, when nobody comes any more.</summary>
    private void Look()
    {
        lock (_lock)
            if (_until - clock.GetUtcNow() is { } left && left > TimeSpan.Zero) _timer?.Change(left, Timeout.InfiniteTimeSpan);
            else End();
    }

    private void End()
    {
        if (_until is null) return;
        _timer?.Dispose();
        (_until, _timer) = (null, null);
        Log.Ended(log, _most);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2003, Level = LogLevel.Warning, Message = "A flood of comments began: {Count} within a minute, of newcomers or turned away unread. Browsers are asked for a sum")]
        public static partial void Began(ILogger log, int count);

        [LoggerMessage(EventId = 2004, Level = LogLevel.Warning, Message = "The flood of comments is over: at most {Count} came within a minute")]
        public static partial void Ended(ILogger log, int count);
    }
}
