using System.Net.Sockets;
using System.Text;
using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Caching;

/// <summary>What one reader may see never comes to be on the page that all get.</summary>
public abstract class SharedPageTests(BroadsheetSite site)
{
    [Fact]
    public async Task A_held_comment_stays_off_the_shared_page_when_its_writer_has_script()
    {
        await site.SetAsync(p => p with { HoldFirst = true });
        var article = await site.PublishAsync("Held words");
        using var writer = site.NewReader();
        using var posted = await writer.CommentAsync(article.Path, "HELDWORDS", "A Stranger", "stranger@example.org", more: [new("wp-comment-cookies-consent", "yes")]);
        var own = Assert.Single(posted.Headers.GetValues("Set-Cookie"), v => v.StartsWith("comment_author_own", StringComparison.Ordinal)).Split(';')[0];

        // The writer is the first to ask for it anew.
        await site.Writes.RunAsync((scope, _) => { scope.Evict($"article:{article.Id}"); return Task.CompletedTask; }, CancellationToken.None);
        Assert.DoesNotContain("HELDWORDS", await ReadAsync(article.Path, $"{own}; js=1"), StringComparison.Ordinal);
        Assert.DoesNotContain("HELDWORDS", await ReadAsync(article.Path), StringComparison.Ordinal);
        // Without script, the page itself shows it to its writer, and to nobody after.
        Assert.Contains("HELDWORDS", await ReadAsync(article.Path, own), StringComparison.Ordinal);
        Assert.DoesNotContain("HELDWORDS", await ReadAsync(article.Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_private_article_and_its_feed_stay_private_after_an_editor_with_script_has_read_them()
    {
        await site.SetAsync(p => p with { HoldFirst = false });
        var edit = new ArticleEdit("Private matters", "<p>PRIVATEWORDS</p>", BodyFormat.Html) { Status = ArticleStatus.Published };
        var article = await site.PublishAsync(edit);
        using (var reader = site.NewReader()) (await reader.CommentAsync(article.Path, "PRIVATECOMMENT")).Dispose();
        await site.EditAsync(article.Id, edit with { Status = ArticleStatus.Private });
        using var editor = await StaffClient.SignInAsync(site, Role.Administrator);
        editor.Browser.Cookies.Add(site.Url, new System.Net.Cookie("js", "1"));

        Assert.Contains("PRIVATEWORDS", await editor.Browser.ReadAsync(article.Path), StringComparison.Ordinal);
        Assert.Contains("PRIVATECOMMENT", await editor.Browser.ReadAsync($"{article.Path}feed/"), StringComparison.Ordinal);
        foreach (var path in new[] { article.Path, $"{article.Path}feed/" })
        {
            using var reader = site.NewReader();
            using var answer = await reader.GetAsync(path);
            Assert.Equal(404, (int)answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_feed_names_itself_without_what_a_link_to_it_carried()
    {
        await site.PublishAsync("Fed");
        foreach (var path in new[] { "/feed/", "/feed/atom/" })
        {
            Assert.DoesNotContain("EVIL", await ReadAsync($"{path}?utm_campaign=EVIL"), StringComparison.Ordinal);
            Assert.DoesNotContain("EVIL", await ReadAsync($"{path}?utm_campaign=EVIL", "comment_author_broadsheet=x"), StringComparison.Ordinal);
            Assert.DoesNotContain("EVIL", await ReadAsync(path), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Readers_who_hang_up_while_a_page_is_rendered_leave_no_empty_page()
    {
        var article = await site.PublishAsync("Hung up");
        var whole = (await ReadAsync($"{article.Path}?replytocom=1")).Length;
        for (var i = 0; i < 60; i++)
        {
            var path = $"{article.Path}?replytocom={900_000 + i}";
            using (var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
            {
                socket.LingerState = new LingerOption(true, 0);
                await socket.ConnectAsync(site.Url.Host, site.Url.Port);
                await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {site.Url.Authority}\r\n\r\n"));
                await Task.Delay(TimeSpan.FromMilliseconds(i % 20 * 0.5));
            }
            Assert.InRange((await ReadAsync(path)).Length, whole - 200, whole + 200);
        }
    }

    [Fact]
    public async Task Where_one_must_sign_in_to_comment_guests_share_a_page_and_the_signed_in_have_a_form()
    {
        var article = await site.PublishAsync("Members only");
        await site.SetAsync(p => p with { SignInToComment = true });
        try
        {
            using var person = await StaffClient.SignInAsync(site, Role.Reader);
            person.Browser.Cookies.Add(site.Url, new System.Net.Cookie("js", "1"));
            for (var i = 0; i < 2; i++)
            {
                Assert.DoesNotContain("id=\"commentform\"", await ReadAsync(article.Path), StringComparison.Ordinal);
                Assert.Contains("id=\"commentform\"", await person.Browser.ReadAsync(article.Path), StringComparison.Ordinal);
            }
        }
        finally
        {
            await site.SetAsync(p => p with { SignInToComment = false });
        }
    }

    private async Task<string> ReadAsync(string path, string? cookies = null)
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = site.Url };
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (cookies is not null) request.Headers.Add("Cookie", cookies);
        using var response = await http.SendAsync(request);
        Assert.Equal(200, (int)response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    public sealed class OnSqlite(SqliteSite site) : SharedPageTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : SharedPageTests(site), IClassFixture<PostgresSite>;
}
