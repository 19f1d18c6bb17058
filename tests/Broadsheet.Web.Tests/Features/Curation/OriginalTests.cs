using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Features.Curation.Originals;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Features.Curation;

/// <summary>What became of the originals of republished stories.</summary>
public abstract class OriginalTests(BroadsheetSite site)
{
    private static int _pages;

    private FeedServer Feeds => ((IWireSite)site).Feeds;

    [Fact]
    public async Task A_changed_original_stands_on_the_desk_until_it_is_seen()
    {
        var (article, path) = await WatchAsync();
        Assert.Equal(OriginalFinding.Same, (await LookAsync(article)).Finding);
        Feeds.Set(path, Page(3, "a small word corrected"), "text/html");
        Assert.Equal(OriginalFinding.Same, (await LookAsync(article)).Finding);
        Feeds.Set(path, Page(40, "all new"), "text/html");
        var changed = await LookAsync(article);
        Assert.Equal((OriginalFinding.Changed, 3), (changed.Finding, changed.Looks));
        Assert.InRange(changed.NextAt - TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(22.9), TimeSpan.FromDays(23.1));

        using var editor = await StaffClient.SignInAsync(site, Role.Editor);
        var page = await editor.OpenAsync("/newsroom/wire/originals/");
        Assert.Contains("The original has changed", page.QuerySelector($"li:has(a[href='/newsroom/articles/{article}/'])")!.TextContent, StringComparison.Ordinal);
        Assert.True((await CountsAsync(editor.Id)).Originals > 0);
        using var seen = await editor.SubmitAsync("/newsroom/wire/originals/", [], form: $"form[action='/newsroom/wire/originals/{article}/seen/']");
        Assert.Null((await editor.OpenAsync("/newsroom/wire/originals/")).QuerySelector($"a[href='/newsroom/articles/{article}/']"));
    }

    [Theory]
    [InlineData(404, "", "Gone")]
    [InlineData(410, "", "Gone")]
    [InlineData(503, "", "Same")]
    [InlineData(200, "<html><head><meta name=robots content=noindex></head><body><p>Withdrawn.</p></body></html>", "Withdrawn")]
    [InlineData(200, "<html><body></body></html>", "Withdrawn")]
    public async Task Gone_and_withdrawn_are_told_apart_from_trouble(int status, string body, string expected)
    {
        var (article, path) = await WatchAsync();
        Assert.Equal(OriginalFinding.Same, (await LookAsync(article)).Finding);
        Feeds.Set(path, body, "text/html", status);

        var check = await LookAsync(article);

        Assert.Equal(expected, check.Finding.ToString());
        Assert.Equal(status == 503 ? 1 : 2, check.Looks);
    }

    private static string Page(int from, string more) =>
        $"<!doctype html><html><head><title>Story</title></head><body><article><h1>Story</h1>{string.Concat(Enumerable.Range(0, 30).Select(i => $"<p>Paragraph {i + (i < 3 ? 0 : from == 3 ? 3 : from * 7)} tells of harbour {i * 3 + from / 10}, of quay {i + 2}, and of all the people who came there that day to look.</p>"))}<p>{more}</p></article></body></html>";

    private async Task<(long Article, string Path)> WatchAsync()
    {
        var path = $"/originals/{Interlocked.Increment(ref _pages)}";
        Feeds.Set(path, Page(3, "as it was"), "text/html");
        var article = await site.PublishAsync($"Republished {path}");
        await site.Writes.RunAsync((scope, ct) =>
        {
            scope.Db.OriginalChecks.Add(new OriginalCheck { ArticleId = article.Id, Url = new Uri(Feeds.Url, path).AbsoluteUri, NextAt = scope.Now.AddDays(1) });
            return Task.CompletedTask;
        }, CancellationToken.None);
        return (article.Id, path);
    }

    /// <summary>Its day comes, and it is looked at.</summary>
    private async Task<OriginalCheck> LookAsync(long article)
    {
        var before = await site.ReadAsync(db => db.OriginalChecks.Where(c => c.ArticleId == article).Select(c => c.LookedAt).SingleAsync());
        await site.Writes.RunAsync((scope, ct) => scope.Db.OriginalChecks.Where(c => c.ArticleId == article).ExecuteUpdateAsync(set => set.SetProperty(c => c.NextAt, scope.Now.AddSeconds(-1)), ct), CancellationToken.None);
        await site.App.Services.GetServices<Web.Jobs.IRecurring>().OfType<CheckOriginals>().Single().RunAsync(CancellationToken.None);
        await Eventually.SeesAsync(() => site.ReadAsync(db => db.OriginalChecks.AnyAsync(c => c.ArticleId == article && c.LookedAt != null && c.LookedAt != before)));
        return await site.ReadAsync(db => db.OriginalChecks.SingleAsync(c => c.ArticleId == article));
    }

    private Task<CurationCounts> CountsAsync(long person) => site.ReadAsync(db => CurationCounts.OfAsync(db, person, TimeProvider.System.GetUtcNow(), CancellationToken.None));

    public sealed class OnSqlite(SqliteWireSite site) : OriginalTests(site), IClassFixture<SqliteWireSite>;

    public sealed class OnPostgres(PostgresWireSite site) : OriginalTests(site), IClassFixture<PostgresWireSite>;
}
