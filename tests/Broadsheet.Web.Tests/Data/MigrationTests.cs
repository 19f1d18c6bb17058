using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Data;

public abstract class MigrationTests(BroadsheetSite site)
{
    [Fact]
    public async Task The_migrations_say_all_that_the_model_says() => Assert.False(await site.ReadAsync(db => Task.FromResult(db.Database.HasPendingModelChanges())));

    public sealed class OnSqlite(SqliteSite site) : MigrationTests(site), IClassFixture<SqliteSite>;

    public sealed class OnPostgres(PostgresSite site) : MigrationTests(site), IClassFixture<PostgresSite>;
}
