namespace Broadsheet.Core.Publishing;

/// <summary>Terms below each other.</summary>
public static class TermTree
{
    /// <summary>An import may bring a circle of parents; no path is longer.</summary>
    private const int Deepest = 20;

    /// <summary>The slugs from the root, joined by <c>/</c>.</summary>
    public static string PathOf(long id, IReadOnlyDictionary<long, (string Slug, long? ParentId)> nodes)
    {
        var path = new List<string>();
        for (long? at = id; at is { } here && nodes.TryGetValue(here, out var node) && path.Count < Deepest; at = node.ParentId) path.Insert(0, node.Slug);
        return string.Join('/', path);
    }

    /// <summary>It stands below the other, or is it.</summary>
    public static bool IsWithin(long id, long ancestor, IReadOnlyDictionary<long, (string Slug, long? ParentId)> nodes)
    {
        var steps = 0;
        for (long? at = id; at is { } here && steps++ < Deepest; at = nodes.TryGetValue(here, out var node) ? node.ParentId : null)
            if (here == ancestor) return true;
        return false;
    }
}
