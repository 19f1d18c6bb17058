using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Sites;

/// <summary>One article with a thread so long, among others with short ones, that a database chooses its ways as it would in a publication's real life. No network is exempt from limits.</summary>
public sealed class LongThread(BroadsheetSite site)
{
    /// <summary>Of the long thread; one in four is top-level, the others are below it, three deep.</summary>
    public const int Comments = 24_000;

    private const int OtherArticles = 20;
    private const int OtherComments = 400;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);
    private long _last;

    public BroadsheetSite Site => site;

    public PublishedArticle Article { get; private set; } = new(0, "");

    /// <summary>In the middle of the thread, two below the top.</summary>
    public long Middle { get; private set; }

    public int LastPage => Comments / 4 / 50;

    public async Task StartAsync()
    {
        await site.StartAsync("--Limits:ExemptNetworks=", "--Hosting:TrustedProxies=127.0.0.1");
        await site.SettleAsync();
        await site.SetAsync(p => p with { FloodSeconds = 15, SlowSeconds = 60, HoldFirst = true });
        for (var i = 0; i < OtherArticles; i++) await DiscussAsync(await site.PublishAsync($"Short {i}"), OtherComments);
        Article = await site.PublishAsync("Long");
        Middle = _last + Comments / 2 + 3;
        await DiscussAsync(Article, Comments);
        await site.Writes.RunAsync(async (scope, ct) => { await scope.Db.Database.ExecuteSqlRawAsync("ANALYZE", ct); }, CancellationToken.None);
    }

    private async Task DiscussAsync(PublishedArticle article, int count)
    {
        var (plan, first) = (new ThreadPlan(), _last + 1);
        for (var i = 0; i < count; i++) plan.Add(first + i, i % 4 == 0 ? 0 : first + i - 1, Start.AddSeconds(i), i, isNumbered: true);
        plan.Shape();
        plan.Number(0, _ => 0);
        var rows = Enumerable.Range(0, count).Select(i => Comment.Imported(
            new ImportedComment(first + i, article.Id, plan.ParentOf(first + i), CommentKind.Comment, Standing.Shown, null, $"Reader {i % 997}", $"reader{i % 997}@example.org", "", string.Create(CultureInfo.InvariantCulture, $"198.51.{i % 90}.{i % 250}"),
                Start.AddSeconds(i), Start.AddSeconds(i).DateTime, $"Words {i}.", SafeHtml.FromStore($"<p>Words {i}.</p>"), null), plan.PlaceOf(first + i))).ToList();
        await site.Writes.RunAsync(async (scope, ct) =>
        {
            await ImportLedger.ReserveNumbersAsync(scope, article.Id, plan.NewTops, plan.NewRepliesOfKnown, ct);
            await scope.InsertManyAsync(rows, ct);
            await ImportLedger.CountAsync(scope, article.Id, count, plan.NewTops, 0, ct);
            await scope.AdvanceSequencesAsync(ct);
            scope.Evict($"article:{article.Id}");
        }, CancellationToken.None);
        _last += count;
    }
}

public sealed class SqliteLongThread : SqliteSite
{
    public SqliteLongThread() => Thread = new LongThread(this);

    public LongThread Thread { get; }

    public override async ValueTask InitializeAsync() => await Thread.StartAsync();
}

public sealed class PostgresLongThread : PostgresSite
{
    public PostgresLongThread() => Thread = new LongThread(this);

    public LongThread Thread { get; }

    public override async ValueTask InitializeAsync() => await Thread.StartAsync();
}
