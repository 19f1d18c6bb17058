namespace Broadsheet.Web.Hosting;

/// <summary>
/// How fast each network may do something (the generic cell rate algorithm, ITU-T I.371), in memory that is taken once and never grows: a network has a
/// place in each of two tables, and is too quick where both say so. Two networks that share one place seldom share both.
/// </summary>
/// <param name="perSecond">In the long run.</param>
/// <param name="burst">At once, after a pause.</param>
internal sealed class NetworkBuckets(double perSecond, int burst, TimeProvider clock)
{
    private const int Places = 1 << 16;

    /// <summary>When each place would be empty again, in ticks.</summary>
    private readonly long[] _one = new long[Places];
    private readonly long[] _other = new long[Places];
    private readonly CellRate _rate = new(perSecond, burst);

    /// <returns>Null: go on. Else how long to wait.</returns>
    public TimeSpan? Take(string network)
    {
        // Seeded anew in each process: nobody can choose whose place they share.
        var hash = network.GetHashCode(StringComparison.Ordinal);
        var now = clock.GetUtcNow().Ticks;
        var (one, other) = (_rate.Take(ref _one[hash & (Places - 1)], now), _rate.Take(ref _other[(hash >>> 16) & (Places - 1)], now));
        return one is null || other is null ? null : one < other ? one : other;
    }
}

/// <summary>The rule itself, for one place.</summary>
internal readonly struct CellRate(double perSecond, int burst)
{
    private readonly long _interval = (long)(TimeSpan.TicksPerSecond / perSecond);
    private readonly long _tolerance = (long)(TimeSpan.TicksPerSecond / perSecond * (burst - 1));

    /// <param name="due">When the place would be empty again; moved on where it is taken.</param>
    public TimeSpan? Take(ref long due, long now)
    {
        while (true)
        {
            var seen = Volatile.Read(ref due);
            var from = Math.Max(seen, now);
            if (from - now > _tolerance) return TimeSpan.FromTicks(from - now - _tolerance);
            if (Interlocked.CompareExchange(ref due, from + _interval, seen) == seen) return null;
        }
    }
}
