using System.Net;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Mail;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Features.Moderation;

/// <summary>What moderators do about commenters: ban, warn, note, trust.</summary>
public abstract class CommenterTests(BroadsheetSite site)
{
    [Fact]
    public async Task A_ban_from_a_comment_takes_its_writers_comments_along_is_told_and_is_lifted()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        using var reader = await StaffClient.SignInAsync(site, Role.Reader);
        var article = await site.PublishAsync("Banned from here");
        await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0 });
        using var first = await reader.Browser.CommentAsync(article.Path, "The first words.");
        using var second = await reader.Browser.CommentAsync(article.Path, "The second words.");
        var id = long.Parse(second.Headers.Location!.OriginalString.Split("#comment-")[1]);

        using var without = await mod.SubmitAsync($"/newsroom/comments/bans/?comment={id}", [new("reason", "")], form: "form.why");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, without.StatusCode);
        using var banned = await mod.SubmitAsync($"/newsroom/comments/bans/?comment={id}", [new("reason", "Insults, again and again."), new("term", "7d"), new("all", "yes")], form: "form.why");
        Assert.Equal(HttpStatusCode.Found, banned.StatusCode);

        var ban = await site.ReadAsync(db => db.Bans.SingleAsync(b => b.Kind == BanKind.Person && b.Value == $"{reader.Id}"));
        Assert.Equal((BanAction.Refuse, "Insults, again and again."), (ban.Action, ban.Reason));
        using var refused = await reader.Browser.CommentAsync(article.Path, "The third words.");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("Insults, again and again.", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await Eventually.SeesAsync(() => site.ReadAsync(async db => await db.Comments.CountAsync(c => c.PersonId == reader.Id && c.Standing == Standing.Trashed) == 2));
        var mail = await site.ReadAsync(db => db.Mails.SingleAsync(m => m.Kind == MailKind.Banned && m.Email == reader.Email));
        Assert.Contains("Insults, again and again.", (await LetterAsync(mail))!.Body.Text().Flat(), StringComparison.Ordinal);

        using var lifted = await mod.SubmitAsync("/newsroom/comments/bans/", [], form: "form[action='/newsroom/comments/bans/lift/']:has(input[value='" + ban.Id + "'])");
        using var welcome = await reader.Browser.CommentAsync(article.Path, "The fourth words.");
        Assert.Equal(HttpStatusCode.Found, welcome.StatusCode);
        Assert.Null(await LetterAsync(mail));
    }

    [Theory]
    [InlineData("0.0.0.0/1", "too wide")]
    [InlineData("not a thing at all", "Give a domain")]
    [InlineData("", "Say whom to ban")]
    public async Task What_cannot_be_banned_is_said_and_nothing_typed_is_lost(string value, string problem)
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);

        using var answer = await mod.SubmitAsync("/newsroom/comments/bans/", [new("value", value), new("reason", "A reason to keep.")], form: "form.why");

        var page = await StaffClient.PageOf(answer);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(problem, page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("A reason to keep.", page.QuerySelector("#why")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Staff_are_neither_banned_nor_warned()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);

        using var ban = await mod.SubmitAsync("/newsroom/comments/bans/", [new("value", editor.Email), new("reason", "No.")], form: "form.why");
        Assert.Contains("staff cannot be banned", await ban.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var problem = await site.Writes.RunAsync((scope, ct) => CommenterLedger.WarnAsync(scope, editor.Id, null, "A word.", mod.Id, ct), CancellationToken.None);
        Assert.Equal("person", problem!.Field);
    }

    [Fact]
    public async Task Who_is_warned_reads_it_before_they_comment_again_and_keeps_their_words()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        using var reader = await StaffClient.SignInAsync(site, Role.Reader);
        var article = await site.PublishAsync("Warned here");
        using var warned = await mod.SubmitAsync($"/newsroom/comments/people/{reader.Id}/", [new("words", "Speak of the matter,\nnot of the person.")], form: $"form[action='/newsroom/comments/people/{reader.Id}/warn/']");
        using var noted = await mod.SubmitAsync($"/newsroom/comments/people/{reader.Id}/", [new("words", "Warned for the tone.")], form: $"form[action='/newsroom/comments/people/{reader.Id}/note/']");

        using var stopped = await reader.Browser.CommentAsync(article.Path, "Words that are kept.");
        Assert.Equal(HttpStatusCode.Forbidden, stopped.StatusCode);
        var again = await StaffClient.PageOf(stopped);
        Assert.Equal("Words that are kept.", again.QuerySelector("#comment")!.TextContent.Trim());
        Assert.Contains("Speak of the matter", await reader.Browser.ReadAsync("/account/warnings/"), StringComparison.Ordinal);
        using var other = await StaffClient.SignInAsync(site, Role.Reader);
        Assert.DoesNotContain("Speak of the matter", await other.Browser.ReadAsync("/account/warnings/"), StringComparison.Ordinal);
        using var read = await reader.SubmitAsync("/account/warnings/", [], form: "form[action='/account/warnings/']");
        using var posted = await reader.Browser.CommentAsync(article.Path, "Words that are kept.");
        Assert.Equal(HttpStatusCode.Found, posted.StatusCode);
        var page = await mod.Browser.ReadAsync($"/newsroom/comments/people/{reader.Id}/");
        Assert.Contains("Warned for the tone.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("not read yet", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Warned for the tone.", await reader.Browser.ReadAsync("/account/warnings/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_whose_comments_always_wait_waits()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        using var reader = await StaffClient.SignInAsync(site, Role.Reader);
        var article = await site.PublishAsync("Waits here");
        await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0 });
        using var saved = await mod.SubmitAsync($"/newsroom/comments/people/{reader.Id}/", [new("trust", "AlwaysHeld")], form: $"form[action='/newsroom/comments/people/{reader.Id}/trust/']");

        using var posted = await reader.Browser.CommentAsync(article.Path, "Waiting words.");

        var id = long.Parse(posted.Headers.Location!.OriginalString.Split("#comment-")[1]);
        Assert.Equal(Standing.Held, await site.ReadAsync(db => db.Comments.Where(c => c.Id == id).Select(c => c.Standing).SingleAsync()));
    }

    private Task<Letter?> LetterAsync(QueuedMail mail) => site.App.Services.GetServices<IWriteLetters>().Single(w => w.Kind == mail.Kind).WriteAsync(mail, CancellationToken.None);

    public sealed class OnSqlite(SqliteSite site) : CommenterTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : CommenterTests(site), IClassFixture<PostgresSite>;
}
