using Broadsheet.Web.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Data;

public sealed class InterruptedMigrationTests
{
    [Fact]
    public async Task A_first_start_that_was_killed_does_not_stop_the_second_for_ever()
    {
        var folder = Directory.CreateTempSubdirectory("bs-migration").FullName;
        await using var engine = new SqliteEngine(Path.Combine(folder, "broadsheet.db"), [], 64);
        await using (var db = engine.Open())
        {
            // What EF leaves when its process is killed while it migrates.
            await db.Database.ExecuteSqlRawAsync("CREATE TABLE \"__EFMigrationsLock\" (\"Id\" INTEGER NOT NULL CONSTRAINT \"PK___EFMigrationsLock\" PRIMARY KEY, \"Timestamp\" TEXT NOT NULL); INSERT INTO \"__EFMigrationsLock\" VALUES (1, '2026-11-24 09:43:00');");
        }

        await engine.MigrateAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));

        await using var after = engine.Open();
        Assert.Empty(await after.Articles.ToListAsync());
    }
}
