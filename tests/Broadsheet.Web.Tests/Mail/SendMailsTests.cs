using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Tests.Features.Following;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace Broadsheet.Web.Tests.Mail;

/// <summary>The queue and a mail server that takes, refuses, puts off, hangs up or is not there.</summary>
public abstract class SendMailsTests(BroadsheetSite site) : IAsyncLifetime
{
    private readonly SmtpCatcher _catcher = new();

    public async ValueTask InitializeAsync()
    {
        // What an earlier test has left would come to this one's server.
        await site.Writes.RunAsync((scope, ct) => scope.Db.Mails.ExecuteDeleteAsync(ct), CancellationToken.None);
        await site.StopAsync();
        await StartAsync(_catcher.Port);
        await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0, Title = "The Lantern" });
    }

    public async ValueTask DisposeAsync()
    {
        await _catcher.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_batch_goes_over_one_connection_with_all_that_a_list_says()
    {
        var article = await site.PublishAsync("Over the wire");
        for (var i = 0; i < 8; i++) await site.FollowAtOnceAsync($"wire{i}@example.org", SubscriptionKind.Thread, article.Id);
        using var reader = site.NewReader();

        using (await reader.CommentAsync(article.Path, "Grüße vom Hafen.\n\n.a line that begins with a dot\n\nFrom here on, a line like a mailbox's.")) { }
        await Eventually.SeesAsync(() => Task.FromResult(_catcher.Messages.Count == 8));
        await site.SettleMailAsync();

        Assert.Equal(1, _catcher.Connections);
        var letter = Assert.Single(_catcher.To("wire3@example.org"));
        Assert.Equal("\"The Lantern\" <news@lantern.example>", letter.From.ToString());
        Assert.Contains("> Grüße vom Hafen.", letter.TextBody, StringComparison.Ordinal);
        Assert.Contains("> .a line that begins with a dot", letter.TextBody, StringComparison.Ordinal);
        Assert.EndsWith("@lantern.example", letter.MessageId, StringComparison.Ordinal);
        Assert.Equal("multipart/alternative", letter.Body!.ContentType.MimeType);
        Assert.Equal("flowed", ((Multipart)letter.Body)[0].ContentType.Format);
        // Seven bits and lines that every server takes.
        Assert.All(_catcher.Raw, raw => Assert.True(raw.All(c => c < 128) && raw.Split("\r\n").All(l => l.Length <= 998)));
        Assert.All(_catcher.Raw, raw => Assert.True(System.Text.RegularExpressions.Regex.IsMatch(raw, @"(?m)^List-Unsubscribe:\s+<https://follow\.test/follow/end/[A-Za-z0-9_-]+/>\r?$"), raw));
        // Each reader's own, and no one else's.
        Assert.Equal(8, _catcher.Messages.Select(m => m.Headers[HeaderId.ListUnsubscribe]).Distinct().Count());
        Assert.Equal(8, _catcher.Messages.Select(m => m.MessageId).Distinct().Count());
    }

    [Theory]
    [InlineData("550 5.1.1 <{0}>: no such user")]
    [InlineData("551 User not local")]
    public async Task An_address_that_the_server_does_not_know_follows_nothing_any_more(string answer)
    {
        var article = await site.PublishAsync("Bounce");
        var gone = $"gone{answer.Length}@example.org";
        _catcher.Recipient = to => to == gone ? string.Format(answer, to) : null;
        await site.FollowAtOnceAsync(gone, SubscriptionKind.Thread, article.Id);
        await site.FollowAtOnceAsync(gone, SubscriptionKind.Articles, 0, MailFrequency.Daily);
        await site.FollowAtOnceAsync($"here{answer.Length}@example.org", SubscriptionKind.Thread, article.Id);
        using var reader = site.NewReader();

        using (await reader.CommentAsync(article.Path, "Is anybody there?")) { }
        await Eventually.SeesAsync(() => Task.FromResult(_catcher.To($"here{answer.Length}@example.org").Any()));
        await site.SettleMailAsync();

        var rows = await site.ReadAsync(db => db.Subscriptions.Where(s => s.EmailFolded == gone).ToListAsync());
        Assert.All(rows, r => Assert.Equal(SubscriptionState.Ended, r.State));
        Assert.All(rows, r => Assert.StartsWith($"The mail server refused the address: {answer[..3]}", r.Reason, StringComparison.Ordinal));
        Assert.Equal(MailState.Refused, Assert.Single(await site.MailsOfAsync(gone)).State);
        Assert.Empty(_catcher.To(gone));
    }

    [Theory]
    [InlineData("450 4.2.1 try again later")]
    [InlineData("552 5.2.2 mailbox full")]
    [InlineData("554 5.7.1 relay access denied")]
    public async Task What_is_put_off_or_is_not_the_addresss_fault_is_tried_again_and_given_up_after_three_days(string answer)
    {
        var article = await site.PublishAsync("Later");
        var address = $"later{answer.Length}@example.org";
        var isBack = false;
        _catcher.Recipient = to => to == address && !isBack ? answer : null;
        await site.FollowAtOnceAsync(address, SubscriptionKind.Thread, article.Id);
        using var reader = site.NewReader();
        using (await reader.CommentAsync(article.Path, "Later, please.")) { }
        await Eventually.SeesAsync(async () => (await site.MailsOfAsync(address)) is [{ Attempts: 1 }]);

        var mail = Assert.Single(await site.MailsOfAsync(address));
        Assert.Equal(MailState.Waiting, mail.State);
        Assert.InRange(mail.DueAt - TimeProvider.System.GetUtcNow(), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(61));
        Assert.Equal(SubscriptionState.Active, (await site.SubscriptionAsync(address))!.State);
        Assert.StartsWith(answer[..3], mail.Note, StringComparison.Ordinal);

        if (answer[0] == '4')
        {
            isBack = true;
            await DueNowAsync(mail.Id, age: TimeSpan.FromDays(1));
            await Eventually.SeesAsync(() => Task.FromResult(_catcher.To(address).Any()));
            return;
        }
        await DueNowAsync(mail.Id, age: TimeSpan.FromDays(3.1));
        await Eventually.SeesAsync(async () => (await site.MailsOfAsync(address)) is [{ State: MailState.Dropped }]);
        Assert.Equal(SubscriptionState.Active, (await site.SubscriptionAsync(address))!.State);
        using var staff = await StaffClient.SignInAsync(site, Core.People.Role.Administrator);
        var desk = (await staff.OpenAsync("/newsroom/")).Body!.TextContent;
        Assert.Contains("given up in the last two weeks", desk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_hangs_up_in_the_midst_of_a_letter_gets_it_again_and_the_others_too()
    {
        var article = await site.PublishAsync("Hung up");
        for (var i = 0; i < 3; i++) await site.FollowAtOnceAsync($"hung{i}@example.org", SubscriptionKind.Thread, article.Id);
        _catcher.HangUps = 1;
        using var reader = site.NewReader();
        using (await reader.CommentAsync(article.Path, "Hello? Hello?")) { }
        await Eventually.SeesAsync(() => Task.FromResult(_catcher.Messages.Count == 2));
        var cut = Assert.Single(await site.ReadAsync(db => db.Mails.Where(m => m.State == MailState.Waiting && m.EmailFolded.StartsWith("hung")).ToListAsync()));
        Assert.Equal(1, cut.Attempts);

        await DueNowAsync(cut.Id, TimeSpan.Zero);

        await Eventually.SeesAsync(() => Task.FromResult(_catcher.Messages.Count == 3));
        Assert.Equal(3, _catcher.Messages.Select(m => m.To.ToString()).Distinct().Count());
    }

    [Fact]
    public async Task A_letter_that_the_server_does_not_like_says_nothing_about_its_address()
    {
        var article = await site.PublishAsync("Disliked");
        _catcher.Data = () => "554 5.6.0 this looks like spam";
        await site.FollowAtOnceAsync("liked@example.org", SubscriptionKind.Thread, article.Id);
        using var reader = site.NewReader();
        using (await reader.CommentAsync(article.Path, "Buy nothing.")) { }

        await Eventually.SeesAsync(async () => (await site.MailsOfAsync("liked@example.org")) is [{ Attempts: 1, State: MailState.Waiting }]);
        Assert.Equal(SubscriptionState.Active, (await site.SubscriptionAsync("liked@example.org"))!.State);
    }

    [Fact]
    public async Task A_mail_whose_sending_was_not_noted_goes_again_under_the_same_number()
    {
        var article = await site.PublishAsync("Killed in between");
        await site.FollowAtOnceAsync("twice.sent@example.org", SubscriptionKind.Thread, article.Id);
        using var reader = site.NewReader();
        using (await reader.CommentAsync(article.Path, "Once said.")) { }
        await Eventually.SeesAsync(async () => await site.MailsOfAsync("twice.sent@example.org") is [{ State: MailState.Sent }]);

        // As a program leaves it that was killed after the server's word: taken, and its time over.
        await site.Writes.RunAsync((scope, ct) => scope.Db.Mails.Where(m => m.EmailFolded == "twice.sent@example.org").ExecuteUpdateAsync(set => set
            .SetProperty(m => m.State, MailState.Waiting).SetProperty(m => m.DoneAt, (DateTimeOffset?)null).SetProperty(m => m.ClaimedUntil, (DateTimeOffset?)scope.Now.AddSeconds(-1)), ct), CancellationToken.None);
        await Eventually.SeesAsync(() => Task.FromResult(_catcher.Messages.Count == 2));

        Assert.Single(_catcher.Messages.Select(m => m.MessageId).Distinct());
    }

    [Fact]
    public async Task While_no_server_is_there_the_queue_waits_and_then_all_goes()
    {
        var port = _catcher.Port;
        await _catcher.DisposeAsync();
        var article = await site.PublishAsync("Outage");
        for (var i = 0; i < 3; i++) await site.FollowAtOnceAsync($"out{i}@example.org", SubscriptionKind.Thread, article.Id);
        using var reader = site.NewReader();
        using (await reader.CommentAsync(article.Path, "Nobody hears.")) { }
        await Eventually.SeesAsync(() => site.ReadAsync(async db => await db.Mails.CountAsync(m => m.EmailFolded.StartsWith("out")) == 3));
        await Task.Delay(TimeSpan.FromSeconds(2));
        Assert.All(await site.MailsOfAsync("out1@example.org"), m => Assert.Equal((MailState.Waiting, 0), (m.State, m.Attempts)));
        await site.StopAsync();

        await using var back = new SmtpCatcher(port);
        await StartAsync(port);

        await Eventually.SeesAsync(() => Task.FromResult(back.Messages.Count == 3));
    }

    private async Task StartAsync(int port) => await site.StartAsync("--Mail:Smtp:Host=127.0.0.1", $"--Mail:Smtp:Port={port}", "--Mail:Smtp:User=lantern", "--Mail:Smtp:Password=s3cret", "--Mail:From=news@lantern.example");

    /// <summary>As if it had been written so long ago, and its next try were due.</summary>
    private Task DueNowAsync(long id, TimeSpan age) => site.Writes.RunAsync((scope, ct) => scope.Db.Mails.Where(m => m.Id == id).ExecuteUpdateAsync(set => set.SetProperty(m => m.DueAt, scope.Now).SetProperty(m => m.CreatedAt, scope.Now - age), ct), CancellationToken.None);

    public sealed class OnSqlite(SqliteSite site) : SendMailsTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : SendMailsTests(site), IClassFixture<PostgresSite>;
}
