using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Caching;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Reads;

/// <summary>What stands around an article is not read again for a comment, and is for what changes it.</summary>
public abstract class ArticleSurroundingsTests(BroadsheetSite site)
{
    [Fact]
    public async Task After_a_comment_a_page_costs_the_article_and_its_discussion_only()
    {
        await site.SettleAsync();
        await site.SetAsync(p => p with { HoldFirst = false });
        await site.PublishAsync(Edit("Before it"));
        var article = await site.PublishAsync(Edit("Discussed") with { Tags = ["harbour"] });
        using var reader = site.NewReader();
        using var writer = site.NewReader();
        await reader.ReadAsync(article.Path);
        using var comment = await writer.CommentAsync(article.Path, "Some words.");
        site.Statements.Reset();

        var page = await reader.ReadAsync(article.Path);

        Assert.Equal(2, site.Statements.Statements.Count);
        Assert.Contains("Some words.", page, StringComparison.Ordinal);
        Assert.Contains("Before it", page, StringComparison.Ordinal);
        Assert.Contains("/tag/harbour/", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tags_and_neighbours_are_right_after_each_change_with_comments_in_between()
    {
        await site.SetAsync(p => p with { HoldFirst = false });
        var edit = Edit("In the middle", 2) with { Tags = ["first"] };
        var left = await site.PublishAsync(Edit("Left of it", 1));
        var article = await site.PublishAsync(edit);
        using var reader = site.NewReader();
        using var writer = site.NewReader();
        var said = 0;
        await SayAsync();

        await site.EditAsync(article.Id, edit with { Tags = ["second"] });
        await SayAsync();
        var page = await reader.ReadAsync(article.Path);
        Assert.Contains("/tag/second/", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/tag/first/", page, StringComparison.Ordinal);

        await site.EditAsync(left.Id, Edit("Left, renamed", 1));
        await SayAsync();
        Assert.Contains("Left, renamed", await reader.ReadAsync(article.Path), StringComparison.Ordinal);

        await site.PublishAsync(Edit("Right of it", 3));
        await SayAsync();
        Assert.Contains("Right of it", await reader.ReadAsync(article.Path), StringComparison.Ordinal);

        await site.EditAsync(left.Id, Edit("Left, renamed", 1) with { Status = ArticleStatus.Draft });
        await SayAsync();
        Assert.DoesNotContain("Left, renamed", await reader.ReadAsync(article.Path), StringComparison.Ordinal);

        async Task SayAsync()
        {
            using var answer = await writer.CommentAsync(article.Path, $"Words of the {++said}th comment.");
            await reader.ReadAsync(article.Path);
        }
    }

    [Theory]
    [InlineData("article:1", true)]
    [InlineData("article:1", false)]
    [InlineData("link:2", true)]
    [InlineData("link:3", true)]
    [InlineData(SiteIndex.Tag, false)]
    [InlineData(PublicationStore.Tag, true)]
    public void What_was_read_before_a_change_is_not_kept_and_what_is_kept_goes_with_it(string tag, bool isHard)
    {
        var surroundings = new ArticleSurroundings();
        var before = surroundings.Generation;
        surroundings.Committed([new Eviction { Tag = tag, Hard = isHard }]);

        surroundings.Keep(1, Some, before);
        Assert.False(surroundings.Holds(1));

        surroundings.Keep(1, Some, surroundings.Generation);
        Assert.True(surroundings.Holds(1));
        surroundings.Committed([new Eviction { Tag = CacheTags.Thread(1), Hard = true }, new Eviction { Tag = CacheTags.Article(4), Hard = true }]);
        Assert.True(surroundings.Holds(1));
        surroundings.Committed([new Eviction { Tag = tag, Hard = isHard }]);
        Assert.False(surroundings.Holds(1));
    }

    /// <summary>Whoever asks has read the article a moment before.</summary>
    [Fact]
    public async Task One_who_read_the_article_before_it_was_moved_leaves_nothing_wrong_behind()
    {
        var edit = Edit("Moved", 5, month: 6);
        var (before, after) = (await site.PublishAsync(Edit("Before both", 1, month: 6)), await site.PublishAsync(Edit("Between them", 10, month: 6)));
        var moved = await site.PublishAsync(edit);
        var surroundings = new ArticleSurroundings();
        var old = await RowAsync(moved.Id);
        await site.EditAsync(moved.Id, edit with { PublishedAt = edit.PublishedAt!.Value.AddDays(15) });

        var seen = await site.ReadAsync(async db => await surroundings.FindAsync(db, old, CancellationToken.None));
        var now = await RowAsync(moved.Id);
        var found = await site.ReadAsync(async db => await surroundings.FindAsync(db, now, CancellationToken.None));

        Assert.Equal(before.Id, seen.Previous?.Id);
        Assert.Equal(after.Id, found.Previous?.Id);
    }

    private Task<ArticleRow> RowAsync(long id) => site.ReadAsync(db => db.Articles.Where(a => a.Id == id).AsRows(db).FirstAsync());

    [Fact]
    public void What_was_missed_forgets_all()
    {
        var surroundings = new ArticleSurroundings();
        var before = surroundings.Generation;
        surroundings.Keep(1, Some, before);
        surroundings.Missed();
        Assert.False(surroundings.Holds(1));
        surroundings.Keep(1, Some, before);
        Assert.False(surroundings.Holds(1));
    }

    private static readonly Surroundings Some = new(null, [], Neighbour(2), Neighbour(3));

    private static NeighbourRow Neighbour(long id) => new(id, "slug", "Title", new DateTime(2020, 1, 1), null, null, null);

    private static ArticleEdit Edit(string title, int day = 0, int month = 3) =>
        new(title, "<p>Words.</p>", BodyFormat.Html) { Status = ArticleStatus.Published, PublishedAt = day == 0 ? null : new DateTimeOffset(2016, month, day, 12, 0, 0, TimeSpan.Zero) };

    public sealed class OnSqlite(SqliteSite site) : ArticleSurroundingsTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : ArticleSurroundingsTests(site), IClassFixture<PostgresSite>;
}
