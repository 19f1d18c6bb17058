using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Features.Moderation;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Broadsheet.Web.Tests.Features.Moderation;

/// <summary>Spam and trash stay for their days, then go; a number stays for ever.</summary>
public abstract class PurgeTests(BroadsheetSite site)
{
    [Fact]
    public async Task What_has_lain_long_enough_goes_and_all_else_stays()
    {
        await site.SetAsync(p => p with { PurgeDays = 20 });
        using var mod = await StaffClient.AddAsync(site, Role.Moderator);
        var article = await site.PublishAsync("Purged");
        var old = await AddAsync(article.Id, Standing.Spam, 21);
        var young = await AddAsync(article.Id, Standing.Trashed, 19);
        var held = await AddAsync(article.Id, Standing.Held, 400);
        var decided = await AddAsync(article.Id, Standing.Held, 400);
        var shown = await AddAsync(article.Id, Standing.Shown, 400);
        await site.Writes.RunAsync((scope, ct) => DecisionLedger.DecideAsync(scope, [new SeenComment(decided)], new DecisionWish(Standing.Trashed, mod.Id), ct), CancellationToken.None);
        await site.Writes.RunAsync(async (scope, ct) =>
        {
            await DecisionLedger.DecideAsync(scope, [new SeenComment(shown)], new DecisionWish(Standing.Spam, mod.Id), ct);
            var longAgo = scope.Now.AddDays(-300);
            await scope.Db.Decisions.Where(d => d.CommentId == shown).ExecuteUpdateAsync(set => set.SetProperty(d => d.At, longAgo), ct);
            scope.Db.Meta.Add(new Meta { Owner = MetaOwner.Comment, OwnerId = old, Key = "a", Value = "b" });
        }, CancellationToken.None);

        await RunAsync();

        Assert.Equal([young, held, decided, shown], await site.ReadAsync(db => db.Comments.Where(c => c.ArticleId == article.Id).OrderBy(c => c.Id).Select(c => c.Id).ToListAsync()));
        var emptied = await site.ReadAsync(db => db.Comments.SingleAsync(c => c.Id == shown));
        Assert.Equal(("1", "", "", ""), (emptied.FullNumber?.ToString(), emptied.Body, emptied.AuthorName, emptied.AuthorIp));
        Assert.False(await site.ReadAsync(db => db.Meta.AnyAsync(m => m.OwnerId == old && m.Owner == MetaOwner.Comment)));
        Assert.Equal("Words.", (await site.ReadAsync(db => db.Comments.SingleAsync(c => c.Id == decided))).Body);
    }

    [Fact]
    public async Task Nothing_goes_where_the_publication_keeps_all()
    {
        await site.SetAsync(p => p with { PurgeDays = 0 });
        var kept = await AddAsync((await site.PublishAsync("Kept")).Id, Standing.Spam, 4_000);

        await RunAsync();

        Assert.True(await site.ReadAsync(db => db.Comments.AnyAsync(c => c.Id == kept)));
    }

    [Fact]
    public async Task Prints_are_forgotten_after_a_month()
    {
        await site.SetAsync(p => p with { PurgeDays = 0 });
        var article = (await site.PublishAsync("Prints")).Id;
        var (old, young) = (await AddAsync(article, Standing.Shown, 31), await AddAsync(article, Standing.Shown, 29));

        await RunAsync();

        Assert.Equal([young], await site.ReadAsync(db => db.CommentPrints.Where(p => p.CommentId == old || p.CommentId == young).Select(p => p.CommentId).ToListAsync()));
    }

    [Fact]
    public async Task What_a_run_searched_for_is_forgotten_after_a_month()
    {
        await site.SetAsync(p => p with { PurgeDays = 0 });
        var now = TimeProvider.System.GetUtcNow();
        await site.Writes.RunAsync((scope, _) =>
        {
            foreach (var days in (int[])[31, 29]) scope.Db.BulkRuns.Add(new BulkRun { Search = $"email:old{days}@example.org", StartedAt = now.AddDays(-days), EndedAt = now.AddDays(-days) });
            return Task.CompletedTask;
        }, CancellationToken.None);

        await RunAsync();

        Assert.Equal(["email:old29@example.org"], await site.ReadAsync(db => db.BulkRuns.Where(r => r.Search.StartsWith("email:old")).Select(r => r.Search).ToListAsync()));
    }

    private async Task RunAsync()
    {
        var purge = site.App.Services.GetServices<IRecurring>().OfType<PurgeRejected>().Single();
        while (await purge.RunAsync(CancellationToken.None)) { }
    }

    private Task<long> AddAsync(long article, Standing standing, int days) => site.Writes.RunAsync(async (scope, ct) =>
    {
        var draft = CommentDraft.Read(new CommentFields(article, null, "Words.", "Ann", "ann@example.org", ""), true).Value;
        var at = scope.Now.AddDays(-days);
        var comment = Comment.Write(draft, CommentText.Render("Words."), new CommentOrigin(null, "192.0.2.1", "", at, at.DateTime), standing, null);
        await CommentLedger.AddAsync(scope, comment, ct);
        return comment.Id;
    }, CancellationToken.None);

    public sealed class OnSqlite(SqliteSite site) : PurgeTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : PurgeTests(site), IClassFixture<PostgresSite>;
}
