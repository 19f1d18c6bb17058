using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Web.Features.SignIn.FromArticle;
using Broadsheet.Web.Tests.Features.SignIn.Social;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.SignIn.FromArticle;

/// <summary>Signing in from the reply form, without script: the words travel along, and the reader comes back to them.</summary>
public abstract class KeptWordsTests(BroadsheetSite site, OpenIdProvider club)
{
    [Fact]
    public async Task Words_typed_before_signing_in_with_a_provider_are_in_the_form_afterwards_and_gone_once_posted()
    {
        await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0 });
        var article = await site.PublishAsync("Left with words");
        var parent = (await site.TalkAsync(article.Id, [null]))[0];
        var user = club.Join("Willa Writer", isVerified: true);
        using var reader = new StaffClient(site, 0, "");

        using (var answer = await reader.Browser.SignInWithAsync("club", user.Subject, "", Typed(article.Id, "Was the ferry late?\n\nAgain?", parent))) Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var begun = await reader.SubmitAsync("/account/sign-in/arrived/", []);
        var back = begun.Headers.Location!.OriginalString;
        Assert.Equal($"{article.Path}?replytocom={parent}#respond", back);
        var page = await reader.OpenAsync(back);
        var form = (IHtmlFormElement)page.QuerySelector("#commentform")!;

        Assert.Equal("Was the ferry late?\n\nAgain?", ((IHtmlTextAreaElement)form.QuerySelector("#comment")!).Value);
        Assert.Equal($"{parent}", ((IHtmlInputElement)form.QuerySelector("#comment_parent")!).Value);
        Assert.True(((IHtmlInputElement)form.QuerySelector("#subscribe_comments")!).IsChecked);
        Assert.Equal($"You are commenting using your The Club account, as {user.Name}. Log out", Plain(form.QuerySelector("p.signed-in")!));
        Assert.NotNull(form.QuerySelector("details.change button[formaction='/account/sign-in/with/guild/']"));
        using var posted = await reader.Browser.CommentAsync(back, "Was the ferry late?");
        Assert.Contains("#comment-", posted.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Equal(0, await site.ReadAsync(db => db.KeptReplies.CountAsync(k => k.ArticleId == article.Id)));
        Assert.Equal("", ((IHtmlTextAreaElement)(await reader.OpenAsync(article.Path)).QuerySelector("#comment")!).Value);
    }

    [Fact]
    public async Task Whoever_signs_in_by_mail_or_out_comes_back_to_their_words_too()
    {
        var article = await site.PublishAsync("Left by mail");
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);

        using var other = await ann.Browser.PostAsync("/account/sign-in/from/", Typed(article.Id, "Half a thought"));
        Assert.Equal($"/account/sign-in/?again=other&returnUrl={Uri.EscapeDataString(article.Path + "#respond")}", other.Headers.Location?.OriginalString);
        // The session has not ended.
        Assert.Contains("You are commenting as", Plain((await ann.OpenAsync(article.Path)).QuerySelector("p.signed-in")!), StringComparison.Ordinal);
        using var left = await ann.Browser.PostAsync("/account/sign-out/from/", Typed(article.Id, "A whole thought"));

        Assert.Equal(article.Path + "#respond", left.Headers.Location?.OriginalString);
        var page = await ann.OpenAsync(article.Path);
        Assert.Null(page.QuerySelector("p.signed-in"));
        Assert.Equal("A whole thought", ((IHtmlTextAreaElement)page.QuerySelector("#comment")!).Value);
    }

    [Fact]
    public async Task With_script_the_page_stays_everyones_and_the_words_come_with_what_is_the_readers_own()
    {
        var article = await site.PublishAsync("Left with script");
        using var reader = site.NewReader();
        using var left = await reader.PostAsync("/account/sign-in/from/", Typed(article.Id, "Only mine"));
        reader.Cookies.Add(site.Url, new Cookie("js", "1"));

        var page = await reader.OpenAsync(article.Path);
        using var me = JsonDocument.Parse(await reader.ReadAsync($"/wp-json/broadsheet/v1/me?post={article.Id}"));
        using var stranger = site.NewReader();

        Assert.Equal("", ((IHtmlTextAreaElement)page.QuerySelector("#comment")!).Value);
        Assert.NotNull(page.QuerySelector("#commentform button.way-other[formaction='/account/sign-in/with/club/']"));
        var kept = me.RootElement.GetProperty("kept");
        Assert.Equal(("Only mine", true), (kept.GetProperty("words").GetString(), kept.GetProperty("thread").GetBoolean()));
        Assert.DoesNotContain("Only mine", await stranger.ReadAsync(article.Path), StringComparison.Ordinal);
        using var theirs = JsonDocument.Parse(await stranger.ReadAsync($"/wp-json/broadsheet/v1/me?post={article.Id}"));
        Assert.Equal(JsonValueKind.Null, theirs.RootElement.GetProperty("kept").ValueKind);
    }

    [Fact]
    public async Task Under_another_article_they_are_not_shown_and_after_a_day_they_are_forgotten()
    {
        var (article, other) = (await site.PublishAsync("Left here"), await site.PublishAsync("Not there"));
        using var reader = site.NewReader();
        using var left = await reader.PostAsync("/account/sign-in/from/", Typed(article.Id, "Here only"));
        Assert.Equal("", ((IHtmlTextAreaElement)(await reader.OpenAsync(other.Path)).QuerySelector("#comment")!).Value);

        await site.Writes.RunAsync(async (scope, ct) => (await scope.Db.KeptReplies.AsTracking().SingleAsync(k => k.ArticleId == article.Id, ct)).ExpiresAt = scope.Now.AddMinutes(-1), CancellationToken.None);
        Assert.Equal("", ((IHtmlTextAreaElement)(await reader.OpenAsync(article.Path)).QuerySelector("#comment")!).Value);
        await new ForgetKeptReplies(site.Engine, site.Writes, TimeProvider.System).RunAsync(CancellationToken.None);

        Assert.False(await site.ReadAsync(db => db.KeptReplies.AnyAsync(k => k.ArticleId == article.Id)));
    }

    [Theory]
    [InlineData("/account/sign-in/from/")]
    [InlineData("/account/sign-out/from/")]
    [InlineData("/account/sign-in/with/club/")]
    public async Task What_cannot_be_kept_is_given_back_and_nobody_is_sent_away(string door)
    {
        var article = await site.PublishAsync("Too much to keep");
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);
        var words = new string('x', Comment.MaxLength + 1);

        using var answer = await ann.Browser.PostAsync(door, Typed(article.Id, words));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(words, ((IHtmlTextAreaElement)(await StaffClient.PageOf(answer)).QuerySelector("textarea[name=comment]")!).Value);
        Assert.True(ann.Browser.IsSignedIn(site.Url));
    }

    [Fact]
    public async Task Enter_in_a_field_posts_the_comment_and_leads_to_no_provider()
    {
        var article = await site.PublishAsync("Enter");
        using var reader = site.NewReader();
        var first = (await reader.OpenAsync(article.Path)).QuerySelectorAll("#commentform button")[0];
        Assert.Null(first.GetAttribute("formaction"));
    }

    private static KeyValuePair<string, string>[] Typed(long article, string words, long parent = 0) =>
        [new("comment_post_ID", $"{article}"), new("comment_parent", $"{parent}"), new("comment", words), new("subscribe_comments", "1")];

    private static string Plain(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public sealed class OnSqlite(SqliteClubSite site) : KeptWordsTests(site, site.Club), IClassFixture<SqliteClubSite>;

    public sealed class OnPostgres(PostgresClubSite site) : KeptWordsTests(site, site.Club), IClassFixture<PostgresClubSite>;
}
