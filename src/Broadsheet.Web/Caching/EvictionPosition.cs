using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;

namespace Broadsheet.Web.Caching;

/// <summary>
/// Up to which id every eviction is carried out here: what is rendered from now on has all that those commits wrote. The last of the observers, so that all that is
/// remembered has been forgotten before. May lag, never lead.
/// </summary>
internal sealed class EvictionPosition : ICommitObserver
{
    public const long Unknown = -1;

    private const int Limit = 50_000;

    private readonly HashSet<long> _ahead = [];
    private readonly Lock _lock = new();
    private long _reached = Unknown;

    public long Now => Volatile.Read(ref _reached);

    public void Committed(IReadOnlyList<Eviction> evictions)
    {
        lock (_lock)
        {
            foreach (var eviction in evictions)
                if (eviction.Id > _reached && _ahead.Count < Limit) _ahead.Add(eviction.Id);
            if (_reached != Unknown) Advance(_reached);
        }
    }

    public void Missed()
    {
        lock (_lock)
        {
            _ahead.Clear();
            Volatile.Write(ref _reached, Unknown);
        }
    }

    /// <summary>The rows up to this id were all met, or will never come.</summary>
    public void Reached(long id)
    {
        lock (_lock)
        {
            Advance(Math.Max(id, _reached));
            _ahead.RemoveWhere(a => a <= _reached);
        }
    }

    private void Advance(long to)
    {
        while (_ahead.Remove(to + 1)) to++;
        Volatile.Write(ref _reached, to);
    }
}
