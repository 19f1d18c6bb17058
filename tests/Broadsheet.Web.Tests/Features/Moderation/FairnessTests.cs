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

/// <summary>Legal notices, the public numbers, and mail to moderators.</summary>
public abstract class FairnessTests(BroadsheetSite site)
{
    [Fact]
    public async Task A_legal_notice_is_received_decided_once_and_told_to_both_sides()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        var article = await site.PublishAsync("Noticed");
        var id = await AddAsync(article.Id, "Words against a law.", Standing.Shown);
        using var reader = site.NewReader();
        List<KeyValuePair<string, string>> form = [new("comment", $"{id}"), new("law", "Libel act"), new("explanation", "It is not true."), new("more", ""), new("name", "Nora Notice"), new("email", "nora@example.org")];
        using var unsure = await reader.PostAsync("/discussion/notice/", form);
        Assert.Contains("believe in good faith", await unsure.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var nameless = await reader.PostAsync("/discussion/notice/", [.. form.Where(f => f.Key != "name"), new("good_faith", "yes")]);
        Assert.Contains("Give your name", await nameless.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var received = await reader.PostAsync("/discussion/notice/", [.. form, new("good_faith", "yes")]);
        Assert.Equal(HttpStatusCode.OK, received.StatusCode);
        var notice = await site.ReadAsync(db => db.LegalNotices.SingleAsync(n => n.CommentId == id));
        Assert.Contains($"Your notice has the number {notice.Id}.", await received.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("Libel act", await mod.Browser.ReadAsync("/newsroom/comments/notices/"), StringComparison.Ordinal);

        using var without = await mod.SubmitAsync($"/newsroom/comments/notices/{notice.Id}/", [new("what", "law"), new("statement", "")], form: "form.why");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, without.StatusCode);
        using var decided = await mod.SubmitAsync($"/newsroom/comments/notices/{notice.Id}/", [new("what", "law"), new("statement", "The claim is shown to be false.")], form: "form.why");
        using var again = await mod.Browser.PostAsync($"/newsroom/comments/notices/{notice.Id}/", [new("__RequestVerificationToken", (await mod.OpenAsync("/newsroom/")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!), new("what", "stays"), new("statement", "On second thoughts.")]);

        Assert.Equal(Standing.Trashed, await site.ReadAsync(db => db.Comments.Where(c => c.Id == id).Select(c => c.Standing).SingleAsync()));
        var after = await site.ReadAsync(db => db.LegalNotices.SingleAsync(n => n.Id == notice.Id));
        Assert.Equal((NoticeState.Acted, true, "The claim is shown to be false."), (after.State, after.IsByLaw, after.Statement));
        Assert.Equal("The claim is shown to be false.", await site.ReadAsync(db => db.Decisions.Where(d => d.CommentId == id).Select(d => d.Reason).SingleAsync()));
        var mails = await site.ReadAsync(db => db.Mails.Where(m => m.SubscriptionId == notice.Id && m.Kind >= MailKind.NoticeReceived && m.Kind <= MailKind.StatementOfReasons).OrderBy(m => m.Kind).ToListAsync());
        Assert.Equal([(MailKind.NoticeReceived, "nora@example.org"), (MailKind.NoticeAnswered, "nora@example.org"), (MailKind.StatementOfReasons, "ida@example.org")], mails.Select(m => (m.Kind, m.Email)));
        Assert.Contains("against the law: Libel act", (await LetterAsync(mails[2]))!.Body.Text().Flat(), StringComparison.Ordinal);
        Assert.Contains("The claim is shown to be false.", (await LetterAsync(mails[1]))!.Body.Text().Flat(), StringComparison.Ordinal);
        Assert.Contains("Libel act,It is not true.", await mod.Browser.ReadAsync("/newsroom/comments/notices.csv"), StringComparison.Ordinal);
        Assert.Equal(await site.ReadAsync(db => db.LegalNotices.CountAsync(n => n.State == NoticeState.Open)), (await site.ReadAsync(db => QueueLedger.LengthsAsync(db, CancellationToken.None))).GetValueOrDefault(Queue.Notices));
    }

    [Fact]
    public async Task Nobody_fills_a_strangers_letter_box_with_receipts()
    {
        var article = await site.PublishAsync("Noticed again and again");
        var id = await AddAsync(article.Id, "Words.", Standing.Shown);
        using var reader = site.NewReader();
        for (var i = 0; i < 12; i++)
        {
            using var answer = await reader.PostAsync("/discussion/notice/", [new("comment", $"{id}"), new("law", $"Law {i}"), new("explanation", "Because."), new("more", ""), new("name", "Nobody"), new("email", "victim@example.org"), new("good_faith", "yes")]);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal(3, await site.ReadAsync(db => db.Mails.CountAsync(m => m.Email == "victim@example.org")));
    }

    [Fact]
    public async Task The_numbers_of_a_day_are_counted_and_shown_only_where_the_publication_wishes()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        var article = await site.PublishAsync("Counted days");
        // A day of its own, long before the other tests.
        var at = new DateTimeOffset(2024, 5, 6, 12, 0, 0, TimeSpan.Zero);
        var held = await AddAsync(article.Id, "Held that day.", Standing.Held, at);
        await AddAsync(article.Id, "Shown that day.", Standing.Shown, at);
        await AddAsync(article.Id, "Caught that day.", Standing.Spam, at);
        var publication = await site.App.Services.GetRequiredService<PublicationStore>().GetAsync(CancellationToken.None);
        await site.Writes.RunAsync(async (scope, ct) =>
        {
            var made = await DecisionLedger.DecideAsync(scope, [new SeenComment(held)], new DecisionWish(Standing.Trashed, mod.Id), ct);
            made.Made[0].At = at.AddHours(1);
            await scope.FlushAsync(ct);
            await ModerationDayLedger.CountAsync(scope, publication, new DateOnly(2024, 5, 6), ct);
        }, CancellationToken.None);

        var day = await site.ReadAsync(db => db.ModerationDays.SingleAsync(d => d.Day == new DateOnly(2024, 5, 6)));
        Assert.Equal((3, 1, 1, 1, 0), (day.Received, day.Held, day.Caught, day.Removed, day.Appeals));
        using var reader = site.NewReader();
        using var hidden = await reader.GetAsync("/discussion/numbers/");
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        await site.SetAsync(p => p with { ShowsModeration = true });
        var page = await reader.OpenAsync("/discussion/numbers/");
        Assert.Contains("May 2024", page.QuerySelector("tbody tr:last-child th")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["3", "1", "1", "1", "0", "0", "0", "0"], page.QuerySelectorAll("tbody tr:last-child td").Select(td => td.TextContent));
    }

    [Fact]
    public async Task A_moderator_who_wishes_it_gets_one_mail_for_all_that_waits()
    {
        using var mod = await StaffClient.SignInAsync(site, Role.Moderator);
        using var chosen = await mod.SubmitAsync("/newsroom/comments/", [new("mail", "hourly")], form: "form[action='/newsroom/comments/mail/']");
        Assert.Equal(HeldMail.Hourly, await site.ReadAsync(db => db.Users.Where(u => u.Id == mod.Id).Select(u => u.HeldMail).SingleAsync()));
        var article = await site.PublishAsync("Mailed of");
        var later = TimeProvider.System.GetUtcNow().AddSeconds(5);
        var first = await AddAsync(article.Id, "The first that waits.", Standing.Held, later);
        await AddAsync(article.Id, "The second that waits.", Standing.Held, later);

        // Not before the hour is over.
        await site.Writes.RunAsync(HeldMailLedger.TellAsync, CancellationToken.None);
        Assert.Empty(await MailsAsync());
        await site.Writes.RunAsync((scope, ct) => scope.Db.Users.Where(u => u.Id == mod.Id).ExecuteUpdateAsync(set => set.SetProperty(u => u.HeldToldAt, TimeProvider.System.GetUtcNow().AddHours(-2)), ct), CancellationToken.None);
        await site.Writes.RunAsync(HeldMailLedger.TellAsync, CancellationToken.None);
        await site.Writes.RunAsync(HeldMailLedger.TellAsync, CancellationToken.None);

        var mail = Assert.Single(await MailsAsync());
        mail.CreatedAt = later;
        await site.Writes.RunAsync((scope, ct) => DecisionLedger.DecideAsync(scope, [new SeenComment(first)], new DecisionWish(Standing.Shown, mod.Id), ct), CancellationToken.None);
        var letter = (await LetterAsync(mail))!;
        Assert.Contains("The second that waits.", letter.Body.Text().Flat(), StringComparison.Ordinal);
        // Decided meanwhile.
        Assert.DoesNotContain("The first that waits.", letter.Body.Text().Flat(), StringComparison.Ordinal);

        Task<List<QueuedMail>> MailsAsync() => site.ReadAsync(db => db.Mails.Where(m => m.Kind == MailKind.Held && m.Email == mod.Email).ToListAsync());
    }

    private Task<Letter?> LetterAsync(QueuedMail mail) => site.App.Services.GetServices<IWriteLetters>().Single(w => w.Kind == mail.Kind).WriteAsync(mail, CancellationToken.None);

    private Task<long> AddAsync(long articleId, string words, Standing standing, DateTimeOffset? at = null) => site.Writes.RunAsync(async (scope, ct) =>
    {
        var draft = CommentDraft.Read(new CommentFields(articleId, null, words, "Ida", "ida@example.org", ""), true).Value;
        var when = at ?? scope.Now;
        var comment = Comment.Write(draft, Core.Text.CommentText.Render(words), new CommentOrigin(null, "192.0.2.9", "", when, when.DateTime), standing, null);
        await CommentLedger.AddAsync(scope, comment, ct);
        return comment.Id;
    }, CancellationToken.None);

    public sealed class OnSqlite(SqliteSite site) : FairnessTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : FairnessTests(site), IClassFixture<PostgresSite>;
}
