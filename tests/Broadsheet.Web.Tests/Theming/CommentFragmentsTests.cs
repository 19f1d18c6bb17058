using Broadsheet.Core.Text;
using Broadsheet.Web.Theming;
using Broadsheet.Web.Theming.Views;

namespace Broadsheet.Web.Tests.Theming;

public sealed class CommentFragmentsTests
{
    private static readonly CommentView Some = new(
        7, "1.2", "/a/#comment-7", 2, "1.2 by Ann", false, 1, "", "Ann", null, new AvatarView(null, "A", 3), false, false, false, new DateView("2026-01-01T10:00:00+00:00", "January 1, 2026", "1 Jan 2026", "10:00", "/2026/01/01/"),
        null, SafeHtml.FromStore("<p>Words.</p>"), false, false, null, false, "", false, false, false, null, null, "/a/?replytocom=7#respond", "1", "#comment-6", "Bob", "k", "comment even");

    /// <summary>Each a change after which the comment looks different.</summary>
    private static readonly CommentView[] Others =
    [
        Some with { Id = 8 }, Some with { Number = "1.3" }, Some with { Author = "Anna" }, Some with { Body = SafeHtml.FromStore("<p>Other words.</p>") }, Some with { Likes = "Liked by 1 person" }, Some with { Opens = true },
        Some with { Closes = 2 }, Some with { IsTombstone = true }, Some with { ReplyUrl = null }, Some with { Avatar = new AvatarView("/a.png", "A", 3) }, Some with { More = new LinkView("More", "/b/") },
        Some with { MayEdit = true }, Some with { Date = Some.Date with { Short = "2 Jan 2026" } }, Some with { AppealUrl = "/appeal/" }, Some with { IsStaff = true }, Some with { AuthorUrl = "/readers/ann/" },
    ];

    [Fact]
    public void One_that_is_equal_in_everything_is_found_and_no_other()
    {
        var fragments = new CommentFragments();
        fragments.Keep(Some, [1, 2, 3]);

        Assert.Equal([1, 2, 3], fragments.Find(Some with { Body = SafeHtml.FromStore(new string("<p>Words.</p>".AsSpan())) })!);
        Assert.All(Others, other => Assert.Null(fragments.Find(other)));
    }

    [Fact]
    public void What_is_asked_for_lives_on_and_memory_is_bounded()
    {
        var fragments = new CommentFragments(maxBytes: 30_000);
        fragments.Keep(Some, new byte[1_000]);
        for (var id = 100; id < 400; id++)
        {
            Assert.NotNull(fragments.Find(Some));
            fragments.Keep(Some with { Id = id }, new byte[1_000]);
        }

        var kept = Enumerable.Range(100, 300).Count(id => fragments.Find(Some with { Id = id }) is not null);
        Assert.InRange(kept, 1, 20);
        Assert.Null(fragments.Find(Some with { Id = 100 }));
    }
}
