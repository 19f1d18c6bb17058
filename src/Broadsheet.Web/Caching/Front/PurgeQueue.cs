using Broadsheet.Web.Data.Records;

namespace Broadsheet.Web.Caching.Front;

/// <summary>The tags that one cache in front is still to be told of. What comes together goes together; too many become all.</summary>
internal sealed class PurgeQueue
{
    /// <summary>With more than so many, it is quicker to forget everything.</summary>
    private const int Limit = 2_000;

    private readonly Dictionary<string, bool> _tags = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public void Add(IReadOnlyList<Eviction> evictions)
    {
        lock (_lock)
            foreach (var eviction in evictions) Add(eviction.Tag, eviction.Hard);
    }

    /// <summary>What could not be told, or is to be told once more.</summary>
    public void Add(Purge purge)
    {
        lock (_lock)
        {
            foreach (var tag in purge.Hard) Add(tag, hard: true);
            foreach (var tag in purge.Soft) Add(tag, hard: false);
        }
    }

    public void AddEveryPage(bool hard)
    {
        lock (_lock) Add(FrontControl.EveryPage, hard);
    }

    public Purge Take()
    {
        lock (_lock)
        {
            var purge = new Purge([.. _tags.Where(t => t.Value).Select(t => t.Key)], [.. _tags.Where(t => !t.Value).Select(t => t.Key)]);
            _tags.Clear();
            return purge;
        }
    }

    private void Add(string tag, bool hard)
    {
        if (_tags.Count >= Limit)
        {
            hard |= _tags.ContainsValue(true);
            _tags.Clear();
            tag = FrontControl.EveryPage;
        }
        // Hard stays hard.
        if (!_tags.TryAdd(tag, hard) && hard) _tags[tag] = true;
    }
}

/// <param name="Hard">Nobody may get a page of these any more.</param>
/// <param name="Soft">Pages of these are old: good while a new one is fetched.</param>
internal sealed record Purge(IReadOnlyList<string> Hard, IReadOnlyList<string> Soft)
{
    public bool IsEmpty => Hard.Count == 0 && Soft.Count == 0;
}
