using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Broadsheet.Web.Data.Sqlite;

/// <summary>
/// Brings the write-ahead log into the file beside the writers, over a connection of its own: SQLite would do it at the end of some
/// writer's commit, where all the others wait for two syncs and thousands of pages. The log begins anew only when all of it has been
/// brought over while nobody writes; so where it has grown long under steady writing, the writing connection does the rest itself.
/// </summary>
internal sealed class SqliteCheckpoints(Func<SqliteConnection> connect) : IAsyncDisposable
{
    /// <summary>In pages; SQLite's own default is 1,000. A page that many comments change is so brought over once for all of them.</summary>
    private const int After = 4_000;

    /// <summary>64 MB of 4,096 bytes a page: so long may the log grow before the writers wait for the rest of it.</summary>
    private const int LogLimit = 16_000;

    private Task _running = Task.CompletedTask;

    /// <summary>Pages since the last checkpoint.</summary>
    private int _written;

    /// <summary>Pages in the log when it was last looked at.</summary>
    private volatile int _log;

    /// <summary>After a commit, between two transactions of the writing connection.</summary>
    public void Committed(SqliteConnection writing)
    {
        raw.sqlite3_db_status(writing.Handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var written, out _, 1);
        _written += written;
        if (!_running.IsCompleted) return;
        if (_log > LogLimit) Finish(writing);
        else if (_written >= After) _running = Task.Run(Beside);
        else return;
        _written = 0;
    }

    public async ValueTask DisposeAsync() => await _running;

    /// <summary>What came since the checkpoint beside the writers, which is little; the next write then begins the log anew.</summary>
    private void Finish(SqliteConnection writing)
    {
        Checkpoint(writing);
        _log = 0;
    }

    private void Beside()
    {
        try
        {
            using var connection = connect();
            _log = Checkpoint(connection);
        }
        catch (SqliteException)
        {
            // A disk that is gone says so to who writes; the log waits.
        }
    }

    /// <returns>Pages in the log, of which those that were written meanwhile are still to be brought over. Busy is no fault: the next turn does it.</returns>
    private static int Checkpoint(SqliteConnection connection)
    {
        raw.sqlite3_wal_checkpoint_v2(connection.Handle, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out var log, out _);
        return log;
    }
}
