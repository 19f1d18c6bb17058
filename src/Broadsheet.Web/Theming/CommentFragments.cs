using Broadsheet.Web.Data;
using Broadsheet.Web.Theming.Views;

namespace Broadsheet.Web.Theming;

/// <summary>
/// Comments as a theme has shown them: when one is added to a discussion, the others look as they did. Found by all that a template can see of a
/// comment, so that nothing has to be forgotten; only for themes whose comment part shows nothing else (<see cref="OwnWords"/>). What
/// is asked for lives on.
/// </summary>
/// <param name="maxBytes">Of one generation.</param>
internal sealed class CommentFragments(long maxBytes = 4L << 20)
{
    // Its own words are held by the view, too, two bytes a letter.
    private readonly TwoGenerations<CommentView, byte[]> _shown = new(maxBytes, utf8 => utf8.Length * 3L, ById.Instance);

    /// <returns>UTF-8; null for one that was not shown lately.</returns>
    public byte[]? Find(CommentView comment) => _shown.Find(comment);

    public void Keep(CommentView comment, byte[] utf8) => _shown.Keep(comment, utf8);

    /// <summary>Equal as all its members are; its id is hash enough.</summary>
    private sealed class ById : IEqualityComparer<CommentView>
    {
        public static readonly ById Instance = new();

        public bool Equals(CommentView? x, CommentView? y) => x?.Equals(y) ?? y is null;

        public int GetHashCode(CommentView obj) => obj.Id.GetHashCode();
    }
}
