using System.Diagnostics;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.Data.Sqlite;

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

    private Task<long> WriteAsync() => site.Writes.RunAsync((scope, ct) => TermLedger.FindOrAddAsync(scope, Term.Tag, "Waited", null, ct), CancellationToken.None);
}
