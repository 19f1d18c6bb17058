namespace Broadsheet.Web.Caching;

/// <summary>Which of the things that are held stand under each tag. Not safe for threads by itself.</summary>
internal sealed class TagIndex<TKey> where TKey : notnull
{
    private readonly Dictionary<string, HashSet<TKey>> _keys = new(StringComparer.Ordinal);

    /// <returns>A copy: what is found may be removed.</returns>
    public TKey[] Under(string tag) => _keys.TryGetValue(tag, out var keys) ? [.. keys] : [];

    public void Add(TKey key, string[] tags)
    {
        foreach (var tag in tags)
        {
            if (!_keys.TryGetValue(tag, out var keys)) _keys[tag] = keys = [];
            keys.Add(key);
        }
    }

    public void Remove(TKey key, string[] tags)
    {
        foreach (var tag in tags)
            if (_keys.TryGetValue(tag, out var keys) && keys.Remove(key) && keys.Count == 0) _keys.Remove(tag);
    }

    public void Clear() => _keys.Clear();
}
