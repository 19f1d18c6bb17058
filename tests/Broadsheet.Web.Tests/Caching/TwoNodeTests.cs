using System.Net;
using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;

namespace Broadsheet.Web.Tests.Caching;

/// <summary>Two servers on one database: what one takes back, the other forgets.</summary>
public sealed class TwoNodeTests(PostgresSite first) : IClassFixture<PostgresSite>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Words_changed_settings_and_menus_reach_the_other_server()
    {
        await using var second = new SecondNode(first);
        await second.InitializeAsync();
        var edit = new ArticleEdit("Shared", "<p>OLDWORDS</p>", BodyFormat.Html) { Status = ArticleStatus.Published };
        var article = await first.PublishAsync(edit);
        var page = await first.PublishAsync(new ArticleEdit("Contact", "<p>Words.</p>", BodyFormat.Html) { Kind = ArticleKind.Page, Status = ArticleStatus.Published });
        using var reader = second.NewReader();
        Assert.Contains("OLDWORDS", await reader.ReadAsync(article.Path), StringComparison.Ordinal);

        await first.EditAsync(article.Id, edit with { Body = "<p>NEWWORDS</p>" });
        await first.EditAsync(page.Id, new ArticleEdit("Write to us", "<p>Words.</p>", BodyFormat.Html) { Kind = ArticleKind.Page, Status = ArticleStatus.Published });
        await first.SetAsync(p => p with { Tagline = "A new line below the title" });

        await WaitAsync(reader, article.Path, text => text.Contains("NEWWORDS", StringComparison.Ordinal) && !text.Contains("OLDWORDS", StringComparison.Ordinal));
        await WaitAsync(reader, article.Path, text => text.Contains(">Write to us<", StringComparison.Ordinal));
        await WaitAsync(reader, "/", text => text.Contains("A new line below the title", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_discussion_that_one_server_closes_takes_no_comment_at_the_other_a_moment_later()
    {
        await using var second = new SecondNode(first);
        await second.InitializeAsync();
        await first.SetAsync(p => p with { HoldFirst = false });
        var edit = new ArticleEdit("Closed elsewhere", "<p>Words.</p>", BodyFormat.Html) { Status = ArticleStatus.Published };
        var article = await first.PublishAsync(edit);
        using var reader = second.NewReader();
        Assert.Equal(HttpStatusCode.Found, await SayAsync(0));

        await first.EditAsync(article.Id, edit with { CommentsOpen = false });

        var since = System.Diagnostics.Stopwatch.GetTimestamp();
        for (var i = 1; await SayAsync(i) != HttpStatusCode.Forbidden; i++)
        {
            Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(since) < Limit, "it is open still");
            await Task.Delay(50);
        }

        async Task<HttpStatusCode> SayAsync(int i)
        {
            using var answer = await reader.PostAsync("/wp-comments-post.php", [new("comment_post_ID", $"{article.Id}"), new("comment", $"Said {i}."), new("author", "Ann Reader"), new("email", "ann@example.org")]);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task A_picture_that_somebody_uploads_here_stands_beside_their_words_there()
    {
        await using var second = new SecondNode(first);
        await second.InitializeAsync();
        await first.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0 });
        var article = await first.PublishAsync("Pictured elsewhere");
        using var ann = await StaffClient.SignInAsync(first, Role.Reader);
        using (await ann.Browser.CommentAsync(article.Path, "Seen from two servers.")) { }
        using var reader = second.NewReader();
        await WaitAsync(reader, article.Path, text => text.Contains("Seen from two servers.", StringComparison.Ordinal) && !text.Contains("/discussion/avatar/", StringComparison.Ordinal));

        using var picture = NetVips.Image.Black(20, 20);
        using (await ann.SubmitAsync("/account/", [], form: "form[data-picture]", files: ("picture", "me.png", picture.PngsaveBuffer()))) { }

        await WaitAsync(reader, article.Path, text => text.Contains("&amp;v=1\"", StringComparison.Ordinal));
    }

    private static async Task WaitAsync(ReaderClient reader, string path, Func<string, bool> isSo)
    {
        var since = System.Diagnostics.Stopwatch.GetTimestamp();
        while (!isSo(await reader.ReadAsync(path)))
        {
            Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(since) < Limit, $"{path} is as it was");
            await Task.Delay(50);
        }
    }
}
