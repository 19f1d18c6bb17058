using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;

namespace Broadsheet.Web.Caching;

/// <summary>
/// Under which eviction's id each tag was last evicted, as the database's rows say it. By it a page that another node rendered is known to be fresh, whoever kept it
/// meanwhile. The first of the observers: what any of them has forgotten, this knows of.
/// </summary>
/// <param name="isKept">No other node's page is ever looked at: nothing is remembered.</param>
internal sealed class EvictionLog(bool isKept) : ICommitObserver
{
    /// <summary>As many tags are remembered; then all are forgotten, and pages from before are not known to be fresh.</summary>
    private const int Limit = 20_000;

    private readonly Dictionary<string, long> _last = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Of evictions up to this id nothing is known.</summary>
    private long _floor = long.MaxValue;

    /// <summary>Up to here tags were forgotten for want of room.</summary>
    private long _dropped;

    private long _highest;

    public bool IsKept => isKept;

    public void Committed(IReadOnlyList<Eviction> evictions)
    {
        if (!isKept) return;
        lock (_lock)
            foreach (var eviction in evictions)
            {
                if (_last.Count >= Limit)
                {
                    _last.Clear();
                    _dropped = Math.Max(_dropped, _highest);
                    _floor = Math.Max(_floor, _highest);
                }
                _highest = Math.Max(_highest, eviction.Id);
                _last[eviction.Tag] = Math.Max(_last.GetValueOrDefault(eviction.Tag), eviction.Id);
            }
    }

    public void Missed()
    {
        lock (_lock)
        {
            _last.Clear();
            _floor = long.MaxValue;
        }
    }

    /// <summary>After rows were missed: from here on, all are known.</summary>
    /// <param name="floor">Every row above it was told since.</param>
    public void Begin(long floor)
    {
        lock (_lock)
        {
            if (_floor == long.MaxValue) _floor = Math.Max(floor, _dropped);
            _highest = Math.Max(_highest, floor);
        }
    }

    /// <summary>Nothing under the tags, words or counts, has changed since.</summary>
    /// <param name="position">Every eviction up to this id was committed before the page's data was read (<see cref="EvictionPosition"/>).</param>
    public bool IsFresh(string[] tags, long position)
    {
        lock (_lock) return position >= _floor && position <= _highest && !Array.Exists(tags, t => _last.TryGetValue(t, out var last) && last > position);
    }
}
