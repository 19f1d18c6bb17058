using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Data;

public abstract class AppliedMigrationsTests(BroadsheetSite site)
{
    /// <summary>Says what EF would say, in every state that a database can be in.</summary>
    [Fact]
    public async Task A_database_that_lacks_a_migration_is_told_from_one_that_has_all()
    {
        await using var db = site.Engine.Open();
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
        Assert.True(await AppliedMigrations.AreAllAsync(db, CancellationToken.None));
        var known = db.Database.GetMigrations().ToList();

        foreach (var one in (string[])[known[0], known[^1]])
        {
            await site.Engine.WriteAsync((scope, ct) => scope.Database.ExecuteSqlAsync($"DELETE FROM \"__EFMigrationsHistory\" WHERE migration_id = {one}", ct), CancellationToken.None);
            await using var lacking = site.Engine.Open();
            Assert.Equal([one], await lacking.Database.GetPendingMigrationsAsync());
            Assert.False(await AppliedMigrations.AreAllAsync(lacking, CancellationToken.None));
            await site.Engine.WriteAsync((scope, ct) => scope.Database.ExecuteSqlAsync($"INSERT INTO \"__EFMigrationsHistory\" VALUES ({one}, '10')", ct), CancellationToken.None);
        }

        Assert.True(await AppliedMigrations.AreAllAsync(db, CancellationToken.None));
        await site.Engine.WriteAsync((scope, ct) => scope.Database.ExecuteSqlAsync($"ALTER TABLE \"__EFMigrationsHistory\" RENAME TO elsewhere", ct), CancellationToken.None);
        Assert.False(await AppliedMigrations.AreAllAsync(db, CancellationToken.None));
        await site.Engine.WriteAsync((scope, ct) => scope.Database.ExecuteSqlAsync($"ALTER TABLE elsewhere RENAME TO \"__EFMigrationsHistory\"", ct), CancellationToken.None);
    }

    public sealed class OnSqlite(SqliteSite site) : AppliedMigrationsTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : AppliedMigrationsTests(site), IClassFixture<PostgresSite>;
}
