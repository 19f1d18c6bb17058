using Broadsheet.Core.Discussion;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Features.Following;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Broadsheet.Web.Tests.Features.Following;

public abstract class DigestTests(BroadsheetSite site) : IAsyncLifetime
{
    private MailBox Box => new(site);

    public async ValueTask InitializeAsync() => await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0, Title = "The Lantern" });

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task All_of_a_day_comes_in_one_mail_by_article_and_nothing_comes_where_nothing_happened()
    {
        var (one, two) = (await site.PublishAsync("One"), await site.PublishAsync("Two"));
        const string Daily = "daily@example.org";
        foreach (var article in new[] { one, two }) await site.FollowAtOnceAsync(Daily, SubscriptionKind.Thread, article.Id, MailFrequency.Daily);
        await site.FollowAtOnceAsync(Daily, SubscriptionKind.Articles, 0, MailFrequency.Daily);
        await site.FollowAtOnceAsync("idle@example.org", SubscriptionKind.Articles, 0, MailFrequency.Daily);
        await site.Writes.RunAsync((scope, ct) => FollowLedger.EndAllAsync(scope, "idle@example.org", "test", ct), CancellationToken.None);
        using var ann = site.NewReader();
        foreach (var (article, words) in new[] { (one, "First on one."), (two, "First on two."), (one, "Second on one.") }) using (await ann.CommentAsync(article.Path, words)) { }
        using var spam = await ann.CommentAsync(two.Path, "To be removed.");
        await site.PublishAsync(new ArticleEdit("Three", "What three is about.", BodyFormat.Markdown) { Status = ArticleStatus.Published });
        await site.SettleMailAsync();
        Assert.Empty(Box.To(Daily));
        Assert.Equal(5, (await site.MailsOfAsync(Daily)).Count(m => m.State == MailState.Gathered));
        var removed = long.Parse(spam.Headers.Location!.OriginalString.Split("#comment-")[1]);
        await site.Writes.RunAsync(async (scope, ct) => await CommentLedger.DecideAsync(scope, await scope.Db.Comments.AsTracking().SingleAsync(c => c.Id == removed, ct), Standing.Spam, ct), CancellationToken.None);

        await MorningAsync(1);
        var letter = await Box.WaitAsync(Daily);
        await MorningAsync(1);
        await MorningAsync(2);
        await site.SettleMailAsync();

        Assert.Single(Box.To(Daily));
        Assert.Empty(Box.To("idle@example.org"));
        Assert.Equal("The Lantern: 1 new article, 3 new comments", letter.Subject);
        var text = letter.TextBody!;
        Assert.DoesNotContain("To be removed.", text, StringComparison.Ordinal);
        string[] order = ["Three", "What three is about.", "On “One”", "First on one.", "Second on one.", "On “Two”", "First on two.", "Unsubscribe from the daily mail"];
        Assert.Equal(order, order.OrderBy(o => text.IndexOf(o, StringComparison.Ordinal)));
        Assert.All(order, o => Assert.Contains(o, text, StringComparison.Ordinal));

        // Its one click ends all that is daily, and nothing else.
        var immediate = await site.FollowAtOnceAsync(Daily, SubscriptionKind.Replies, one.Id);
        using (await ann.PostAsync(MailBox.OneClick(letter), [new("List-Unsubscribe", "One-Click")])) { }
        Assert.Equal([immediate], await site.ReadAsync(db => db.Subscriptions.Where(s => s.EmailFolded == Daily && s.State == SubscriptionState.Active).Select(s => s.Id).ToListAsync()));
    }

    [Fact]
    public async Task Where_all_of_it_was_removed_no_mail_goes()
    {
        var article = await site.PublishAsync("Emptied");
        await site.FollowAtOnceAsync("empty@example.org", SubscriptionKind.Thread, article.Id, MailFrequency.Daily);
        using var ann = site.NewReader();
        using (await ann.CommentAsync(article.Path, "Soon gone.")) { }
        await site.SettleMailAsync();
        await site.Writes.RunAsync(async (scope, ct) => await CommentLedger.DecideAsync(scope, await scope.Db.Comments.AsTracking().SingleAsync(c => c.ArticleId == article.Id, ct), Standing.Trashed, ct), CancellationToken.None);

        await MorningAsync(1);
        await site.SettleMailAsync();

        Assert.Equal([MailState.Digested, MailState.Skipped], (await site.MailsOfAsync("empty@example.org")).Select(m => m.State));
        Assert.Empty(Box.To("empty@example.org"));
    }

    /// <summary>What the program does after seven, so many days from now.</summary>
    private async Task MorningAsync(int days)
    {
        var clock = new FakeTimeProvider(GatherDigests.LastMorning(TimeProvider.System.GetUtcNow(), TimeZoneInfo.Utc).AddDays(days).AddMinutes(1));
        await new GatherDigests(site.Engine, site.Writes, site.App.Services.GetRequiredService<PublicationStore>(), clock).RunAsync(CancellationToken.None);
    }

    public sealed class OnSqlite(SqliteSite site) : DigestTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : DigestTests(site), IClassFixture<PostgresSite>;
}

public sealed class MorningTests
{
    [Theory]
    [InlineData("2026-11-24T06:59:59Z", "UTC", "2026-11-23T07:00:00Z")]
    [InlineData("2026-11-24T07:00:00Z", "UTC", "2026-11-24T07:00:00Z")]
    [InlineData("2026-11-24T06:00:00Z", "Europe/Berlin", "2026-11-24T06:00:00Z")]
    [InlineData("2026-07-24T04:59:00Z", "Europe/Berlin", "2026-07-23T05:00:00Z")]
    [InlineData("2026-11-24T13:00:00Z", "America/New_York", "2026-11-24T12:00:00Z")]
    [InlineData("2026-11-24T23:30:00Z", "Pacific/Auckland", "2026-11-24T18:00:00Z")]
    public void The_morning_is_seven_by_the_publications_clock(string now, string zone, string morning) =>
        Assert.Equal(DateTimeOffset.Parse(morning), GatherDigests.LastMorning(DateTimeOffset.Parse(now), TimeZoneInfo.FindSystemTimeZoneById(zone)).ToUniversalTime());
}
