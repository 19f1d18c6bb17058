namespace Broadsheet.Core.Transfer.WordPress;

/// <summary>
/// How the comments of one item answer each other. Parents may come later in the file or have the larger id; a parent that
/// never comes, or a circle, ends the way up. Costs about 40 bytes a nested comment of the item at hand.
/// </summary>
internal sealed class WxrThreads
{
    private readonly IdSet _ids = new();
    private readonly Dictionary<long, long> _parents = [];
    private readonly Dictionary<long, int> _depths = [];
    private readonly List<long> _way = [];

    public long Nested { get; private set; }
    public long Orphans { get; private set; }
    public int MaxDepth { get; private set; }

    public void Add(WxrComment comment)
    {
        if (comment.ParentId is not null) Nested++;
        if (comment.Id is not { } id) return;
        _ids.Add(id);
        if (comment.ParentId is { } parent) _parents.TryAdd(id, parent);
    }

    public void EndItem()
    {
        foreach (var (id, parent) in _parents)
        {
            if (!_ids.Contains(parent)) Orphans++;
            MaxDepth = Math.Max(MaxDepth, DepthOf(id));
        }

        _ids.Clear();
        _parents.Clear();
        _depths.Clear();
    }

    private int DepthOf(long id)
    {
        _way.Clear();
        var depth = 0;
        for (var at = id; ; at = _parents[at])
        {
            if (_depths.TryGetValue(at, out depth)) break;
            if (!_parents.TryGetValue(at, out var parent) || !_ids.Contains(parent))
            {
                depth = _depths[at] = 0;
                break;
            }

            // Set before it is known, so that a circle meets itself and ends.
            _depths[at] = 0;
            _way.Add(at);
        }

        for (var i = _way.Count - 1; i >= 0; i--) _depths[_way[i]] = ++depth;
        return depth;
    }
}
