using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Tests.Features.Transfer;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Features.Following;

/// <summary>What is news and what is not.</summary>
public abstract class NewArticleTests(BroadsheetSite site) : IAsyncLifetime
{
    private const string Follower = "paper@example.org";

    private MailBox Box => new(site);

    public async ValueTask InitializeAsync()
    {
        await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0, Title = "The Lantern" });
        if (await site.SubscriptionAsync(Follower) is null) await site.FollowAtOnceAsync(Follower, SubscriptionKind.Articles, 0);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_article_that_an_editor_publishes_is_told_once_whatever_becomes_of_it_later()
    {
        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        var id = await editor.WriteAsync("The bridge opens", "publish");
        await Eventually.SeesAsync(async () => await ToldAsync(id) == 1);
        await site.SettleMailAsync();
        var letter = Assert.Single(Box.To(Follower), m => m.Subject == "The bridge opens");
        Assert.Contains("Words of The bridge opens.", letter.TextBody, StringComparison.Ordinal);
        Assert.Contains("follow.test/", letter.TextBody, StringComparison.Ordinal);

        // Edited, taken back, published again, thrown away, restored.
        foreach (var status in new[] { ArticleStatus.Published, ArticleStatus.Draft, ArticleStatus.Published }) await site.EditAsync(id, Edit("The bridge is open", status));
        await site.Writes.RunAsync(async (scope, ct) => await TrashLedger.TrashAsync(scope, await scope.Db.Articles.AsTracking().SingleAsync(a => a.Id == id, ct), null, ct), CancellationToken.None);
        await site.Writes.RunAsync(async (scope, ct) => await TrashLedger.RestoreAsync(scope, await scope.Db.Articles.AsTracking().SingleAsync(a => a.Id == id, ct), true, null, ct), CancellationToken.None);
        await site.SettleMailAsync();

        Assert.Equal(1, await ToldAsync(id));
    }

    [Fact]
    public async Task A_scheduled_article_is_told_when_it_goes_out()
    {
        var article = await site.PublishAsync(Edit("On the hour", ArticleStatus.Scheduled) with { PublishedAt = TimeProvider.System.GetUtcNow().AddDays(3) });
        await site.SettleMailAsync();
        Assert.Equal(0, await ToldAsync(article.Id));

        await site.Writes.RunAsync((scope, ct) => scope.Db.Articles.Where(a => a.Id == article.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.PublishedAt, scope.Now), ct), CancellationToken.None);

        await Eventually.SeesAsync(async () => await ToldAsync(article.Id) == 1);
    }

    [Fact]
    public async Task Pages_articles_behind_a_password_and_what_is_dated_long_ago_are_no_news()
    {
        var quiet = new[]
        {
            await site.PublishAsync(Edit("A page", ArticleStatus.Published) with { Kind = ArticleKind.Page }),
            await site.PublishAsync(Edit("Locked", ArticleStatus.Published) with { Password = "x" }),
            await site.PublishAsync(Edit("From the archive", ArticleStatus.Published) with { PublishedAt = DateTimeOffset.UnixEpoch.AddYears(40) }),
            await site.PublishAsync(Edit("A draft", ArticleStatus.Draft)),
        };
        await site.SettleMailAsync();

        foreach (var article in quiet) Assert.Equal(0, await ToldAsync(article.Id));
    }

    [Fact]
    public async Task An_import_tells_nobody_of_anything_and_many_edits_at_once_do_not_either()
    {
        var today = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
        await site.ImportAsync(new Export().Item(90_001, "Ferry", date: today).Comment(90_100, "One", date: today));
        var articles = await site.ReadAsync(db => db.Articles.Where(a => a.Kind == ArticleKind.Article && a.Status == ArticleStatus.Published).Select(a => new { a.Id, a.Title }).ToListAsync());
        foreach (var article in articles) await site.FollowAtOnceAsync($"of{article.Id}@example.org", SubscriptionKind.Thread, article.Id);
        var before = await site.ReadAsync(db => db.Mails.CountAsync());

        await site.ImportAsync(new Export().Item(90_001, "Ferry", date: today).Comment(90_100, "One", date: today).Comment(90_101, "Two", parent: 90_100, date: today).Item(90_002, "Harbour", date: today));
        Assert.Equal(2, await site.ReadAsync(db => db.Comments.CountAsync(c => c.ArticleId == 90_001)));
        foreach (var article in articles) await site.EditAsync(article.Id, Edit(article.Title, ArticleStatus.Published));
        await site.SettleMailAsync();

        Assert.Equal(before, await site.ReadAsync(db => db.Mails.CountAsync()));
    }

    private Task<int> ToldAsync(long article) => site.ReadAsync(db => db.Mails.CountAsync(m => m.ArticleId == article));

    private static ArticleEdit Edit(string title, ArticleStatus status) => new(title, $"Words of {title}.", BodyFormat.Markdown) { Status = status };

    public sealed class OnSqlite(SqliteSite site) : NewArticleTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : NewArticleTests(site), IClassFixture<PostgresSite>;
}
