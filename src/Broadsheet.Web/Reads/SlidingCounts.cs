namespace Broadsheet.Web.Reads;

/// <summary>Many <see cref="SlidingCount"/>s by key, in memory that is bounded: beyond <see cref="Most"/> keys within two windows all begin anew.</summary>
internal sealed class SlidingCounts(TimeSpan window, TimeProvider clock)
{
    private const int Most = 50_000;

    private readonly Dictionary<string, SlidingCount> _counts = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <returns>How many there were within the window, this one among them.</returns>
    public int Add(string key)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            if (_counts.Count >= Most)
                foreach (var old in _counts.Where(c => c.Value.IsOver(now, window)).Select(c => c.Key).ToList()) _counts.Remove(old);
            if (_counts.Count >= Most) _counts.Clear();
            var count = _counts.GetValueOrDefault(key).Plus(now, window);
            _counts[key] = count;
            return count.Within(now, window);
        }
    }

    /// <summary>One that was added does not count after all.</summary>
    public void TakeBack(string key)
    {
        lock (_lock)
            if (_counts.TryGetValue(key, out var count) && count.Now > 0) _counts[key] = count with { Now = count.Now - 1 };
    }
}
