using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Broadsheet.Web.Theming.Views;

namespace Broadsheet.Web.Reads;

/// <summary>Where a comment stands on its page, as far as it shows.</summary>
/// <param name="Level">From 1.</param>
/// <param name="ParentId">The comment that it answers, where that is on the page; null otherwise, and <paramref name="ParentNumber"/> with it.</param>
/// <param name="ParentAuthor">Null where nobody is to be named.</param>
/// <param name="Opens">The next one hangs under it.</param>
/// <param name="Closes">So many lists end after it.</param>
/// <param name="Replies">What is said to hang under it, where something does.</param>
/// <param name="NextId">The comment after all that hangs under it; null for none.</param>
internal readonly record struct CommentPlace(int Level, bool IsEven, long? ParentId, CommentNumber? ParentNumber, string? ParentAuthor, bool Opens, int Closes, int Replies, long? NextId);

/// <summary>What the comments of one page have in common.</summary>
/// <param name="Url">The article's.</param>
/// <param name="AuthorId">The article's; null where its author is not known.</param>
/// <param name="IsOpen">Readers may reply.</param>
internal sealed record CommentGround(ReaderSite Site, string Url, long? AuthorId, bool IsOpen)
{
    private readonly string _address = Site.Links.Absolute("/");

    /// <summary>The publication's settings and people are read anew when they change: the same ones say the same.</summary>
    public bool Equals(CommentGround? other) => ReferenceEquals(this, other) || (other is not null && IsOpen == other.IsOpen && AuthorId == other.AuthorId && ReferenceEquals(Site.Publication, other.Site.Publication)
        && ReferenceEquals(Site.Index, other.Site.Index) && ReferenceEquals(Site.People, other.Site.People) && Url == other.Url && _address == other._address);

    public override int GetHashCode() => HashCode.Combine(Url, AuthorId, IsOpen);
}

/// <summary>
/// The comments that pages have shown of late, as templates see them: one more comment changes little of the others, and making them all anew would be
/// most of the page's work. One is taken as it was where its row, its place and its ground are the same.
/// </summary>
internal sealed class ShownComments
{
    private const long MaxBytes = 4L << 20;

    private readonly TwoGenerations<long, Kept> _kept = new(MaxBytes, k => 1_500 + 2 * k.Row.BodyHtml.Length);

    /// <param name="make">Makes it of nothing but these.</param>
    public CommentView Of(CommentGround ground, CommentRow row, CommentPlace place, Func<CommentGround, CommentRow, CommentPlace, CommentView> make)
    {
        if (_kept.Find(row.Id) is { } kept && kept.Place == place && kept.Ground.Equals(ground) && kept.Row == row) return kept.View;
        var view = make(ground, row, place);
        _kept.Keep(row.Id, new Kept(ground, row, place, view));
        return view;
    }

    private sealed record Kept(CommentGround Ground, CommentRow Row, CommentPlace Place, CommentView View);
}
