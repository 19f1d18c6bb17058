using System.Collections.Concurrent;

namespace Broadsheet.Web.MediaStore;

/// <summary>What was lately said of files, so that a file many look at is asked about once in a while, and by one of them.</summary>
internal sealed class BucketMemory(TimeProvider clock)
{
    /// <summary>So long an answer counts, also that there is no such file.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(10);

    private const int Most = 10_000;

    private readonly ConcurrentDictionary<string, (StoredFile? File, DateTimeOffset At)> _found = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (StoredFile? File, DateTimeOffset At)> _none = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<StoredFile?>>> _asking = new(StringComparer.Ordinal);

    /// <param name="ask">Where nothing is remembered, or for too long. Where it finds the bucket away, what was said before counts on.</param>
    public async Task<StoredFile?> FindAsync(string name, Func<Task<StoredFile?>> ask, CancellationToken ct)
    {
        var isKnown = _found.TryGetValue(name, out var known) || _none.TryGetValue(name, out known);
        if (isKnown && clock.GetUtcNow() - known.At < Lasts) return known.File;
        try
        {
            return await _asking.GetOrAdd(name, n => Question(n, ask)).Value.WaitAsync(ct);
        }
        catch (MediaAwayException) when (isKnown)
        {
            return known.File;
        }
    }

    /// <summary>This node has changed the file, or tried to: what was said counts no more, but while the bucket is away, and what is just being asked not at all.</summary>
    /// <param name="isChanged">It surely has: what was said does not count while the bucket is away, either.</param>
    public void Forget(string name, bool isChanged = false)
    {
        _asking.TryRemove(name, out _);
        if (isChanged) _found.TryRemove(name, out _);
        else if (_found.TryGetValue(name, out var known)) _found[name] = (known.File, DateTimeOffset.MinValue);
        _none.TryRemove(name, out _);
    }

    /// <summary>This node has taken the file out: that counts as if the bucket had said so, also while it is away.</summary>
    public void Gone(string name)
    {
        if (_none.Count >= Most) _none.Clear();
        _found.TryRemove(name, out _);
        _none[name] = (null, clock.GetUtcNow());
    }

    private Lazy<Task<StoredFile?>> Question(string name, Func<Task<StoredFile?>> ask)
    {
        Lazy<Task<StoredFile?>> mine = null!;
        return mine = new(() => AskAsync(name, ask, mine));
    }

    private async Task<StoredFile?> AskAsync(string name, Func<Task<StoredFile?>> ask, Lazy<Task<StoredFile?>> mine)
    {
        var began = clock.GetUtcNow();
        try
        {
            var file = await ask();
            // Only while nobody has changed the file since.
            if (!ReferenceEquals(_asking.GetValueOrDefault(name), mine)) return file;
            if (_found.Count >= Most) _found.Clear();
            if (_none.Count >= Most) _none.Clear();
            (file is null ? _found : _none).TryRemove(name, out _);
            (file is null ? _none : _found)[name] = (file, began);
            return file;
        }
        finally
        {
            _asking.TryRemove(new KeyValuePair<string, Lazy<Task<StoredFile?>>>(name, mine));
        }
    }
}
