using System.Net;
using AngleSharp.Html.Dom;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Following;

public abstract class FollowTests(BroadsheetSite site) : IAsyncLifetime
{
    private MailBox Box => new(site);

    public async ValueTask InitializeAsync() => await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0, Title = "The Lantern" });

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_thread_is_followed_only_after_its_reader_has_said_yes_and_each_comment_then_comes_as_mail()
    {
        var article = await site.PublishAsync("The ferry timetable");
        using var bob = site.NewReader();
        using var ann = site.NewReader();
        await bob.AskAsync("bob.f@example.org", article.Id);
        var question = await Box.WaitAsync("bob.f@example.org");
        using (await ann.CommentAsync(article.Path, "Before he said yes.")) { }
        await site.SettleMailAsync();
        Assert.Single(Box.To("bob.f@example.org"));
        Assert.Contains("The discussion of “The ferry timetable”", question.TextBody, StringComparison.Ordinal);
        Assert.Null(question.Headers["List-Unsubscribe"]);

        await bob.ConfirmAsync(question);
        using (await ann.CommentAsync(article.Path, "The 8:15 is *late* again.\n\nSecond paragraph & more <b>bold</b>.")) { }

        var letter = await Box.WaitAsync("bob.f@example.org", 2);
        Assert.Equal("Re: The ferry timetable", letter.Subject);
        Assert.Contains("Ann Reader wrote on “The ferry timetable” (2):", letter.TextBody, StringComparison.Ordinal);
        Assert.Contains("> The 8:15 is late again.", letter.TextBody, StringComparison.Ordinal);
        Assert.Contains("> Second paragraph & more bold.", letter.TextBody, StringComparison.Ordinal);
        Assert.Contains($"{site.Url.AbsoluteUri.TrimEnd('/')}{article.Path}#comment-", letter.TextBody, StringComparison.Ordinal);
        Assert.Contains("Second paragraph &amp; more bold.", letter.HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", letter.HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", letter.HtmlBody, StringComparison.Ordinal);
        Assert.Equal("auto-generated", letter.Headers["Auto-Submitted"]);
        Assert.Equal("List-Unsubscribe=One-Click", letter.Headers["List-Unsubscribe-Post"]);
        Assert.Contains($"<discussion-{article.Id}.", letter.Headers[MimeKit.HeaderId.ListId], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Someone_signed_in_follows_with_a_button_and_is_asked_for_no_address()
    {
        var article = await site.PublishAsync("Signed in");
        using var ann = await StaffClient.SignInAsync(site, Role.Reader);
        using var guest = site.NewReader();
        Assert.NotNull((await guest.OpenAsync(article.Path)).QuerySelector(".follow-box details:not([open]) #follow-email[required]"));

        var box = (await ann.OpenAsync(article.Path)).QuerySelector(".follow-box")!;

        Assert.Null(box.QuerySelector("#follow-email"));
        Assert.Equal($"Follow as {ann.Email}", box.QuerySelector("button")!.TextContent);
        Assert.Contains($"\"address\":\"{ann.Email}\"", await ann.Browser.ReadAsync($"/wp-json/broadsheet/v1/me?post={article.Id}"), StringComparison.Ordinal);
        using var asked = await ann.SubmitAsync(article.Path, [], form: ".follow-form");
        Assert.Equal(HttpStatusCode.Found, asked.StatusCode);
        Assert.Equal(ann.Id, (await site.SubscriptionAsync(ann.Email))!.PersonId);
    }

    [Fact]
    public async Task Mail_programs_thread_a_reply_below_the_comment_that_it_answers()
    {
        var article = await site.PublishAsync("Threads");
        await site.FollowAtOnceAsync("threader@example.org", SubscriptionKind.Thread, article.Id);
        using var ann = site.NewReader();
        using var first = await ann.CommentAsync(article.Path, "A question?");
        var parent = first.Headers.Location!.OriginalString.Split("#comment-")[1];
        await Box.WaitAsync("threader@example.org");
        using (await ann.CommentAsync(article.Path, "An answer.", "Ben", "ben@example.org", [new("comment_parent", parent)])) { }

        var reply = await Box.WaitAsync("threader@example.org", 2);

        var above = Box.To("threader@example.org")[0];
        Assert.Equal(above.MessageId, reply.InReplyTo);
        Assert.Equal([above.References[0], above.MessageId!], reply.References!);
        Assert.Contains("Ben replied to Ann Reader on “Threads” (1.1, in reply to 1):", reply.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_boxes_of_the_reply_form_ask_one_question_for_all_that_was_ticked()
    {
        var article = await site.PublishAsync("Boxes");
        using var cleo = site.NewReader();
        using (await cleo.CommentAsync(article.Path, "Mine.", "Cleo", "Cleo.Boxes@example.org", [new("subscribe_replies", "1"), new("subscribe_blog", "1")])) { }

        var question = await Box.WaitAsync("Cleo.Boxes@example.org");
        Assert.Contains("Replies to your comments on “Boxes”", question.TextBody, StringComparison.Ordinal);
        Assert.Contains("New articles of The Lantern", question.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("Cleo", question.TextBody, StringComparison.Ordinal);
        await cleo.ConfirmAsync(question);

        var own = await site.ReadAsync(db => db.Comments.Where(c => c.ArticleId == article.Id).Select(c => c.Id).SingleAsync());
        using (await cleo.CommentAsync(article.Path, "Somewhere else in the thread.", "Dan", "dan@example.org")) { }
        using (await cleo.CommentAsync(article.Path, "I talk to myself.", "Cleo", "cleo.boxes@example.org", [new("comment_parent", $"{own}")])) { }
        using (await cleo.CommentAsync(article.Path, "Yours is right.", "Dan", "dan@example.org", [new("comment_parent", $"{own}")])) { }
        var letter = await Box.WaitAsync("Cleo.Boxes@example.org", 2);
        await site.SettleMailAsync();
        Assert.Contains("Dan replied to you on “Boxes” (1.2):", letter.TextBody, StringComparison.Ordinal);
        Assert.Equal(2, Box.To("Cleo.Boxes@example.org").Count);
    }

    [Fact]
    public async Task Ticks_come_back_with_the_form_and_want_an_address()
    {
        await site.SetAsync(p => p with { NameAndEmailRequired = false });
        var article = await site.PublishAsync("Ticks");
        using var reader = site.NewReader();

        using var answer = await reader.CommentAsync(article.Path, "Words to keep.", "Eve", "", [new("subscribe_comments", "1")]);

        var page = await StaffClient.PageOf(answer);
        Assert.Contains("Give an e-mail address", page.QuerySelector("#form-problem")!.TextContent, StringComparison.Ordinal);
        Assert.True(((IHtmlInputElement)page.QuerySelector("#subscribe_comments")!).IsChecked);
        Assert.False(((IHtmlInputElement)page.QuerySelector("#subscribe_blog")!).IsChecked);
        Assert.Equal("Words to keep.", page.QuerySelector("#comment")!.TextContent);
        await site.SetAsync(p => p with { NameAndEmailRequired = true });
    }

    [Fact]
    public async Task An_address_that_follows_replies_and_the_thread_is_told_of_a_comment_once()
    {
        var article = await site.PublishAsync("Once");
        using var fay = site.NewReader();
        using var first = await fay.CommentAsync(article.Path, "Mine.", "Fay", "fay@example.org");
        await site.FollowAtOnceAsync("fay@example.org", SubscriptionKind.Thread, article.Id);
        await site.FollowAtOnceAsync("fay@example.org", SubscriptionKind.Replies, article.Id);

        using (await fay.CommentAsync(article.Path, "A reply.", "Gus", "gus@example.org", [new("comment_parent", first.Headers.Location!.OriginalString.Split("#comment-")[1])])) { }
        await Box.WaitAsync("fay@example.org");
        await site.SettleMailAsync();

        Assert.Contains("Gus replied to you", Assert.Single(Box.To("fay@example.org")).TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_held_comment_is_told_when_it_is_first_shown_and_never_again()
    {
        var article = await site.PublishAsync("Held");
        await site.FollowAtOnceAsync("hal@example.org", SubscriptionKind.Thread, article.Id);
        await site.SetAsync(p => p with { HoldAll = true });
        using var reader = site.NewReader();
        using (await reader.CommentAsync(article.Path, "Waiting for a moderator.", "Ida", "ida@example.org")) { }
        await site.SetAsync(p => p with { HoldAll = false });
        await site.SettleMailAsync();
        Assert.Empty(await site.MailsOfAsync("hal@example.org"));

        var id = await site.ReadAsync(db => db.Comments.Where(c => c.ArticleId == article.Id).Select(c => c.Id).SingleAsync());
        foreach (var standing in new[] { Standing.Shown, Standing.Spam, Standing.Shown, Standing.Trashed, Standing.Shown })
        {
            await site.Writes.RunAsync(async (scope, ct) => { await CommentLedger.DecideAsync(scope, await scope.Db.Comments.AsTracking().SingleAsync(c => c.Id == id, ct), standing, ct); }, CancellationToken.None);
            // Told while it is shown; what is hidden by then is not.
            await Box.WaitAsync("hal@example.org");
        }
        await site.SettleMailAsync();

        Assert.Single(Box.To("hal@example.org"));
        Assert.False(await site.ReadAsync(db => db.Outbox.AnyAsync(o => o.Job == FollowNotices.NotifyComment)));
    }

    [Fact]
    public async Task What_was_removed_or_ended_before_it_was_sent_is_not_told()
    {
        var (article, other) = (await site.PublishAsync("Gone"), await site.PublishAsync("Gone, too"));
        var ended = await site.FollowAtOnceAsync("ended@example.org", SubscriptionKind.Thread, article.Id);
        await site.FollowAtOnceAsync("late@example.org", SubscriptionKind.Thread, article.Id);
        using var reader = site.NewReader();
        using var answer = await reader.CommentAsync(other.Path, "Soon gone.");
        var comment = long.Parse(answer.Headers.Location!.OriginalString.Split("#comment-")[1]);
        // As the job leaves it, with all that follows in the same write, before anything is sent.
        await site.Writes.RunAsync(async (scope, ct) =>
        {
            var facts = new ToldComment(comment, article.Id, "", null, "");
            Assert.Equal(await FollowNotices.TellOfCommentAsync(scope, facts, 0, 10, ct), await scope.Db.Subscriptions.MaxAsync(s => (long?)s.Id, ct));
            await CommentLedger.DecideAsync(scope, await scope.Db.Comments.AsTracking().SingleAsync(c => c.Id == comment, ct), Standing.Spam, ct);
            await FollowLedger.EndAsync(scope, "ended@example.org", [ended], ct);
        }, CancellationToken.None);

        await site.SettleMailAsync();

        Assert.All((await site.MailsOfAsync("late@example.org")).Concat(await site.MailsOfAsync("ended@example.org")), m => Assert.Equal(MailState.Skipped, m.State));
        Assert.Empty(Box.To("late@example.org"));
    }

    [Fact]
    public async Task A_job_that_runs_twice_tells_once()
    {
        var article = await site.PublishAsync("Twice");
        await site.FollowAtOnceAsync("twice@example.org", SubscriptionKind.Thread, article.Id);
        using var reader = site.NewReader();
        using var answer = await reader.CommentAsync(article.Path, "Once said.");
        await Box.WaitAsync("twice@example.org");

        for (var i = 0; i < 2; i++) await site.Service<Web.Features.Following.NotifyComment>().RunAsync(answer.Headers.Location!.OriginalString.Split("#comment-")[1], CancellationToken.None);
        await site.SettleMailAsync();

        Assert.Single(await site.MailsOfAsync("twice@example.org"));
    }

    [Fact]
    public async Task The_answer_is_the_same_whoever_asks_and_an_address_is_asked_three_times_a_day_at_most()
    {
        var article = await site.PublishAsync("No oracle");
        await site.FollowAsync("known@example.org", article.Id);
        using var reader = site.NewReader();
        for (var i = 0; i < 5; i++)
        {
            await reader.AskAsync("known@example.org", article.Id);
            await reader.AskAsync("stranger@example.org", i % 2 == 0 ? article.Id : null);
        }
        await site.SettleMailAsync();

        Assert.Single(Box.To("known@example.org"));
        Assert.Equal(FollowRequests.MostForAddressADay, Box.To("stranger@example.org").Count);
        Assert.Equal(SubscriptionState.Active, (await site.SubscriptionAsync("known@example.org"))!.State);
    }

    [Fact]
    public async Task A_later_question_takes_the_place_of_an_earlier_one()
    {
        using var reader = site.NewReader();
        await reader.AskAsync("forgetful@example.org");
        var first = await Box.WaitAsync("forgetful@example.org");
        await reader.AskAsync("forgetful@example.org");
        var second = await Box.WaitAsync("forgetful@example.org", 2);

        using var gone = await reader.GetAsync(MailBox.Link(first, "/follow/confirm"));
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        await reader.ConfirmAsync(second);
    }

    [Fact]
    public async Task One_network_cannot_have_us_ask_the_whole_world()
    {
        var requests = site.Service<FollowRequests>();
        var answers = new List<bool>();
        for (var i = 0; i < FollowRequests.MostOfNetworkADay + 2; i++) answers.Add(await requests.AskAsync(new FollowWish($"world{i}@example.org", null, 0, [SubscriptionKind.Articles], MailFrequency.Immediate, "https://follow.test", "c0a800"), CancellationToken.None));

        Assert.Equal(FollowRequests.MostOfNetworkADay, answers.Count(a => a));
        Assert.False(await site.ReadAsync(db => db.Subscriptions.AnyAsync(s => s.EmailFolded == $"world{FollowRequests.MostOfNetworkADay}@example.org")));
    }

    [Fact]
    public async Task Opening_a_link_answers_nothing_and_a_made_up_one_opens_nothing()
    {
        using var reader = site.NewReader();
        await reader.AskAsync("scanned@example.org");
        var question = await Box.WaitAsync("scanned@example.org");
        var path = MailBox.Link(question, "/follow/confirm");
        await reader.ReadAsync(path);
        Assert.Equal(SubscriptionState.Pending, (await site.SubscriptionAsync("scanned@example.org"))!.State);

        foreach (var door in new[] { "confirm", "manage", "end" })
            foreach (var token in new[] { "x", path.Split('/')[3][..^4] + "AAAA", new string('A', 600) })
            {
                using var answer = await reader.GetAsync($"/follow/{door}/{token}/");
                Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            }
    }

    [Fact]
    public async Task Whoever_is_signed_in_with_an_address_that_was_confirmed_once_is_not_asked_again()
    {
        var (first, second) = (await site.PublishAsync("First"), await site.PublishAsync("Second"));
        using var staff = await StaffClient.SignInAsync(site, Role.Contributor);
        await staff.Browser.AskAsync("", first.Id);
        await staff.Browser.ConfirmAsync(await Box.WaitAsync(staff.Email));

        await staff.Browser.AskAsync("", second.Id, "daily");
        await staff.Browser.AskAsync("somebody.else@example.org", second.Id);
        await Box.WaitAsync("somebody.else@example.org");
        await site.SettleMailAsync();

        var rows = await site.ReadAsync(db => db.Subscriptions.Where(s => s.EmailFolded == staff.Email).OrderBy(s => s.Id).ToListAsync());
        Assert.Equal([(SubscriptionState.Active, MailFrequency.Immediate), (SubscriptionState.Active, MailFrequency.Daily)], rows.Select(r => (r.State, r.Frequency)));
        Assert.Single(Box.To(staff.Email));
        Assert.Equal((SubscriptionState.Pending, (long?)null), await site.ReadAsync(db => db.Subscriptions.Where(s => s.EmailFolded == "somebody.else@example.org").Select(s => new { s.State, s.PersonId }).SingleAsync()) is var other ? (other.State, other.PersonId) : default);
    }

    [Fact]
    public async Task The_same_wish_many_times_at_once_is_one_wish()
    {
        var requests = site.Service<FollowRequests>();
        var wish = new FollowWish("hasty@example.org", null, 0, [SubscriptionKind.Articles], MailFrequency.Immediate, "https://follow.test", null);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => requests.AskAsync(wish, CancellationToken.None))));

        Assert.All(answers, Assert.True);
        Assert.Equal(1, await site.ReadAsync(db => db.Subscriptions.CountAsync(s => s.EmailFolded == "hasty@example.org")));
    }

    [Fact]
    public async Task A_question_goes_before_all_that_waits()
    {
        await site.FollowAtOnceAsync("crowd@example.org", SubscriptionKind.Articles, 0);
        using var reader = site.NewReader();
        await reader.AskAsync("impatient@example.org");
        var question = (await site.MailsOfAsync("impatient@example.org"))[0];

        List<QueuedMail> taken = [];
        await Assert.ThrowsAsync<OperationCanceledException>(() => site.Writes.RunAsync(async (scope, ct) =>
        {
            for (var i = 0; i < 30; i++) scope.Db.Mails.Add(new QueuedMail { Kind = MailKind.Comment, Email = $"crowd{i}@example.org", EmailFolded = $"crowd{i}@example.org", CreatedAt = scope.Now.AddHours(-1), DueAt = scope.Now.AddHours(-1) });
            scope.Db.Mails.Add(new QueuedMail { Kind = question.Kind, Email = "asked@example.org", EmailFolded = "asked@example.org", CreatedAt = question.CreatedAt, DueAt = question.DueAt });
            await scope.FlushAsync(ct);
            // Other tests' questions may wait as well: as many as there are come before all the rest.
            var questions = await scope.Db.Mails.CountAsync(m => m.Kind == question.Kind && m.State == MailState.Waiting && (m.ClaimedUntil == null || m.ClaimedUntil < scope.Now), ct);
            taken = await MailLedger.ClaimAsync(scope, questions, TimeSpan.FromMinutes(1), ct);
            // Nothing of this stays.
            throw new OperationCanceledException("The test has seen enough.");
        }, CancellationToken.None));

        Assert.Contains(taken, m => m.Email == "asked@example.org");
        Assert.All(taken, m => Assert.Equal(question.Kind, m.Kind));
    }

    [Fact]
    public async Task What_is_not_needed_any_more_is_forgotten()
    {
        foreach (var name in new[] { "unanswered", "ended", "active" }) await site.FollowAtOnceAsync($"{name}.old@example.org", SubscriptionKind.Articles, 0);
        await site.Writes.RunAsync(async (scope, ct) =>
        {
            var old = scope.Now.AddDays(-61);
            foreach (var row in await scope.Db.Subscriptions.AsTracking().Where(s => s.EmailFolded.EndsWith(".old@example.org")).ToListAsync(ct))
                (row.AskedAt, row.State, row.EndedAt) = row.EmailFolded[0] switch { 'u' => (scope.Now.AddDays(-8), SubscriptionState.Pending, null), 'e' => (old, SubscriptionState.Ended, old), _ => (old, SubscriptionState.Active, (DateTimeOffset?)null) };
            foreach (var done in new[] { old, scope.Now.AddDays(-1) }) scope.Db.Mails.Add(new QueuedMail { Kind = MailKind.Comment, Email = "sent.old@example.org", EmailFolded = "sent.old@example.org", State = MailState.Sent, CreatedAt = done, DueAt = done, DoneAt = done });
        }, CancellationToken.None);

        await site.Service<Web.Mail.ForgetMails>().RunAsync(CancellationToken.None);

        Assert.Equal(["active.old@example.org"], await site.ReadAsync(db => db.Subscriptions.Where(s => s.EmailFolded.EndsWith(".old@example.org")).Select(s => s.EmailFolded).ToListAsync()));
        Assert.Single(await site.MailsOfAsync("sent.old@example.org"));
    }

    [Fact]
    public async Task Whom_a_follower_has_muted_writes_them_no_mail()
    {
        var article = await site.PublishAsync("Muted");
        using var staff = await StaffClient.SignInAsync(site, Role.Contributor);
        var id = await site.FollowAtOnceAsync(staff.Email, SubscriptionKind.Thread, article.Id);
        await site.Writes.RunAsync((scope, ct) => scope.Db.Subscriptions.Where(s => s.Id == id).ExecuteUpdateAsync(set => set.SetProperty(s => s.PersonId, staff.Id), ct), CancellationToken.None);
        using var troll = site.NewReader();
        using (await troll.CommentAsync(article.Path, "First provocation.", "Troll", "troll@example.org")) { }
        await Box.WaitAsync(staff.Email);
        var row = await site.ReadAsync(db => db.Comments.Where(c => c.ArticleId == article.Id).AsRows().SingleAsync());
        var key = AuthorKeys.Of(await site.Service<PublicationStore>().GetAsync(CancellationToken.None), row);
        await site.Writes.RunAsync((scope, _) => { scope.Db.Mutes.Add(new Mute { PersonId = staff.Id, AuthorKey = key, Name = "Troll", At = scope.Now }); return Task.CompletedTask; }, CancellationToken.None);

        using (await troll.CommentAsync(article.Path, "Second provocation.", "Troll", "troll@example.org")) { }
        using (await troll.CommentAsync(article.Path, "A kind word.", "Hal", "hal.kind@example.org")) { }

        Assert.Contains("A kind word.", (await Box.WaitAsync(staff.Email, 2)).TextBody, StringComparison.Ordinal);
        await site.SettleMailAsync();
        Assert.Equal(2, Box.To(staff.Email).Count);
    }

    public sealed class OnSqlite(SqliteSite site) : FollowTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : FollowTests(site), IClassFixture<PostgresSite>;
}
