using Broadsheet.Web.Data.Records;

namespace Broadsheet.Web.Caching;

/// <summary>When each tag was last evicted, counted in generations, as far back as renderings under way may need it. Not safe for threads by itself.</summary>
internal sealed class EvictedTags
{
    /// <summary>As many are remembered; then all are forgotten, and renderings begun before are not kept.</summary>
    private const int Limit = 20_000;

    private readonly Dictionary<string, (long Hard, long Soft)> _tags = new(StringComparer.Ordinal);
    private long _forgotten;

    public void Add(Eviction eviction, long generation)
    {
        if (_tags.Count >= Limit) Forget(generation - 1);
        _tags.TryGetValue(eviction.Tag, out var last);
        _tags[eviction.Tag] = eviction.Hard ? (generation, last.Soft) : (last.Hard, generation);
    }

    /// <summary>Everything up to this generation counts as evicted.</summary>
    public void Forget(long generation)
    {
        _forgotten = generation;
        _tags.Clear();
    }

    /// <summary>None of the tags was evicted hard since.</summary>
    public bool IsFresh(string[] tags, long since) => since >= _forgotten && !Array.Exists(tags, t => _tags.TryGetValue(t, out var last) && last.Hard > since);

    /// <summary>Counts under one of the tags changed since.</summary>
    public bool IsStale(string[] tags, long since) => Array.Exists(tags, t => _tags.TryGetValue(t, out var last) && last.Soft > since);
}
