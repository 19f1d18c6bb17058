namespace Broadsheet.Core.Curation;

/// <summary>When an outlet is asked again: as often as it publishes, within <see cref="Soonest"/> and <see cref="Latest"/>.</summary>
public static class PollPlan
{
    public static readonly TimeSpan Soonest = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan Latest = TimeSpan.FromHours(24);

    /// <summary>What the outlet itself asks for (<c>Retry-After</c>) is kept up to here.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromDays(7);

    private const int Looked = 10;

    /// <summary>
    /// Half the usual time between an outlet's last stories, but not more often than its feed allows; an hour where there is nothing to tell by.
    /// An outlet that has been silent is asked more rarely, as long as it is silent.
    /// </summary>
    /// <param name="rest">What the feed asks for; null when it says nothing.</param>
    public static TimeSpan Cadence(IEnumerable<DateTimeOffset> published, TimeSpan? rest, DateTimeOffset now)
    {
        var latest = published.Where(p => p <= now).OrderDescending().Take(Looked).ToList();
        var usual = latest.Count < 2 ? TimeSpan.FromHours(1) : (latest[0] - latest[^1]) / (latest.Count - 1) / 2;
        var silent = latest.Count == 0 ? TimeSpan.Zero : (now - latest[0]) / Looked;
        return Within(Max(Max(usual, silent), rest ?? TimeSpan.Zero));
    }

    /// <param name="interval">What an editor has set, else <see cref="Cadence"/>.</param>
    /// <param name="failures">How often in a row it has failed: each doubles the wait.</param>
    /// <param name="asked">What the outlet asked for just now; null for nothing.</param>
    /// <param name="chance">0 to 1: spreads outlets, a tenth to either side, so that they are not all asked at one moment.</param>
    public static TimeSpan Next(TimeSpan interval, int failures, TimeSpan? asked, double chance)
    {
        var wait = Within(interval);
        if (failures > 0) wait = Within(Max(wait, Soonest * Math.Pow(2, Math.Min(failures, 10) - 1)));
        wait = Max(wait, TimeSpan.FromTicks(Math.Min((asked ?? TimeSpan.Zero).Ticks, LongestWait.Ticks)));
        return wait * (0.9 + 0.2 * chance);
    }

    private static TimeSpan Within(TimeSpan wait) => wait < Soonest ? Soonest : wait > Latest ? Latest : wait;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
