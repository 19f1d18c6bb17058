using System.Diagnostics;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Sqlite;
using Broadsheet.Web.Tests.Sites;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Tests.Data.Sqlite;

public sealed class SqliteWriteQueueTests(SqliteSite site) : IClassFixture<SqliteSite>
{
    [Fact]
    public async Task Those_who_wait_for_a_locked_database_wait_together_and_not_for_each_other()
    {
        await using var other = new SqliteConnection($"Data Source={Path.Combine(site.Folder, "broadsheet.db")};Pooling=False");
        await other.OpenAsync();
        await using var hold = other.CreateCommand();
        hold.CommandText = "BEGIN IMMEDIATE";
        await hold.ExecuteNonQueryAsync();

        var early = Enumerable.Range(0, 5).Select(_ => WaitAsync()).ToList();
        await Task.Delay(TimeSpan.FromSeconds(4));
        var late = WriteAsync();
        var waits = await Task.WhenAll(early);

        // Ten seconds each, from when each was asked for; before, the second waited twenty.
        Assert.All(waits, wait => Assert.InRange(wait.TotalSeconds, 9.5, 13));
        Assert.False(late.IsCompleted);
        hold.CommandText = "ROLLBACK";
        await hold.ExecuteNonQueryAsync();
        Assert.True(await late > 0);

        async Task<TimeSpan> WaitAsync()
        {
            var asked = Stopwatch.GetTimestamp();
            var trouble = await Assert.ThrowsAsync<StorageException>(WriteAsync);
            Assert.Equal(StorageTrouble.Busy, trouble.Trouble);
            return Stopwatch.GetElapsedTime(asked);
        }
    }

    [Fact]
    public async Task The_log_stays_bounded_while_writers_never_pause()
    {
        var file = Path.Combine(site.Folder, "log.db");
        await using var engine = new SqliteEngine(file, []);
        await engine.WriteAsync((db, ct) => db.Database.ExecuteSqlRawAsync("CREATE TABLE blocks (id INTEGER PRIMARY KEY, block BLOB)", ct), CancellationToken.None);
        long longest = 0;

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async writer =>
        {
            // The same megabytes over and over: hundreds of them pass through the log.
            for (var i = 0; i < 90; i++)
            {
                var id = writer * 4 + i % 4;
                await engine.WriteAsync((db, ct) => db.Database.ExecuteSqlAsync($"INSERT OR REPLACE INTO blocks VALUES ({id}, randomblob(1000000))", ct), CancellationToken.None);
                longest = Math.Max(longest, new FileInfo(file + "-wal").Length);
            }
        }));

        Assert.InRange(longest, 10_000_000, 110_000_000);
    }

    private Task<long> WriteAsync() => site.Writes.RunAsync((scope, ct) => TermLedger.FindOrAddAsync(scope, Term.Tag, "Waited", null, ct), CancellationToken.None);
}
