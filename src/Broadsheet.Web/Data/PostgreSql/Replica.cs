using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace Broadsheet.Web.Data.PostgreSql;

/// <summary>
/// Decides for each reading whether a streaming replica (or the primary) answers it (ADR 30): the replica only where it has replayed all that the primary had committed
/// when it was asked, so that whoever has written something, by whatever node, reads it. It has a moment to catch up; then, and where it is away, the primary reads, and
/// the replica is left alone for a while.
/// </summary>
internal sealed partial class Replica : IAsyncDisposable
{
    /// <summary>As long may it take to catch up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    /// <summary>One that was behind is not asked again for so long.</summary>
    public static readonly TimeSpan AfterLag = TimeSpan.FromSeconds(1);

    /// <summary>Nor one that did not answer.</summary>
    public static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);

    /// <summary>Who waits longer for a connection has readers wait, though the primary could answer.</summary>
    private const int ConnectSeconds = 2;

    private readonly NpgsqlDataSource _source;
    private readonly PooledDbContextFactory<PostgreSqlBroadsheetDb> _reading;
    private readonly ReplicaMeter _meter;
    private readonly TimeProvider _clock;
    private readonly ILogger<Replica> _log;
    private long _leftAt;
    private TimeSpan _leftFor;
    private string? _trouble;

    public Replica(string connectionString, IEnumerable<Microsoft.EntityFrameworkCore.Diagnostics.IInterceptor> interceptors, ReplicaMeter meter, TimeProvider clock, ILogger<Replica> log)
    {
        // Nothing stays prepared here: on a connection that a restart broke, Npgsql fails in its own code (a null reference) where a prepared statement is asked again.
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        if (given.Timeout == new NpgsqlConnectionStringBuilder().Timeout) given.Timeout = ConnectSeconds;
        (_source, _meter, _clock, _log) = (NpgsqlDataSource.Create(given), meter, clock, log);
        _reading = new(new DbContextOptionsBuilder<PostgreSqlBroadsheetDb>().UseNpgsql(_source).UseSnakeCaseNamingConvention().AddInterceptors(interceptors).UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking).Options);
    }

    /// <returns>A context on a connection to the replica, which has all that <paramref name="primary"/> has by now; null where the primary is to be read.</returns>
    public async Task<BroadsheetDb?> OpenAsync(NpgsqlDataSource primary, CancellationToken ct)
    {
        if (_leftFor > TimeSpan.Zero && _clock.GetElapsedTime(Volatile.Read(ref _leftAt)) < _leftFor)
        {
            _meter.Primary();
            return null;
        }
        BroadsheetDb? db = null;
        try
        {
            var position = await PositionOfAsync(primary, ct);
            db = _reading.CreateDbContext();
            // Asked and read on one connection: the next might lead to another server.
            await db.Database.OpenConnectionAsync(ct);
            if (await CatchesUpAsync((NpgsqlConnection)db.Database.GetDbConnection(), position, ct))
            {
                Use();
                return db;
            }
            Leave("it is behind the primary", AfterLag);
        }
        catch (Exception problem) when (problem is NpgsqlException or TimeoutException && !ct.IsCancellationRequested)
        {
            Leave(problem.Message, AfterFailure);
        }
        catch
        {
            if (db is not null) await db.DisposeAsync();
            throw;
        }
        if (db is not null) await db.DisposeAsync();
        _meter.Primary();
        return null;
    }

    /// <summary>It gave up while it was read: its reading is done again at the primary.</summary>
    public void Failed(Exception problem)
    {
        Leave(problem.Message, AfterFailure);
        _meter.Primary();
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <summary>Up to where the primary's log goes for sure: what was committed is flushed, unless the operator has chosen otherwise.</summary>
    private static async Task<string> PositionOfAsync(NpgsqlDataSource primary, CancellationToken ct)
    {
        await using var command = primary.CreateCommand("SELECT (CASE WHEN current_setting('synchronous_commit') = 'off' THEN pg_current_wal_insert_lsn() ELSE pg_current_wal_flush_lsn() END)::text");
        return (string)(await command.ExecuteScalarAsync(ct))!;
    }

    private async Task<bool> CatchesUpAsync(NpgsqlConnection connection, string position, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        // One that was made a primary has a log of its own, which says nothing of ours.
        command.CommandText = "SELECT pg_is_in_recovery() AND COALESCE(pg_last_wal_replay_lsn() >= $1::pg_lsn, false)";
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = position });
        for (var started = _clock.GetTimestamp(); ;)
        {
            if (await command.ExecuteScalarAsync(ct) is true) return true;
            if (_clock.GetElapsedTime(started) >= Patience) return false;
            await Task.Delay(Step, _clock, ct);
        }
    }

    private void Use()
    {
        _meter.Replica();
        _leftFor = TimeSpan.Zero;
        if (Interlocked.Exchange(ref _trouble, null) is not null) Log.Back(_log);
    }

    private void Leave(string reason, TimeSpan until)
    {
        Volatile.Write(ref _leftAt, _clock.GetTimestamp());
        _leftFor = until;
        if (Interlocked.Exchange(ref _trouble, reason) is null) Log.Left(_log, reason.ReplaceLineEndings(" "));
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1101, Level = LogLevel.Warning, Message = "The replica is not read ({Reason}): the primary answers everything until it can be again")]
        public static partial void Left(ILogger log, string reason);

        [LoggerMessage(EventId = 1102, Level = LogLevel.Warning, Message = "The replica is read again")]
        public static partial void Back(ILogger log);
    }
}
