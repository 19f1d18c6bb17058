using System.Collections.Concurrent;

namespace Broadsheet.Web.Data;

/// <summary>Counts in this process, until it ends: exactly, and in memory that is bounded for each kind by itself.</summary>
internal sealed class LocalCounts(TimeProvider clock) : ISharedCounts
{
    private readonly ConcurrentDictionary<string, KeyedTimes> _kinds = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SpentSerials> _spent = new(StringComparer.Ordinal);

    public ValueTask<Counted> AddAsync(CountKind kind, params CountKey[] keys) => ValueTask.FromResult(TimesOf(kind).Add(keys, clock.GetUtcNow().UtcTicks));

    public ValueTask TakeBackAsync(CountKind kind, string key)
    {
        TimesOf(kind).TakeBack(key);
        return ValueTask.CompletedTask;
    }

    public ValueTask ForgetAsync(CountKind kind, params string[] keys)
    {
        TimesOf(kind).Forget(keys);
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> SpendAsync(string kind, long serial, TimeSpan lasts) => ValueTask.FromResult(_spent.GetOrAdd(kind, static (_, time) => new SpentSerials(time), lasts).Spend(serial, clock.GetUtcNow()));

    private KeyedTimes TimesOf(CountKind kind) => _kinds.TryGetValue(kind.Name, out var times) ? times : _kinds.GetOrAdd(kind.Name, static (_, window) => new KeyedTimes(window.Ticks), kind.Window);

    /// <summary>When something came, by key.</summary>
    private sealed class KeyedTimes(long window)
    {
        /// <summary>Beyond so many keys within a window, all begin anew: better than running out of memory under an attack from everywhere.</summary>
        private const int MostKeys = 50_000;

        /// <summary>More of one key do not count.</summary>
        private const int MostTimes = 10_000;

        private readonly Dictionary<string, OrderedTimes> _times = new(StringComparer.Ordinal);
        private readonly Lock _lock = new();

        public Counted Add(CountKey[] keys, long now)
        {
            var counts = new int[keys.Length];
            lock (_lock)
            {
                if (_times.Count >= MostKeys) MakeRoom(now);
                var wait = 0L;
                for (var i = 0; i < keys.Length; i++)
                {
                    if (!_times.TryGetValue(keys[i].Key, out var times)) _times[keys[i].Key] = times = new OrderedTimes();
                    times.ForgetUpTo(now - window);
                    counts[i] = times.Count;
                    if (times.Count >= keys[i].Most) wait = Math.Max(wait, times.Oldest + window - now);
                }
                if (wait > 0) return new Counted(TimeSpan.FromTicks(wait), counts);
                for (var i = 0; i < keys.Length; i++) counts[i] = _times[keys[i].Key].Add(now, MostTimes);
            }
            return new Counted(null, counts);
        }

        public void TakeBack(string key)
        {
            lock (_lock)
                if (_times.TryGetValue(key, out var times)) times.TakeBack();
        }

        public void Forget(string[] keys)
        {
            lock (_lock)
                foreach (var key in keys) _times.Remove(key);
        }

        private void MakeRoom(long now)
        {
            foreach (var (key, times) in _times.ToList())
            {
                times.ForgetUpTo(now - window);
                if (times.Count == 0) _times.Remove(key);
            }
            if (_times.Count >= MostKeys) _times.Clear();
        }
    }

    /// <summary>Moments in the order in which they came. Most keys have one or two.</summary>
    private sealed class OrderedTimes
    {
        private readonly List<long> _times = new(1);
        private int _first;

        public int Count => _times.Count - _first;

        public long Oldest => _times[_first];

        public int Add(long now, int most)
        {
            if (Count >= most) _first++;
            if (_first > 16 && _first > _times.Count / 2)
            {
                _times.RemoveRange(0, _first);
                _first = 0;
            }
            _times.Add(now);
            return Count;
        }

        public void ForgetUpTo(long moment)
        {
            while (_first < _times.Count && _times[_first] <= moment) _first++;
        }

        public void TakeBack()
        {
            if (Count > 0) _times.RemoveAt(_times.Count - 1);
        }
    }
}
