using System.Collections.Concurrent;
using Broadsheet.Web.Theming.Views;

namespace Broadsheet.Web.Theming;

/// <summary>
/// Comments as a theme has shown them: when one is added to a discussion, the others look as they did. Found by all that a template can see of a
/// comment, so that nothing has to be forgotten; only for themes whose comment part shows nothing else (<see cref="OwnWords"/>). Two generations: what
/// is asked for lives on.
/// </summary>
/// <param name="maxBytes">Of one generation.</param>
internal sealed class CommentFragments(long maxBytes = 4L << 20)
{
    private readonly Lock _lock = new();
    private ConcurrentDictionary<CommentView, byte[]> _young = new(ById.Instance);
    private ConcurrentDictionary<CommentView, byte[]> _old = new(ById.Instance);
    private long _bytes;

    /// <returns>UTF-8; null for one that was not shown lately.</returns>
    public byte[]? Find(CommentView comment)
    {
        if (_young.TryGetValue(comment, out var found)) return found;
        if (!_old.TryGetValue(comment, out found)) return null;
        Keep(comment, found);
        return found;
    }

    public void Keep(CommentView comment, byte[] utf8)
    {
        if (!_young.TryAdd(comment, utf8)) return;
        // Its own words are held by the view, too, two bytes a letter.
        if (Interlocked.Add(ref _bytes, utf8.Length * 3L) <= maxBytes) return;
        lock (_lock)
        {
            if (_bytes <= maxBytes) return;
            (_old, _young) = (_young, new(ById.Instance));
            _bytes = 0;
        }
    }

    /// <summary>Equal as all its members are; its id is hash enough.</summary>
    private sealed class ById : IEqualityComparer<CommentView>
    {
        public static readonly ById Instance = new();

        public bool Equals(CommentView? x, CommentView? y) => x?.Equals(y) ?? y is null;

        public int GetHashCode(CommentView obj) => obj.Id.GetHashCode();
    }
}
