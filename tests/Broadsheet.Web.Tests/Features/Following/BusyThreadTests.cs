using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Features.Following;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Broadsheet.Web.Tests.Features.Following;

/// <summary>A discussion in which more is said than anyone wants to have one by one.</summary>
public abstract class BusyThreadTests(BroadsheetSite site) : IAsyncLifetime
{
    private MailBox Box => new(site);

    public async ValueTask InitializeAsync() => await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0, Title = "The Lantern" });

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_first_comments_of_an_hour_come_one_by_one_and_the_rest_in_one_mail_an_hour()
    {
        const string Fay = "fay.busy@example.org";
        var (busy, calm) = (await site.PublishAsync("Busy"), await site.PublishAsync("Calm"));
        foreach (var article in new[] { busy, calm }) await site.FollowAtOnceAsync(Fay, SubscriptionKind.Thread, article.Id);
        for (var i = 1; i <= FollowNotices.MostAtOnce + 3; i++) await SayAsync(busy, $"Busy words {i}.");
        await SayAsync(calm, "Calm words.");
        Assert.Equal(FollowNotices.MostAtOnce + 1, Box.To(Fay).Count);
        Assert.Equal(3, (await site.MailsOfAsync(Fay)).Count(m => m.State == MailState.Crowded));

        await LaterAsync(TimeSpan.FromMinutes(59));
        Assert.Equal(FollowNotices.MostAtOnce + 1, Box.To(Fay).Count);
        await LaterAsync(TimeSpan.FromMinutes(61));
        var letter = await Box.WaitAsync(Fay, FollowNotices.MostAtOnce + 2);
        await LaterAsync(TimeSpan.FromMinutes(61));

        Assert.Equal(FollowNotices.MostAtOnce + 2, Box.To(Fay).Count);
        Assert.Equal("3 new comments on “Busy”", letter.Subject);
        Assert.All(new[] { "Busy words 11.", "Busy words 12.", "Busy words 13.", "The first 10 comments of an hour", "Change how often mail comes", "/follow/manage/" }, part => Assert.Contains(part, letter.TextBody, StringComparison.Ordinal));
        Assert.DoesNotContain("Busy words 10.", letter.TextBody, StringComparison.Ordinal);

        // An hour after the last, each comes at once again; and the mail's one click ends this discussion alone.
        await site.Writes.RunAsync((scope, ct) => scope.Db.Mails.Where(m => m.EmailFolded == Fay).ExecuteUpdateAsync(set => set.SetProperty(m => m.CreatedAt, m => scope.Now.AddHours(-2)), ct), CancellationToken.None);
        await SayAsync(busy, "Calm again.");
        Assert.Contains("Calm again.", (await Box.WaitAsync(Fay, FollowNotices.MostAtOnce + 3)).TextBody, StringComparison.Ordinal);
        using var reader = site.NewReader();
        using (await reader.PostAsync(MailBox.OneClick(letter), [new("List-Unsubscribe", "One-Click")])) { }
        Assert.Equal([calm.Id], await site.ReadAsync(db => db.Subscriptions.Where(s => s.EmailFolded == Fay && s.State == SubscriptionState.Active).Select(s => s.ArticleId).ToListAsync()));
    }

    [Fact]
    public async Task What_was_gathered_for_whoever_has_left_since_is_not_sent()
    {
        const string Gus = "gus.busy@example.org";
        var article = await site.PublishAsync("Left");
        await site.FollowAtOnceAsync(Gus, SubscriptionKind.Thread, article.Id);
        for (var i = 1; i <= FollowNotices.MostAtOnce + 1; i++) await SayAsync(article, $"Left words {i}.");
        await site.Writes.RunAsync((scope, ct) => FollowLedger.EndAllAsync(scope, Gus, "test", ct), CancellationToken.None);

        await LaterAsync(TimeSpan.FromMinutes(61));

        Assert.Equal(FollowNotices.MostAtOnce, Box.To(Gus).Count);
        Assert.Equal(MailState.Skipped, (await site.MailsOfAsync(Gus)).Single(m => m.Kind == MailKind.Hourly).State);
    }

    private async Task SayAsync(PublishedArticle article, string words)
    {
        using var ann = site.NewReader();
        using (await ann.CommentAsync(article.Path, words)) { }
        await site.SettleMailAsync();
    }

    private async Task LaterAsync(TimeSpan time)
    {
        while (await new GatherCrowds(site.Engine, site.Writes, new FakeTimeProvider(TimeProvider.System.GetUtcNow() + time)).RunAsync(CancellationToken.None)) { }
        await site.SettleMailAsync();
    }

    public sealed class OnSqlite(SqliteSite site) : BusyThreadTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : BusyThreadTests(site), IClassFixture<PostgresSite>;
}
