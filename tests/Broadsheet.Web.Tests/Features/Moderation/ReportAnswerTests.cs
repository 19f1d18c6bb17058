using System.Net;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Mail;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Features.Moderation;

/// <summary>Whoever reported a comment learns what came of it.</summary>
public abstract class ReportAnswerTests(BroadsheetSite site)
{
    [Fact]
    public async Task Who_asked_is_mailed_the_outcome_once_and_sees_it_on_their_page()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        using var reader = await ReaderAsync(isProven: true);
        var (title, id) = await ShowAsync("The harbour, reported");
        using var reported = await reader.SubmitAsync($"/discussion/report/?comment={id}", [new("reason", "abuse"), new("answer", "1")], form: "form.task");
        Assert.Contains("What comes of it stands on your account’s page", (await StaffClient.PageOf(reported)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Waits for a moderator. You will be mailed.", await reader.Browser.ReadAsync("/account/reports/"), StringComparison.Ordinal);
        Assert.Empty(await MailsAsync(reader));

        await DecideAsync(mod, id, "trash");
        var first = Assert.Single(await MailsAsync(reader));
        Assert.Equal((MailState.Waiting, TimeSpan.FromMinutes(5)), (first.State, first.DueAt - first.CreatedAt));
        // Taken back at once: nothing goes, and the report waits again.
        using var undo = await mod.SubmitAsync("/newsroom/comments/", [], form: ".notice form");
        Assert.Empty(await MailsAsync(reader));
        Assert.Null(await LetterAsync(first));

        await DecideAsync(mod, id, "trash");
        var mail = Assert.Single(await MailsAsync(reader));
        var letter = (await LetterAsync(mail))!;
        Assert.Equal("What you reported at Broadsheet: the comment was taken down", letter.Subject);
        Assert.Contains($"You reported a comment on “{title}”. It was looked at: the comment was taken down.", letter.Body.Text().Flat(), StringComparison.Ordinal);
        Assert.DoesNotContain("Words 0.", letter.Body.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("Moderator", letter.Body.Text(), StringComparison.Ordinal);
        Assert.Equal(reader.Email, letter.To);
        Assert.Contains("The comment was taken down.", await reader.Browser.ReadAsync("/account/reports/"), StringComparison.Ordinal);

        // It went; a later change of mind is seen on the page, and not mailed again.
        await site.Writes.RunAsync((scope, ct) => scope.Db.Mails.Where(m => m.Id == mail.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MailState.Sent), ct), CancellationToken.None);
        using var back = await mod.SubmitAsync("/newsroom/comments/", [], form: ".notice form");
        await DecideAsync(mod, id, "shown");
        Assert.Equal(MailState.Sent, Assert.Single(await MailsAsync(reader)).State);
        Assert.Contains("The comment stays.", await reader.Browser.ReadAsync("/account/reports/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_who_asked_and_has_proven_their_address_is_mailed()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        using var asked = await ReaderAsync(isProven: true);
        using var silent = await ReaderAsync(isProven: true);
        using var unproven = await ReaderAsync(isProven: false);
        using var guest = site.NewReader();
        var (_, id) = await ShowAsync("Kept as it is");
        Assert.NotNull((await asked.OpenAsync($"/discussion/report/?comment={id}")).QuerySelector("input[name=answer]:not([checked])"));
        Assert.Null((await unproven.OpenAsync($"/discussion/report/?comment={id}")).QuerySelector("input[name=answer]"));
        Assert.Null((await guest.OpenAsync($"/discussion/report/?comment={id}")).QuerySelector("input[name=answer]"));
        // A form that has to be mended keeps the tick.
        using var again = await asked.Browser.PostAsync("/discussion/report/", [new("comment", $"{id}"), new("answer", "1")]);
        Assert.NotNull((await StaffClient.PageOf(again)).QuerySelector("input[name=answer][checked]"));

        foreach (var (browser, answer) in new[] { (asked.Browser, "1"), (silent.Browser, "0"), (unproven.Browser, "1"), (guest, "1") })
        {
            using var thanks = await browser.PostAsync("/discussion/report/", [new("comment", $"{id}"), new("reason", "spam"), new("answer", answer)]);
            Assert.Equal(HttpStatusCode.OK, thanks.StatusCode);
        }
        Assert.Equal(1, await site.ReadAsync(db => db.CommentReports.CountAsync(r => r.CommentId == id && r.PersonId == null && !r.WantsAnswer)));
        await DecideAsync(mod, id, "shown");

        Assert.Empty(await MailsAsync(silent));
        Assert.Empty(await MailsAsync(unproven));
        var letter = await LetterAsync(Assert.Single(await MailsAsync(asked)));
        Assert.Equal("What you reported at Broadsheet: the comment stays", letter!.Subject);
        Assert.Contains("The comment stays.", await silent.Browser.ReadAsync("/account/reports/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_leaves_is_told_nothing_more()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        using var reader = await ReaderAsync(isProven: true);
        var (_, id) = await ShowAsync("Left behind");
        using var reported = await reader.Browser.PostAsync("/discussion/report/", [new("comment", $"{id}"), new("reason", "spam"), new("answer", "1")]);
        await DecideAsync(mod, id, "trash");
        var mail = Assert.Single(await MailsAsync(reader));

        await site.Writes.RunAsync(async (scope, ct) =>
        {
            await scope.Db.Users.Where(p => p.Id == reader.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.LeavesAt, scope.Now), ct);
            await LeavingLedger.EndAsync(scope, reader.Id, ct);
        }, CancellationToken.None);

        Assert.Empty(await MailsAsync(reader));
        Assert.Null(await LetterAsync(mail));
        Assert.Equal((null, false), await site.ReadAsync(db => db.CommentReports.Where(r => r.CommentId == id).Select(r => new ValueTuple<long?, bool>(r.PersonId, r.WantsAnswer)).SingleAsync()));
    }

    private async Task<StaffClient> ReaderAsync(bool isProven)
    {
        var reader = await StaffClient.SignInAsync(site, Role.Reader);
        await site.Writes.RunAsync((scope, ct) => scope.Db.Users.Where(p => p.Id == reader.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.EmailConfirmed, isProven), ct), CancellationToken.None);
        return reader;
    }

    private async Task<(string Title, long Id)> ShowAsync(string title)
    {
        var article = await site.PublishAsync(title);
        return (title, (await site.TalkAsync(article.Id, [null]))[0]);
    }

    private Task<List<QueuedMail>> MailsAsync(StaffClient reader) => site.ReadAsync(db => db.Mails.Where(m => m.Kind == MailKind.ReportAnswered && m.EmailFolded == reader.Email).ToListAsync());

    private async Task<Letter?> LetterAsync(QueuedMail mail) => await site.App.Services.GetServices<IWriteLetters>().Single(w => w.Kind == MailKind.ReportAnswered).WriteAsync(mail, CancellationToken.None);

    private static async Task DecideAsync(StaffClient mod, long id, string to)
    {
        using var answer = await mod.SubmitAsync($"/newsroom/comments/{id}/", [], ("one", $"{to}:{id}"), "form.queue");
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }

    public sealed class OnSqlite(SqliteSite site) : ReportAnswerTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : ReportAnswerTests(site), IClassFixture<PostgresSite>;
}
