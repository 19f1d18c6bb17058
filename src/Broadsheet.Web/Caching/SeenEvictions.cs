using System.Collections.Concurrent;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;

namespace Broadsheet.Web.Caching;

/// <summary>The evictions that this process has carried out: its own as they commit, others' as they are read.</summary>
internal sealed class SeenEvictions : ICommitObserver
{
    private readonly ConcurrentDictionary<long, DateTimeOffset> _seen = new();

    public void Committed(IReadOnlyList<Eviction> evictions)
    {
        foreach (var eviction in evictions) _seen[eviction.Id] = eviction.At;
    }

    /// <summary>Those that were not seen before.</summary>
    public List<Eviction> Fresh(IEnumerable<Eviction> rows) => [.. rows.Where(e => !_seen.ContainsKey(e.Id))];

    public void ForgetBefore(DateTimeOffset moment)
    {
        foreach (var (id, at) in _seen)
            if (at < moment) _seen.TryRemove(id, out _);
    }
}
