using System.Collections.Concurrent;
using System.Diagnostics;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;

namespace Broadsheet.Web.Caching;

/// <summary>
/// The pages in memory, found by key, forgotten by tag. A page whose tags were evicted while it was being rendered is not kept,
/// and nobody who asks after an eviction is given a rendering begun before it.
/// </summary>
internal sealed class PageStore : ICommitObserver
{
    /// <summary>A soft-evicted page is rendered again at most so often.</summary>
    public static readonly TimeSpan SoftInterval = TimeSpan.FromSeconds(5);

    /// <summary>Everything is rendered anew after this long: the reply token in it is valid for 7 days.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromHours(6);

    private readonly ConcurrentDictionary<string, CachedPage> _pages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _keysByTag = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly long _maxBytes;
    private long _bytes;
    private long _generation;

    public PageStore(long maxBytes = 256L << 20) => _maxBytes = maxBytes;

    /// <summary>Grows with each hard eviction.</summary>
    public long Generation => Volatile.Read(ref _generation);

    public IEnumerable<CachedPage> Pages => _pages.Values;

    public CachedPage? Find(string key)
    {
        if (!_pages.TryGetValue(key, out var page)) return null;
        var now = Stopwatch.GetTimestamp();
        if (Stopwatch.GetElapsedTime(page.CreatedAt, now) > MaxAge) return null;
        page.UsedAt = now;
        return page;
    }

    /// <param name="generation"><see cref="Generation"/> from before the page's data was read.</param>
    public void Keep(string key, CachedPage page, long generation)
    {
        lock (_lock)
        {
            if (generation != _generation) return;
            Remove(key);
            _pages[key] = page;
            _bytes += page.Bytes;
            foreach (var tag in page.Tags)
            {
                if (!_keysByTag.TryGetValue(tag, out var keys)) _keysByTag[tag] = keys = new(StringComparer.Ordinal);
                keys.Add(key);
            }
            if (_bytes > _maxBytes) MakeRoom();
        }
    }

    /// <summary>A body in one more coding was made.</summary>
    public void Grew(int bytes) => Interlocked.Add(ref _bytes, bytes);

    public void Committed(IReadOnlyList<Eviction> evictions)
    {
        lock (_lock)
        {
            if (evictions.Any(e => e.Hard)) _generation++;
            foreach (var eviction in evictions)
            {
                if (!_keysByTag.TryGetValue(eviction.Tag, out var keys)) continue;
                if (eviction.Hard) foreach (var key in keys.ToArray()) Remove(key);
                else foreach (var key in keys) if (_pages.TryGetValue(key, out var page)) page.MarkStale();
            }
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _generation++;
            _pages.Clear();
            _keysByTag.Clear();
            _bytes = 0;
        }
    }

    private void Remove(string key)
    {
        if (!_pages.TryRemove(key, out var page)) return;
        _bytes -= page.Bytes;
        foreach (var tag in page.Tags)
            if (_keysByTag.TryGetValue(tag, out var keys) && keys.Remove(key) && keys.Count == 0) _keysByTag.Remove(tag);
    }

    /// <summary>The tenth of the pages that were used longest ago goes.</summary>
    private void MakeRoom()
    {
        var oldest = _pages.OrderBy(p => p.Value.UsedAt).Take(Math.Max(1, _pages.Count / 10)).Select(p => p.Key).ToList();
        foreach (var key in oldest) Remove(key);
        _bytes = Math.Max(0, _bytes);
    }
}
