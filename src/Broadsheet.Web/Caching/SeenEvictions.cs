using System.Collections.Concurrent;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;

namespace Broadsheet.Web.Caching;

/// <summary>The evictions that this process has committed and carried out itself, until <see cref="EvictionWatcher"/> meets their rows. Of them, and of none else, other nodes are told.</summary>
internal sealed class SeenEvictions(IDoorbell bell) : ICommitObserver
{
    private readonly ConcurrentDictionary<long, bool> _seen = new();

    public void Committed(IReadOnlyList<Eviction> evictions)
    {
        foreach (var eviction in evictions) _seen[eviction.Id] = true;
        bell.Ring();
    }

    /// <summary>Nothing to forget: this holds no data.</summary>
    public void Missed()
    {
    }

    /// <summary>This process's own; asked once for each row.</summary>
    public bool Take(long id) => _seen.TryRemove(id, out _);

    /// <summary>Rows up to this id will not be met any more.</summary>
    public void ForgetUpTo(long id)
    {
        foreach (var known in _seen.Keys)
            if (known <= id) _seen.TryRemove(known, out _);
    }
}
