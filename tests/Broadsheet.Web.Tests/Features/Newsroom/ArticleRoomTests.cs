using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Newsroom;

/// <summary>The list of articles, the settings, and forms that are not taken.</summary>
public abstract class ArticleRoomTests(BroadsheetSite site)
{
    [Fact]
    public async Task A_missing_token_is_refused_and_the_words_come_back()
    {
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);

        using var answer = await ed.Browser.PostAsync("/newsroom/articles/new/", [new("title", "From nowhere"), new("body", "Words that must not be lost, however long they are."), new("deed", "publish")]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await StaffClient.PageOf(answer);
        Assert.Contains("Words that must not be lost", page.QuerySelector("textarea[name=body]")!.TextContent, StringComparison.Ordinal);
        Assert.False(await site.ReadAsync(db => db.Articles.AnyAsync(a => a.Title == "From nowhere")));
        using var again = await ed.SendAsync((IHtmlFormElement)page.QuerySelector("form.kept")!, "", []);
        Assert.Equal(HttpStatusCode.Found, again.StatusCode);
        Assert.True(await site.ReadAsync(db => db.Articles.AnyAsync(a => a.Title == "From nowhere" && a.Status == ArticleStatus.Published)));
    }

    [Fact]
    public async Task A_form_of_another_site_is_refused()
    {
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);
        var token = (await ed.OpenAsync("/newsroom/articles/new/")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/newsroom/articles/new/", UriKind.Relative)) { Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("title", "Forged"), new("deed", "publish")]) };
        ed.Browser.Http.DefaultRequestHeaders.Remove("Sec-Fetch-Site");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        using var answer = await ed.Browser.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(await site.ReadAsync(db => db.Articles.AnyAsync(a => a.Title == "Forged")));
    }

    [Fact]
    public async Task The_list_is_narrowed_by_standing_author_and_words()
    {
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);
        using var other = await StaffClient.SignInAsync(site, Role.Author);
        await ed.WriteAsync("Quorum of herrings", "draft");
        await other.WriteAsync("Quorum of mackerels", "publish");

        Assert.Equal(["Quorum of herrings", "Quorum of mackerels"], (await TitlesAsync(ed, "q=quorum")).Order(StringComparer.Ordinal));
        Assert.Equal(["Quorum of herrings"], await TitlesAsync(ed, "q=QUORUM&status=draft"));
        Assert.Equal(["Quorum of mackerels"], await TitlesAsync(ed, $"q=quorum&author={other.Id}"));
        Assert.Equal(["Quorum of mackerels"], await TitlesAsync(other, "q=quorum"));
        Assert.Empty(await TitlesAsync(ed, "q=100%25"));
    }

    [Fact]
    public async Task Settings_change_what_readers_see_and_wrong_ones_are_told()
    {
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);

        using var wrong = await admin.SubmitAsync("/newsroom/settings/", [new("permalinks", "/%nonsense%/"), new("posts_per_page", "many"), new("title", "Half typed")]);
        using var right = await admin.SubmitAsync("/newsroom/settings/", [new("title", "The Evening Tide"), new("thread_depth", "3")]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        var page = await StaffClient.PageOf(wrong);
        Assert.Contains("nonsense", page.QuerySelector("#f-permalinks-problem")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("many", page.QuerySelector("#f-posts_per_page")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.Found, right.StatusCode);
        using var reader = site.NewReader();
        Assert.Contains("The Evening Tide", await reader.ReadAsync("/"));
        Assert.Equal("3", (await admin.OpenAsync("/newsroom/settings/")).QuerySelector("#f-thread_depth")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData("/category/%postname%/", "categories")]
    [InlineData("/newsroom/%postname%/", "the newsroom")]
    [InlineData("/words/%postname%/", "tags")]
    public async Task Addresses_at_which_articles_would_not_be_reached_are_refused_by_name(string structure, string named)
    {
        using var admin = await StaffClient.SignInAsync(site, Role.Administrator);
        await site.SetAsync(p => p with { TagBase = "words" });

        using var answer = await admin.SubmitAsync("/newsroom/settings/", [new("permalinks", structure)]);
        await site.SetAsync(p => p with { TagBase = "tag" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(named, (await StaffClient.PageOf(answer)).QuerySelector("#f-permalinks-problem")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(PermalinkStructure.Default, (await admin.OpenAsync("/newsroom/settings/")).QuerySelector("#f-permalinks")!.GetAttribute("value"));
    }

    [Fact]
    public async Task An_article_without_a_word_is_not_kept()
    {
        using var ed = await StaffClient.SignInAsync(site, Role.Editor);

        using var answer = await ed.SubmitAsync("/newsroom/articles/new/", [new("title", " "), new("body", " \n ")], ("deed", "draft"), "form.editor");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("headline or some words", (await StaffClient.PageOf(answer)).QuerySelector("#f-title-problem")!.TextContent, StringComparison.Ordinal);
        Assert.False(await site.ReadAsync(db => db.Articles.AnyAsync(a => a.AuthorId == ed.Id)));
        using var words = await ed.SubmitAsync("/newsroom/articles/new/", [new("body", "No headline yet.")], ("deed", "draft"), "form.editor");
        Assert.Equal(HttpStatusCode.Found, words.StatusCode);
    }

    private static async Task<List<string>> TitlesAsync(StaffClient who, string query) => [.. (await who.OpenAsync($"/newsroom/articles/?{query}")).QuerySelectorAll(".rows .title").Select(t => t.TextContent)];

    public sealed class OnSqlite(SqliteSite site) : ArticleRoomTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : ArticleRoomTests(site), IClassFixture<PostgresSite>;
}
