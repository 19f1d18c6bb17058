using Broadsheet.Web.Caching;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Caching;

public abstract class ForgetEvictionsTests(BroadsheetSite site)
{
    [Fact]
    public async Task What_everyone_has_seen_is_cleared_away_and_the_last_row_stays()
    {
        await site.Writes.RunAsync((scope, _) =>
        {
            scope.Db.Evictions.AddRange(Enumerable.Range(0, 20).Select(n => new Eviction { Tag = $"old {n}", Hard = true, At = scope.Now.AddHours(-2) }));
            return Task.CompletedTask;
        }, CancellationToken.None);
        var last = await site.ReadAsync(db => db.Evictions.MaxAsync(e => e.Id));

        while (await new ForgetEvictions(site.Engine, site.Writes, TimeProvider.System).RunAsync(CancellationToken.None)) { }

        Assert.Equal([last], await site.ReadAsync(db => db.Evictions.Where(e => e.Tag.StartsWith("old ")).Select(e => e.Id).ToListAsync()));
        await site.PublishAsync("Afterwards");
        Assert.All(await site.ReadAsync(db => db.Evictions.Where(e => !e.Tag.StartsWith("old ") && e.Id > last).Select(e => e.Id).ToListAsync()), id => Assert.True(id > last));
        Assert.True(await site.ReadAsync(db => db.Evictions.AnyAsync(e => e.Id > last)));
    }

    public sealed class OnSqlite(SqliteSite site) : ForgetEvictionsTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : ForgetEvictionsTests(site), IClassFixture<PostgresSite>;
}
