using Broadsheet.Core.Discussion;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Theming.Views;

namespace Broadsheet.Web.Tests.Reads;

/// <summary>A comment is taken as it was shown only where nothing of it, of its place and of its page is another.</summary>
public sealed class ShownCommentsTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    private static readonly CommentRow Row = new(
        7, 1, 6, CommentKind.Comment, Standing.Shown, null, "Ann", "ann@example.org", "", At, At.DateTime, 1, 2, "1.2", 1, 6, 0, 0, 0, 0, 0, null, null, null, "<p>Words.</p>");

    private static readonly CommentPlace Place = new(2, true, 6, new CommentNumber(1, 0), "Bob", false, 1, 0, null);

    private static readonly Publication Settings = new();
    private static readonly SiteIndex Index = NewIndex();
    private static readonly PublicPeople People = NewPeople();

    private static readonly CommentGround Ground = GroundOf(Settings, Index, People);

    private static readonly CommentRow[] OtherRows =
    [
        Row with { Standing = Standing.Trashed }, Row with { AuthorName = "Anna" }, Row with { EmailFolded = "b@example.org" }, Row with { AuthorUrl = "https://example.org/" }, Row with { Likes = 1 }, Row with { PersonId = 3 },
        Row with { EditedAt = At }, Row with { FeaturedAt = At }, Row with { BodyHtml = "<p>Other.</p>" }, Row with { Reply = 3 }, Row with { AtLocal = At.DateTime.AddHours(1) }, Row with { ShownParentId = null }, Row with { Depth = 2 },
    ];

    private static readonly CommentPlace[] OtherPlaces =
    [
        Place with { Level = 3 }, Place with { IsEven = false }, Place with { ParentId = null }, Place with { ParentNumber = new CommentNumber(1, 1) }, Place with { ParentAuthor = null }, Place with { Opens = true },
        Place with { Closes = 0 }, Place with { Replies = 1 }, Place with { NextId = 9 },
    ];

    private static readonly CommentGround[] OtherGrounds =
    [
        GroundOf(Settings with { ThreadDepth = 2 }, Index, People), GroundOf(Settings, NewIndex(), People), GroundOf(Settings, Index, NewPeople()), GroundOf(Settings, Index, People, "https://other.example.org"),
        Ground with { Url = "/b/" }, Ground with { AuthorId = 5 }, Ground with { IsOpen = false },
    ];

    private int _made;

    [Fact]
    public void One_that_is_equal_in_everything_is_taken_as_it_was()
    {
        var shown = new ShownComments();
        var first = Show(shown, Ground, Row, Place);

        Assert.Same(first, Show(shown, GroundOf(Settings, Index, People), Row with { BodyHtml = new string("<p>Words.</p>".AsSpan()) }, Place));
        Assert.Equal(1, _made);
    }

    [Fact]
    public void Any_difference_makes_it_anew_and_so_does_the_way_back()
    {
        (CommentGround, CommentRow, CommentPlace)[] others = [.. OtherRows.Select(r => (Ground, r, Place)), .. OtherPlaces.Select(p => (Ground, Row, p)), .. OtherGrounds.Select(g => (g, Row, Place))];
        foreach (var (ground, row, place) in others)
        {
            var shown = new ShownComments();
            _made = 0;
            Show(shown, Ground, Row, Place);
            Show(shown, ground, row, place);
            Show(shown, Ground, Row, Place);
            Assert.True(_made == 3, $"{row} {place} {ground.Url} {ground.AuthorId} {ground.IsOpen}");
        }
    }

    private CommentView Show(ShownComments shown, CommentGround ground, CommentRow row, CommentPlace place) => shown.Of(ground, row, place, (_, r, p) =>
    {
        _made++;
        return new CommentView(
            r.Id, "", "", p.Level, "", false, 0, "", r.AuthorName, null, null, false, false, false, new DateView("", "", "", "", ""), null, SafeHtml.FromStore(r.BodyHtml), false, false, null, false, "", false, false, false, null, null, null, null, null, null, "", "");
    });

    private static CommentGround GroundOf(Publication publication, SiteIndex index, PublicPeople people, string address = "https://news.example.org") => new(new ReaderSite(publication, index, people, address), "/a/", 1, true);

    private static SiteIndex NewIndex() => new() { Categories = new Dictionary<long, CategoryNode>(), Authors = new Dictionary<long, AuthorNode>(), Pages = [], Sticky = [] };

    private static PublicPeople NewPeople() => new(new Dictionary<long, int>(), new Dictionary<long, string>());
}
