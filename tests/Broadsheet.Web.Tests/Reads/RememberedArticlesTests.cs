using System.Net;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Reads;

/// <summary>What is remembered of an article that is written under, and when it is not any more.</summary>
public abstract class RememberedArticlesTests(BroadsheetSite site)
{
    [Fact]
    public async Task A_second_post_asks_nothing_of_its_article()
    {
        await OpenHouseAsync();
        var article = await site.PublishAsync(Edit("Much discussed"));
        using var guest = site.NewReader();
        await SayAsync(guest, article.Id, "The first words.", HttpStatusCode.Found);
        site.Statements.Reset();

        await SayAsync(guest, article.Id, "The second words.", HttpStatusCode.Found);

        Assert.DoesNotContain(site.Statements.Statements, s => s.Contains("articles", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_discussion_that_was_closed_a_moment_ago_takes_nothing_more_until_it_is_opened_again()
    {
        await OpenHouseAsync();
        var edit = Edit("Closed in the middle");
        var article = await site.PublishAsync(edit);
        using var guest = site.NewReader();
        await SayAsync(guest, article.Id, "While it is open.", HttpStatusCode.Found);

        await site.EditAsync(article.Id, edit with { CommentsOpen = false });
        await SayAsync(guest, article.Id, "After it was closed.", HttpStatusCode.Forbidden);
        await site.EditAsync(article.Id, edit);
        await SayAsync(guest, article.Id, "Open again.", HttpStatusCode.Found);
        await site.EditAsync(article.Id, edit with { Discussion = new(StaffOnly: true) });
        await SayAsync(guest, article.Id, "The staff's now.", HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData(ArticleStatus.Private, null)]
    [InlineData(ArticleStatus.Draft, null)]
    [InlineData(ArticleStatus.Published, "a password")]
    public async Task An_article_that_is_taken_from_readers_takes_no_comment_from_then_on(ArticleStatus status, string? password)
    {
        await OpenHouseAsync();
        var edit = Edit("Taken back");
        var article = await site.PublishAsync(edit);
        using var guest = site.NewReader();
        await SayAsync(guest, article.Id, "While it is there.", HttpStatusCode.Found);

        await site.EditAsync(article.Id, edit with { Status = status, Password = password });

        await SayAsync(guest, article.Id, "When it is gone.", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_writer_is_sent_to_the_article_s_new_address()
    {
        await OpenHouseAsync();
        var edit = Edit("It moves") with { Slug = "old-place" };
        var article = await site.PublishAsync(edit);
        using var guest = site.NewReader();
        Assert.Contains("old-place", await SayAsync(guest, article.Id, "At the old place.", HttpStatusCode.Found), StringComparison.Ordinal);

        await site.EditAsync(article.Id, edit with { Slug = "new-place" });

        Assert.Contains("new-place", await SayAsync(guest, article.Id, "At the new place.", HttpStatusCode.Found), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_that_are_given_back_stand_below_the_article_s_newest_words()
    {
        await OpenHouseAsync();
        var edit = Edit("Given back");
        var article = await site.PublishAsync(edit with { Body = "<p>OLDWORDS</p>" });
        using var guest = site.NewReader();
        await SayAsync(guest, article.Id, "Some words.", HttpStatusCode.Found);
        await site.EditAsync(article.Id, edit with { Body = "<p>NEWWORDS</p>" });

        using var again = await guest.PostAsync("/wp-comments-post.php", Fields(article.Id, "Some words."));

        var page = await again.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Contains("NEWWORDS", page, StringComparison.Ordinal);
        Assert.Contains("id=\"comment-", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_read_before_a_change_is_not_kept_after_it()
    {
        var article = await site.PublishAsync(Edit("Read too early"));
        var remembered = new RememberedArticles();
        var before = remembered.Forgotten;
        var read = await site.ReadAsync(db => db.Articles.Where(a => a.Id == article.Id).AsRows(db).FirstAsync());
        remembered.Committed([new Eviction { Tag = $"article:{article.Id}", Hard = true }]);

        remembered.Keep(read, before);

        site.Statements.Reset();
        await site.ReadAsync(async db => await remembered.FindAsync(db, article.Id, CancellationToken.None));
        Assert.NotEmpty(site.Statements.Statements);
        site.Statements.Reset();
        await site.ReadAsync(async db => await remembered.FindAsync(db, article.Id, CancellationToken.None));
        Assert.Empty(site.Statements.Statements);
    }

    private Task OpenHouseAsync() => site.SetAsync(p => p with { HoldFirst = false, CommentsOpen = true, StaffOnly = false });

    private static ArticleEdit Edit(string title) => new(title, "<p>Words.</p>", BodyFormat.Html) { Status = ArticleStatus.Published };

    private static KeyValuePair<string, string>[] Fields(long article, string words) =>
        [new("comment_post_ID", $"{article}"), new("comment", words), new("author", "Ann Reader"), new("email", "ann@example.org")];

    /// <returns>Where the writer was sent.</returns>
    private static async Task<string> SayAsync(ReaderClient reader, long article, string words, HttpStatusCode expected)
    {
        using var answer = await reader.PostAsync("/wp-comments-post.php", Fields(article, words));
        Assert.Equal(expected, answer.StatusCode);
        return answer.Headers.Location?.OriginalString ?? "";
    }

    public sealed class OnSqlite(SqliteSite site) : RememberedArticlesTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : RememberedArticlesTests(site), IClassFixture<PostgresSite>;
}
