namespace Broadsheet.Core.Discussion;

/// <summary>
/// The numbers of all comments of one article at once, for an import: top-level comments in the order of their dates, each reply, at any
/// depth, with the next number of its top-level comment. Parents may stand anywhere; one that is missing leaves its replies at the top,
/// and a circle is cut at its earliest comment.
/// </summary>
/// <remarks>
/// Costs about 100 bytes a comment and holds no texts. Time grows with the number of comments: O(n log n).
/// Use: <see cref="Add"/> and <see cref="AddKnown"/> all, then <see cref="Shape"/>, then <see cref="Number"/>, then <see cref="PlaceOf"/>.
/// </remarks>
public sealed class ThreadPlan
{
    /// <summary>
    /// Replies below this depth stand at this depth, in the order of their numbers. Bounds the length of paths, which databases index
    /// (PostgreSQL: 2,704 bytes an entry); WordPress itself shows 10.
    /// </summary>
    public const int MaxDepth = 250;

    private const int None = -1;
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<long, int> _byId = [];
    private readonly Dictionary<long, int> _newRepliesOfKnown = [];

    public int Count => _entries.Count;

    /// <summary>Comments that name a parent which is not here.</summary>
    public int MissingParents { get; private set; }

    /// <summary>Circles of parents that were cut.</summary>
    public int Circles { get; private set; }

    /// <summary>New top-level numbers that are needed.</summary>
    public int NewTops { get; private set; }

    /// <summary>By the id of a top-level comment that has its number already: how many new replies come below it.</summary>
    public IReadOnlyDictionary<long, int> NewRepliesOfKnown => _newRepliesOfKnown;

    /// <summary>A comment without a number yet.</summary>
    /// <param name="id">Of all comments here, its alone.</param>
    /// <param name="parentId">0 for none.</param>
    /// <param name="at">Orders numbers, then <paramref name="order"/> does.</param>
    /// <param name="isNumbered">Shown, and no ping: it is to have a number.</param>
    public void Add(long id, long parentId, DateTimeOffset at, long order, bool isNumbered)
    {
        _byId.Add(id, _entries.Count);
        _entries.Add(new Entry { Id = id, ParentId = parentId, At = at.UtcTicks, Order = order, IsNumbered = isNumbered, IsNew = true, Parent = None, Ancestor = None, PathParent = None });
    }

    /// <summary>A comment that is there already, with the number that it has or without one.</summary>
    /// <param name="number">0 when it has none.</param>
    /// <param name="path">Null when it has no number.</param>
    public void AddKnown(long id, long parentId, int number, int reply, int depth, string? path)
    {
        _byId.Add(id, _entries.Count);
        _entries.Add(new Entry { Id = id, ParentId = parentId, IsNumbered = number > 0, Top = number, Reply = reply, Depth = depth, Path = path, Parent = None, Ancestor = None, PathParent = None });
    }

    public bool Contains(long id) => _byId.ContainsKey(id);

    /// <summary>Whether it was there already.</summary>
    public bool IsKnown(long id) => !_entries[_byId[id]].IsNew;

    /// <summary>Finds who hangs under whom, and how many numbers are needed.</summary>
    public void Shape()
    {
        var span = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_entries);
        foreach (ref var entry in span)
        {
            if (entry.ParentId == 0) continue;
            if (_byId.TryGetValue(entry.ParentId, out var parent)) entry.Parent = parent;
            else if (entry.IsNew) MissingParents++;
        }
        CutCircles(span);
        FindAncestors(span, KnownTops(span));
        foreach (ref readonly var entry in span)
        {
            if (!entry.IsNew || !entry.IsNumbered) continue;
            if (entry.Ancestor == None) NewTops++;
            else if (!span[entry.Root].IsNew) _newRepliesOfKnown[span[entry.Root].Id] = _newRepliesOfKnown.GetValueOrDefault(span[entry.Root].Id) + 1;
        }
    }

    /// <summary>Gives the numbers.</summary>
    /// <param name="lastNumber">The last top-level number given before.</param>
    /// <param name="lastReplyOf">By the id of a numbered top-level comment: the last reply number given below it before.</param>
    public void Number(int lastNumber, Func<long, int> lastReplyOf)
    {
        var entries = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_entries);
        var order = new List<int>();
        for (var i = 0; i < entries.Length; i++) if (entries[i] is { IsNew: true, IsNumbered: true }) order.Add(i);
        order.Sort((a, b) => _entries[a].At != _entries[b].At ? _entries[a].At.CompareTo(_entries[b].At) : _entries[a].Order.CompareTo(_entries[b].Order));
        foreach (var i in order) if (entries[i].Ancestor == None) entries[i].Top = ++lastNumber;
        foreach (var i in order)
        {
            if (entries[i].Ancestor == None) continue;
            ref var root = ref entries[entries[i].Root];
            if (!root.IsNew && root.LastReply == 0) root.LastReply = lastReplyOf(root.Id);
            (entries[i].Top, entries[i].Reply) = (root.Top, ++root.LastReply);
        }
        Hang(entries, order);
    }

    /// <summary>The place of a comment that was given to <see cref="Add"/>; null when it has no number.</summary>
    public ThreadPlace? PlaceOf(long id)
    {
        var entry = _entries[_byId[id]];
        if (!entry.IsNumbered || !entry.IsNew) return null;
        return new ThreadPlace(entry.Top, entry.Reply, entry.Depth, PathOf(entry), entry.Ancestor == None ? null : _entries[entry.Ancestor].Id, entry.LastReply, entry.ShownReplies);
    }

    /// <summary>The parent as kept: null where it is missing or where a circle was cut.</summary>
    public long? ParentOf(long id) => _entries[_byId[id]] is { Parent: not None } entry ? _entries[entry.Parent].Id : null;

    /// <summary>By number.</summary>
    private static Dictionary<int, int> KnownTops(Span<Entry> entries)
    {
        var tops = new Dictionary<int, int>();
        for (var i = 0; i < entries.Length; i++) if (entries[i] is { IsNew: false, IsNumbered: true, Reply: 0 }) tops[entries[i].Top] = i;
        return tops;
    }

    /// <summary>Walks up from each comment; who meets a comment of the same walk has found a circle.</summary>
    private void CutCircles(Span<Entry> entries)
    {
        var walk = new int[entries.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            var at = i;
            while (at != None && walk[at] == 0)
            {
                walk[at] = i + 1;
                at = entries[at].Parent;
            }
            if (at == None || walk[at] != i + 1) continue;
            var first = at;
            for (var next = entries[at].Parent; next != at; next = entries[next].Parent)
                if ((entries[next].At, entries[next].Order).CompareTo((entries[first].At, entries[first].Order)) < 0) first = next;
            entries[first].Parent = None;
            Circles++;
        }
    }

    /// <summary>The nearest numbered ancestor of each, and its top-level comment: found once for every comment passed on the way.</summary>
    private static void FindAncestors(Span<Entry> entries, Dictionary<int, int> knownTops)
    {
        var done = new bool[entries.Length];
        var way = new List<int>();
        for (var i = 0; i < entries.Length; i++)
        {
            way.Clear();
            var at = i;
            while (at != None && !done[at])
            {
                way.Add(at);
                at = entries[at].Parent;
            }
            var above = at == None ? None : entries[at].IsNumbered ? at : entries[at].Ancestor;
            for (var k = way.Count - 1; k >= 0; k--)
            {
                ref var entry = ref entries[way[k]];
                done[way[k]] = true;
                entry.Ancestor = above;
                entry.Root = !entry.IsNew ? knownTops.GetValueOrDefault(entry.Top, way[k]) : above == None ? way[k] : entries[above].Root;
                if (entry.IsNumbered) above = way[k];
            }
        }
    }

    /// <summary>Depths and what hangs where. A parent may come later in the order than its reply.</summary>
    private static void Hang(Span<Entry> entries, List<int> order)
    {
        var hung = new bool[entries.Length];
        var way = new Stack<int>();
        foreach (var i in order)
        {
            for (var at = i; at != None && entries[at].IsNew && !hung[at]; at = entries[at].Ancestor) way.Push(at);
            while (way.TryPop(out var at))
            {
                hung[at] = true;
                var above = entries[at].Ancestor;
                if (above == None) continue;
                entries[above].ShownReplies++;
                var hook = above;
                while (entries[hook].Depth >= MaxDepth && entries[hook].PathParent != None) hook = entries[hook].PathParent;
                entries[at].PathParent = hook;
                entries[at].Depth = Math.Min(entries[hook].Depth + 1, MaxDepth);
            }
        }
    }

    private string PathOf(in Entry entry)
    {
        if (entry.Path is { } known) return known;
        return entry.PathParent == None ? ThreadPath.Root : ThreadPath.Below(PathOf(_entries[entry.PathParent]), entry.Reply);
    }

    private struct Entry
    {
        public long Id, ParentId, At, Order;
        public int Parent, Ancestor, PathParent, Root, Top, Reply, Depth, LastReply, ShownReplies;
        public bool IsNumbered, IsNew;
        public string? Path;
    }
}
