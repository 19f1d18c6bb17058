using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Compression;
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

    private static readonly TimeSpan UsedInterval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, CachedPage> _pages = new(StringComparer.Ordinal);
    private readonly TagIndex<string> _tags = new();
    private readonly EvictedTags _evicted = new();
    private readonly Lock _lock = new();
    private readonly long _maxBytes;
    private long _bytes;
    private long _generation;

    public PageStore(long maxBytes = 256L << 20) => _maxBytes = maxBytes;

    /// <summary>Grows with each commit that evicts something.</summary>
    public long Generation => Volatile.Read(ref _generation);

    /// <summary>What the pages are counted to take.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    public IEnumerable<CachedPage> Pages => _pages.Values;

    public CachedPage? Find(string key)
    {
        if (!_pages.TryGetValue(key, out var page)) return null;
        var now = Stopwatch.GetTimestamp();
        if (Stopwatch.GetElapsedTime(page.CreatedAt, now) > MaxAge) return null;
        // Written seldom: all cores read the page, and each write would take it from their caches.
        if (Stopwatch.GetElapsedTime(page.UsedAt, now) > UsedInterval) page.UsedAt = now;
        return page;
    }

    /// <param name="generation"><see cref="Generation"/> from before the page's data was read.</param>
    public void Keep(string key, CachedPage page, long generation)
    {
        lock (_lock)
        {
            if (!_evicted.IsFresh(page.Tags, generation) || page.Bytes > _maxBytes / 4) return;
            if (_evicted.IsStale(page.Tags, generation)) page.MarkStale();
            Remove(key);
            _pages[key] = page;
            _tags.Add(key, page.Tags);
            Count(page, page.Bytes + 2L * key.Length);
        }
    }

    /// <summary>None of the page's words were changed since.</summary>
    /// <param name="generation"><see cref="Generation"/> from before the page's data was read.</param>
    public bool IsFresh(CachedPage page, long generation)
    {
        lock (_lock) return _evicted.IsFresh(page.Tags, generation);
    }

    /// <summary>Made once, by the first who takes it so; others who ask meanwhile wait for it.</summary>
    public byte[] GzipOf(CachedPage page)
    {
        lock (page.Making)
        {
            if (page.Gzip is { } made) return made;
            using var output = new MemoryStream(page.Identity.Length / 3);
            using (var gzip = new GZipStream(output, CompressionLevel.Fastest)) gzip.Write(page.Identity);
            page.Gzip = output.ToArray();
        }
        Grew(page, page.Gzip.Length);
        return page.Gzip;
    }

    /// <summary>A body in one more coding was made.</summary>
    public void Grew(CachedPage page, int bytes)
    {
        lock (_lock)
            if (page.Counted > 0) Count(page, page.Counted + bytes);
    }

    public void Committed(IReadOnlyList<Eviction> evictions)
    {
        lock (_lock)
        {
            var generation = _generation + 1;
            Volatile.Write(ref _generation, generation);
            foreach (var eviction in evictions)
            {
                _evicted.Add(eviction, generation);
                foreach (var key in _tags.Under(eviction.Tag))
                    if (eviction.Hard) Remove(key);
                    else if (_pages.TryGetValue(key, out var page)) page.MarkStale();
            }
        }
    }

    public void Missed()
    {
        lock (_lock)
        {
            Volatile.Write(ref _generation, _generation + 1);
            _evicted.Forget(_generation);
            foreach (var page in _pages.Values) page.Counted = 0;
            _pages.Clear();
            _tags.Clear();
            _bytes = 0;
        }
    }

    private void Count(CachedPage page, long bytes)
    {
        _bytes += bytes - page.Counted;
        page.Counted = bytes;
        if (_bytes > _maxBytes) MakeRoom();
    }

    private void Remove(string key)
    {
        if (!_pages.TryRemove(key, out var page)) return;
        _bytes -= page.Counted;
        page.Counted = 0;
        _tags.Remove(key, page.Tags);
    }

    /// <summary>The pages that were used longest ago go, until a tenth is free.</summary>
    private void MakeRoom()
    {
        var room = _maxBytes / 10 * 9;
        foreach (var (key, _) in _pages.OrderBy(p => Math.Max(p.Value.UsedAt, p.Value.CreatedAt)).ToList())
        {
            if (_bytes <= room) return;
            Remove(key);
        }
    }
}
