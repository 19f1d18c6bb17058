using System.Net;
using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;

namespace Broadsheet.Web.Tests.Features.Reading;

/// <summary>What readers do not see yet is seen, as it will look, by those who may edit it; by nobody else, and by no machine.</summary>
public abstract class DraftPreviewTests(BroadsheetSite site)
{
    [Fact]
    public async Task The_link_that_the_newsroom_gives_shows_the_draft_as_a_page()
    {
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await editor.WriteAsync("Bridge to close", "draft");
        var link = (await editor.OpenAsync($"/newsroom/articles/{id}/")).QuerySelectorAll("a").First(a => a.TextContent == "See it as a page").GetAttribute("href")!;

        using var answer = await editor.GetAsync(link);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("no-store", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal("noindex, nofollow", answer.Headers.GetValues("X-Robots-Tag").Single());
        var page = await StaffClient.PageOf(answer);
        Assert.Equal("Bridge to close", page.QuerySelector("h1.p-name")!.TextContent);
        Assert.Contains("Words of Bridge to close.", page.QuerySelector(".article-body")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Preview: a draft.", page.QuerySelector(".preview-note")!.TextContent, StringComparison.Ordinal);
        Assert.Equal($"/newsroom/articles/{id}/", page.QuerySelector(".preview-note a")!.GetAttribute("href"));
        Assert.Equal("noindex, nofollow", page.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
        Assert.Null(page.QuerySelector("link[rel=canonical]"));
    }

    [Theory]
    [InlineData(Role.Administrator, true)]
    [InlineData(Role.Editor, true)]
    [InlineData(Role.Author, false)]
    [InlineData(Role.Contributor, false)]
    [InlineData(Role.Moderator, false)]
    [InlineData(null, false)]
    public async Task Only_those_who_may_edit_it_see_a_preview(Role? role, bool sees)
    {
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await editor.WriteAsync($"Unseen by {role}", "draft");
        using var staff = role is { } r ? await StaffClient.SignInAsync(site, r) : null;
        using var reader = site.NewReader();

        // Twice, and first by one who may: nothing of it is kept for the next.
        using (await editor.GetAsync($"/?p={id}&preview=true")) { }
        using var answer = await (staff?.Browser ?? reader).GetAsync($"/?p={id}&preview=true");
        using var plain = await (staff?.Browser ?? reader).GetAsync($"/?p={id}");

        Assert.Equal(sees ? HttpStatusCode.OK : HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(sees, (await answer.Content.ReadAsStringAsync()).Contains($"Words of Unseen by {role}.", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, plain.StatusCode);
    }

    [Fact]
    public async Task A_contributor_sees_their_own()
    {
        using var contributor = await StaffClient.SignInAsync(site, Role.Contributor);
        var id = await contributor.WriteAsync("My first piece", "review");

        var page = await contributor.OpenAsync($"/?p={id}&preview=true");

        Assert.Contains("waiting for review", page.QuerySelector(".preview-note")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_page_of_a_divided_draft_has_its_preview()
    {
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        var draft = await site.PublishAsync(new ArticleEdit("In two parts", "<p>FIRST</p><!--nextpage--><p>SECOND</p>", BodyFormat.WordPress) { Status = ArticleStatus.Draft });

        var first = await editor.OpenAsync($"/?p={draft.Id}&preview=true");
        var second = await editor.OpenAsync(first.QuerySelector(".article-pages a")!.GetAttribute("href")!);

        Assert.Contains("SECOND", second.QuerySelector(".article-body")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_published_article_is_shown_at_its_own_address_and_a_scheduled_one_says_when()
    {
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        var published = await site.PublishAsync("Out already");
        var scheduled = await site.PublishAsync(new ArticleEdit("To come", "<p>Words.</p>", BodyFormat.Html) { Status = ArticleStatus.Scheduled, PublishedAt = new DateTimeOffset(2030, 5, 6, 7, 8, 0, TimeSpan.Zero) });

        using var answer = await editor.GetAsync($"/?p={published.Id}&preview=true");
        var page = await editor.OpenAsync($"/?p={scheduled.Id}&preview=true");

        Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
        Assert.Equal(published.Path, answer.Headers.Location!.OriginalString);
        Assert.Contains("scheduled for May 6, 2030", page.QuerySelector(".preview-note")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/?p=999999999")]
    [InlineData("/?page_id=999999999")]
    [InlineData("/?attachment_id=999999999&preview=true")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        using var reader = site.NewReader();

        using var answer = await reader.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    public sealed class OnSqlite(SqliteSite site) : DraftPreviewTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : DraftPreviewTests(site), IClassFixture<PostgresSite>;
}
