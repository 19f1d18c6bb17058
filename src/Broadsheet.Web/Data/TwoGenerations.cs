using System.Collections.Concurrent;

namespace Broadsheet.Web.Data;

/// <summary>A memory of bounded size in two generations: when the young one is full it becomes the old one, and what nobody asked for since goes.</summary>
/// <param name="most">What the values of one generation may weigh.</param>
/// <param name="weigh">The weight of one, in bytes or whatever <paramref name="most"/> counts.</param>
internal sealed class TwoGenerations<TKey, TValue>(long most, Func<TValue, long> weigh, IEqualityComparer<TKey>? equality = null) where TKey : notnull where TValue : class
{
    private readonly Lock _lock = new();
    private ConcurrentDictionary<TKey, TValue> _young = new(equality);
    private ConcurrentDictionary<TKey, TValue> _old = new(equality);
    private long _weight;

    /// <returns>Null for one that was not kept lately.</returns>
    public TValue? Find(TKey key)
    {
        if (_young.TryGetValue(key, out var found)) return found;
        if (!_old.TryGetValue(key, out found)) return null;
        Keep(key, found);
        return found;
    }

    /// <summary>In the place of what was kept by this key.</summary>
    public void Keep(TKey key, TValue value)
    {
        _young[key] = value;
        if (Interlocked.Add(ref _weight, weigh(value)) <= most) return;
        lock (_lock)
        {
            if (_weight <= most) return;
            (_old, _young) = (_young, new(equality));
            _weight = 0;
        }
    }
}
