using Broadsheet.Core;
using Broadsheet.Web.Data.Records;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Broadsheet.Web.Data.Sqlite;

/// <summary>One file in the data folder: write-ahead log, full synchronisation, one writing connection a process.</summary>
internal sealed class SqliteEngine : IDatabaseEngine, IAsyncDisposable
{
    private readonly string _file;
    private readonly string _connectionString;
    private readonly ConnectionPragmas _pragmas;
    private readonly SqliteTurnstile _turnstile;
    private readonly SqliteWriteQueue _queue;
    private readonly SqliteReaders _readers;
    private readonly SqliteContexts _reading;
    private SqliteConnection? _counter;

    /// <param name="interceptors">See every statement of readers.</param>
    /// <param name="mapMegabytes">How much of the file may be mapped into memory for reading; mapped pages count as the process's own.</param>
    public SqliteEngine(string file, IEnumerable<IInterceptor> interceptors, int mapMegabytes = 0)
    {
        SqliteLibrary.SetUp();
        _file = file;
        _pragmas = new ConnectionPragmas(mapMegabytes);
        _connectionString = new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true, Pooling = false, DefaultTimeout = 10 }.ToString();
        _reading = new(() => Connect(new KeptConnection(_connectionString), _pragmas), interceptors);
        _turnstile = new SqliteTurnstile(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, "waiting.lock"));
        _queue = new SqliteWriteQueue(OpenForWriting, _turnstile);
        // Mapped, a file is unmapped at every look after a commit, and each page that is touched faults: dear for a look at a dozen pages.
        _readers = new SqliteReaders(() => Connect(new SqliteConnection(_connectionString), new ConnectionPragmas(mapMegabytes: 0)));
    }

    public bool RestoresSchema => true;

    public BroadsheetDb Open() => _reading.Open();

    public Task<IReadOnlyList<IReadOnlyList<long?[]>>> ReadAsync(IReadOnlyList<Statement> statements, CancellationToken ct)
    {
        try
        {
            return Task.FromResult(_readers.Read(statements));
        }
        catch (Exception problem) when (AsStorageTrouble(problem) is not null)
        {
            throw AsStorageTrouble(problem)!;
        }
    }

    public async Task MigrateAsync(CancellationToken ct, string? upTo = null)
    {
        // Who may write mends what a killed process left in the log; EF's own first look is read-only, and would fail on it.
        await using (OpenForWriting()) { }
        await using var db = Open();
        if (await AppliedMigrations.AreAllAsync(db, ct)) return;
        await using var mine = await LockForMigratingAsync(ct);
        // EF's own lock is a row, which a process that is killed leaves behind for ever; the file's lock ends with its process.
        await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", ct);
        await db.Database.MigrateAsync(upTo, ct);
    }

    private async Task<FileStream> LockForMigratingAsync(CancellationToken ct)
    {
        var path = Path.Combine(Path.GetDirectoryName(_file)!, "migrating.lock");
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(50, ct);
            }
        }
    }

    public async Task WriteAsync(Func<BroadsheetDb, CancellationToken, Task> work, CancellationToken ct)
    {
        try
        {
            await _queue.WriteAsync(work, ct);
        }
        catch (Exception problem) when (AsStorageTrouble(problem) is not null)
        {
            throw AsStorageTrouble(problem)!;
        }
    }

    public Task InsertManyAsync<T>(BroadsheetDb db, IReadOnlyList<T> rows, CancellationToken ct) where T : class
    {
        SqliteBulkInsert.Insert(db, rows, ct);
        return Task.CompletedTask;
    }

    public Task InsertAsync<T>(BroadsheetDb db, IReadOnlyList<Statement> before, IReadOnlyList<T> rows, CancellationToken ct) where T : class
    {
        foreach (var statement in before) _queue.Statements.Run(statement);
        var shape = RowShape.Of<T>(db);
        foreach (var row in rows) _queue.Statements.Insert(shape, row);
        return Task.CompletedTask;
    }

    public Task<long?> RunAsync(BroadsheetDb db, IReadOnlyList<Statement> statements, CancellationToken ct)
    {
        long? last = null;
        foreach (var statement in statements) last = _queue.Statements.Run(statement);
        return Task.FromResult(last);
    }

    /// <summary>SQLite's rowid goes on from the largest by itself.</summary>
    public Task AdvanceSequencesAsync(BroadsheetDb db, CancellationToken ct) => Task.CompletedTask;

    public Task YieldAsync(TimeSpan atMost, CancellationToken ct) => _turnstile.YieldAsync(atMost, ct);

    public Task ReserveIdsAsync<T>(BroadsheetDb db, long upTo, CancellationToken ct) where T : class => AdvanceAsync<T>(db, upTo, 0, ct);

    public async Task<IReadOnlyList<long>> NewIdsAsync<T>(BroadsheetDb db, int count, CancellationToken ct) where T : class
    {
        var last = await AdvanceAsync<T>(db, 0, count, ct);
        return [.. Enumerable.Range(0, count).Select(i => last - count + 1 + i)];
    }

    public async Task<List<OutboxRow>> ClaimJobsAsync(BroadsheetDb db, DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken ct)
    {
        // Writes are one at a time here, so that reading and marking in one work is a claim.
        var rows = await db.Outbox.AsTracking().Where(o => !o.Parked && o.DueAt <= now && (o.ClaimedUntil == null || o.ClaimedUntil < now)).OrderBy(o => o.DueAt).ThenBy(o => o.Id).Take(limit).ToListAsync(ct);
        foreach (var row in rows) row.ClaimedUntil = until;
        return rows;
    }

    public Task<List<SearchDocument>> SearchAsync(BroadsheetDb db, IReadOnlyList<string> terms, bool? comments, int skip, int take, CancellationToken ct, long? article = null)
    {
        var match = string.Join(' ', terms.Select(t => $"\"{t.Replace("\"", "", StringComparison.Ordinal)}\""));
        // Cross join: the words come first, and of what has them only the article's are taken.
        if (article is { } id)
            return db.Database.SqlQuery<RankedDocument>($"SELECT w.rowid AS id, -bm25(search_words) AS rank FROM search_words w CROSS JOIN search_documents d ON d.id = w.rowid WHERE search_words MATCH {match} AND d.article_id = {id} ORDER BY w.rowid DESC LIMIT 10000")
                .PublicBest(db, comments, skip, take).ToListAsync(ct);
        return db.Database.SqlQuery<RankedDocument>($"SELECT rowid AS id, -bm25(search_words) AS rank FROM search_words WHERE search_words MATCH {match} ORDER BY rowid DESC LIMIT 10000")
            .PublicBest(db, comments, skip, take).ToListAsync(ct);
    }

    public bool IsUniqueViolation(Exception problem) => Find(problem) is { SqliteExtendedErrorCode: 2067 or 1555 };

    public StorageException? AsStorageTrouble(Exception problem)
    {
        var code = Find(problem)?.SqliteErrorCode;
        if (code is not (null or raw.SQLITE_ERROR or raw.SQLITE_CONSTRAINT or raw.SQLITE_MISUSE or raw.SQLITE_RANGE)) _reading.Distrust();
        return TroubleOf(code, problem);
    }

    private static StorageException? TroubleOf(int? code, Exception problem) => code switch
    {
        raw.SQLITE_FULL => new StorageException(StorageTrouble.Full, problem),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new StorageException(StorageTrouble.Busy, problem),
        raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY => new StorageException(StorageTrouble.Unreachable, problem),
        _ => null,
    };

    public async Task<long?> ChangeCounterAsync(CancellationToken ct)
    {
        _counter ??= OpenForWriting();
        await using var command = _counter.CreateCommand();
        command.CommandText = "PRAGMA data_version";
        return (long?)await command.ExecuteScalarAsync(ct);
    }

    public Outcome<FileStream?> LockForServing()
    {
        var path = Path.Combine(Path.GetDirectoryName(_file)!, "serving.lock");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return new Problem("--data", $"Another broadsheet is serving {Path.GetDirectoryName(_file)} already.");
        }
    }

    public async Task<SortedDictionary<string, long>> BackupAsync(string folder, CancellationToken ct)
    {
        await using var source = OpenForWriting();
        return await SqliteBackup.WriteAsync(source, Path.Combine(folder, Path.GetFileName(_file)), ct);
    }

    public async Task RestoreAsync(string folder, IReadOnlyDictionary<string, long> expected, CancellationToken ct)
    {
        await using var target = OpenForWriting();
        await SqliteBackup.ReadAsync(Path.Combine(folder, Path.GetFileName(_file)), target, expected, ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _queue.DisposeAsync();
        _readers.Dispose();
        _reading.Dispose();
        if (_counter is not null) await _counter.DisposeAsync();
    }

    /// <summary>AUTOINCREMENT's own table, where the last id of each table is kept.</summary>
    private static async Task<long> AdvanceAsync<T>(BroadsheetDb db, long upTo, int by, CancellationToken ct)
    {
        var table = db.Model.FindEntityType(typeof(T))!.GetTableName()!;
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"""
            INSERT INTO sqlite_sequence (name, seq) SELECT $table, 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = $table);
            UPDATE sqlite_sequence SET seq = MAX(seq, $upTo, (SELECT COALESCE(MAX(id), 0) FROM "{table}")) + $by WHERE name = $table RETURNING seq;
            """;
        command.Parameters.AddRange(new SqliteParameter[] { new("$table", table), new("$upTo", upTo), new("$by", by) });
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    private SqliteConnection OpenForWriting() => Connect(new SqliteConnection(_connectionString), _pragmas);

    private static T Connect<T>(T connection, ConnectionPragmas pragmas) where T : SqliteConnection
    {
        try
        {
            connection.Open();
            pragmas.Apply(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static SqliteException? Find(Exception? problem)
    {
        for (; problem is not null; problem = problem.InnerException)
            if (problem is SqliteException found) return found;
        return null;
    }
}
