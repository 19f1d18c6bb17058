using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace Broadsheet.Web.Data.Sqlite;

/// <summary>
/// The one writing connection of this process. Works that wait together run each in a savepoint and share one commit, so that
/// many writers cost one fsync; a work that fails rolls back alone.
/// </summary>
internal sealed class SqliteWriteQueue : IAsyncDisposable
{
    /// <summary>How long works may gather in one commit: bounds what a reader of another process waits for.</summary>
    private static readonly TimeSpan GatherLimit = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a write waits for another process that holds the database before it gives up, counted from when it was asked for.</summary>
    private static readonly TimeSpan BusyLimit = TimeSpan.FromSeconds(10);

    /// <summary>How often what SQLite knows of its tables is brought up to date.</summary>
    private static readonly TimeSpan TidyEvery = TimeSpan.FromHours(1);

    private static readonly Statement Savepoint = new("SAVEPOINT work", []), Release = new("RELEASE work", []), RollBack = new("ROLLBACK TO work", []), Commit = new("COMMIT", []);

    private readonly Channel<Job> _jobs = Channel.CreateBounded<Job>(new BoundedChannelOptions(10_000) { SingleReader = true });
    private readonly Func<SqliteConnection> _connect;
    private readonly SqliteTurnstile _turnstile;
    private readonly SqliteCheckpoints _checkpoints;
    private readonly Task _loop;
    private SqliteConnection? _connection;
    private SqliteStatements? _statements;
    private long _tidied = Stopwatch.GetTimestamp();

    private DbContextOptions<SqliteBroadsheetDb>? _options;

    public SqliteWriteQueue(Func<SqliteConnection> connect, SqliteTurnstile turnstile)
    {
        _connect = connect;
        _turnstile = turnstile;
        _checkpoints = new SqliteCheckpoints(connect);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Of the writing connection; only for works.</summary>
    public SqliteStatements Statements => _statements!;

    public async Task WriteAsync(Func<BroadsheetDb, CancellationToken, Task> work, CancellationToken ct)
    {
        var job = new Job(work, ct);
        await _jobs.Writer.WriteAsync(job, ct);
        await job.Done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _jobs.Writer.TryComplete();
        await _loop;
        await _checkpoints.DisposeAsync();
        Tidy();
        _statements?.Dispose();
        if (_connection is not null) await _connection.DisposeAsync();
    }

    private async Task RunAsync()
    {
        while (await _jobs.Reader.WaitToReadAsync())
        {
            var batch = new List<Job>();
            try
            {
                Begin();
                await GatherAsync(batch);
                _statements!.Run(Commit);
                foreach (var job in batch) job.Succeed();
                _checkpoints.Committed(_connection!);
                if (Stopwatch.GetElapsedTime(_tidied) > TidyEvery) Tidy();
            }
            catch (Exception problem)
            {
                Abandon();
                if (batch.Count == 0) TakeWaited(batch);
                foreach (var job in batch) job.Fail(problem);
            }
        }
    }

    /// <summary>Of those who wait for a database that cannot be had: the first, and all who have waited as long as anyone should.</summary>
    private void TakeWaited(List<Job> batch)
    {
        while (_jobs.Reader.TryPeek(out var waiting) && (batch.Count == 0 || waiting.HasWaited(BusyLimit)) && _jobs.Reader.TryRead(out var job)) batch.Add(job);
    }

    private async Task GatherAsync(List<Job> batch)
    {
        var started = Stopwatch.GetTimestamp();
        // One context for the works of a commit: its services cost more than most works. Nothing of a work stays in it.
        await using var db = new SqliteBroadsheetDb(_options!);
        db.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
        while (Stopwatch.GetElapsedTime(started) < GatherLimit && _jobs.Reader.TryRead(out var job))
        {
            batch.Add(job);
            if (job.Token.IsCancellationRequested) { job.Problem = new OperationCanceledException(job.Token); continue; }
            _statements!.Run(Savepoint);
            try
            {
                await job.Work(db, job.Token);
                _statements!.Run(Release);
            }
            catch (Exception problem)
            {
                job.Problem = problem;
                // A full disk rolls the whole transaction back by itself: then there is no savepoint, and the batch fails together.
                if (raw.sqlite3_get_autocommit(_connection!.Handle) != 0) throw;
                _statements!.Run(RollBack);
                _statements!.Run(Release);
            }
            finally
            {
                db.ChangeTracker.Clear();
            }
        }
    }

    /// <summary>Asks for the database every millisecond, since SQLite's own waiting sleeps too long to find the gaps that an import leaves.</summary>
    private void Begin()
    {
        if (_connection is null)
        {
            _connection = _connect();
            _statements = new SqliteStatements(_connection.Handle!);
            raw.sqlite3_wal_autocheckpoint(_connection.Handle, 0);
            // Else each BEGIN would sleep for ten seconds in SQLite before it says that it could not.
            raw.sqlite3_busy_timeout(_connection.Handle, 0);
            _options = new DbContextOptionsBuilder<SqliteBroadsheetDb>().UseSqlite(_connection).UseSnakeCaseNamingConvention().Options;
        }
        var isLate = !_jobs.Reader.TryPeek(out var first) || first.HasWaited(BusyLimit);
        if (TryBegin(isLate)) return;
        using var seen = _turnstile.Wait();
        while (!TryBegin(first!.HasWaited(BusyLimit))) Pause.WaitOne(1);
    }

    /// <param name="isLast">A failure now is final.</param>
    private bool TryBegin(bool isLast)
    {
        var code = raw.sqlite3_exec(_connection!.Handle, "BEGIN IMMEDIATE");
        if (code is raw.SQLITE_BUSY or raw.SQLITE_LOCKED && !isLast) return false;
        SqliteException.ThrowExceptionForRC(code, _connection.Handle);
        return true;
    }

    /// <summary>
    /// Counts a sample of the tables that have grown, so that SQLite chooses the right index; costs milliseconds. Also at the end: an import
    /// is a process of its own. Where the database is held just now, the next time will do.
    /// </summary>
    private void Tidy()
    {
        _tidied = Stopwatch.GetTimestamp();
        if (_connection is not null) _ = raw.sqlite3_exec(_connection.Handle, "PRAGMA optimize=0x10012");
    }

    private void Abandon()
    {
        if (_connection is null) return;
        if (_connection.Handle is { } handle && raw.sqlite3_get_autocommit(handle) == 0) raw.sqlite3_exec(handle, "ROLLBACK");
        // A fresh connection after trouble: a file that was replaced or a disk that came back is seen anew.
        _statements?.Dispose();
        _connection.Dispose();
        _connection = null;
    }

    private static readonly EventWaitHandle Pause = new(false, EventResetMode.ManualReset);

    private sealed class Job(Func<BroadsheetDb, CancellationToken, Task> work, CancellationToken token)
    {
        public Func<BroadsheetDb, CancellationToken, Task> Work => work;
        public CancellationToken Token => token;
        private readonly long _asked = Stopwatch.GetTimestamp();

        public bool HasWaited(TimeSpan time) => Stopwatch.GetElapsedTime(_asked) >= time;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public Exception? Problem { get; set; }

        public void Succeed()
        {
            if (Problem is null) Done.TrySetResult();
            else Done.TrySetException(Problem);
        }

        public void Fail(Exception problem) => Done.TrySetException(Problem ?? problem);
    }
}
