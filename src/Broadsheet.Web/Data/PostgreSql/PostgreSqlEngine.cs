using Broadsheet.Core;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace Broadsheet.Web.Data.PostgreSql;

/// <summary>A database on a PostgreSQL server (15 or newer): plain transactions, COPY, claims with SKIP LOCKED. Several nodes may serve it.</summary>
internal sealed class PostgreSqlEngine : IDatabaseEngine, IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly PooledDbContextFactory<PostgreSqlBroadsheetDb> _reading;
    private readonly PooledDbContextFactory<PostgreSqlBroadsheetDb> _writing;

    private readonly Replica? _replica;

    /// <param name="interceptors">See every statement of readers.</param>
    /// <param name="replica">Null where the one server answers everything.</param>
    public PostgreSqlEngine(string connectionString, IEnumerable<IInterceptor> interceptors, Replica? replica = null)
    {
        _replica = replica;
        _source = NpgsqlDataSource.Create(ConnectionSettings.With(connectionString));
        var options = new DbContextOptionsBuilder<PostgreSqlBroadsheetDb>().UseNpgsql(_source).UseSnakeCaseNamingConvention().Options;
        _writing = new(options);
        _reading = new(new DbContextOptionsBuilder<PostgreSqlBroadsheetDb>(options).AddInterceptors(interceptors).UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking).Options);
    }

    public bool RestoresSchema => false;

    public BroadsheetDb Open() => _reading.CreateDbContext();

    public async Task<T> ReadListsAsync<T>(Func<BroadsheetDb, Task<T>> read, CancellationToken ct)
    {
        if (_replica is not null && await _replica.OpenAsync(_source, ct) is { } behind)
        {
            try
            {
                await using (behind) return await read(behind);
            }
            catch (Exception problem) when (PostgreSqlTrouble.Find(problem) is not null && !ct.IsCancellationRequested)
            {
                _replica.Failed(PostgreSqlTrouble.Find(problem)!);
            }
        }
        await using var db = Open();
        return await read(db);
    }

    public async Task<IReadOnlyList<IReadOnlyList<long?[]>>> ReadAsync(IReadOnlyList<Statement> statements, CancellationToken ct)
    {
        try
        {
            await using var connection = await _source.OpenConnectionAsync(ct);
            await using var batch = connection.CreateBatch();
            foreach (var statement in statements) batch.BatchCommands.Add(CommandOf(statement));
            await batch.PrepareAsync(ct);
            await using var reader = await batch.ExecuteReaderAsync(ct);
            var found = new List<long?[]>[statements.Count];
            for (var i = 0; i < found.Length; i++)
            {
                found[i] = [];
                while (await reader.ReadAsync(ct))
                {
                    var row = new long?[reader.FieldCount];
                    for (var column = 0; column < row.Length; column++) row[column] = reader.IsDBNull(column) ? null : Convert.ToInt64(reader.GetValue(column), System.Globalization.CultureInfo.InvariantCulture);
                    found[i].Add(row);
                }
                await reader.NextResultAsync(ct);
            }
            return found;
        }
        catch (Exception problem) when (AsStorageTrouble(problem) is not null)
        {
            throw AsStorageTrouble(problem)!;
        }
    }

    public async Task MigrateAsync(CancellationToken ct, string? upTo = null)
    {
        // EF takes a lock of its own while it migrates, so that several nodes may start at once.
        await using var db = Open();
        if (!await AppliedMigrations.AreAllAsync(db, ct)) await db.Database.MigrateAsync(upTo, ct);
    }

    public async Task WriteAsync(Func<BroadsheetDb, CancellationToken, Task> work, CancellationToken ct)
    {
        try
        {
            await using var db = _writing.CreateDbContext();
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await work(db, ct);
            await transaction.CommitAsync(ct);
        }
        catch (Exception problem) when (AsStorageTrouble(problem) is not null)
        {
            throw AsStorageTrouble(problem)!;
        }
    }

    public async Task InsertManyAsync<T>(BroadsheetDb db, IReadOnlyList<T> rows, CancellationToken ct) where T : class
    {
        if (rows.Count == 0) return;
        var shape = RowShape.Of<T>(db);
        // A generated id of 0 is left to the database, for all rows of a call alike.
        var columns = shape.Columns.Where(c => c.Name != "id" || c.ValueOf(rows[0]) is not 0L).ToList();
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await using var writer = await connection.BeginBinaryImportAsync($"COPY \"{shape.Table}\" ({string.Join(',', columns.Select(c => $"\"{c.Name}\""))}) FROM STDIN (FORMAT BINARY)", ct);
        foreach (var row in rows)
        {
            await writer.StartRowAsync(ct);
            foreach (var column in columns)
                if (column.ValueOf(row) is { } value) await writer.WriteAsync(value, column.StoreType, ct);
                else await writer.WriteNullAsync(ct);
        }
        await writer.CompleteAsync(ct);
    }

    /// <summary>All in one round trip.</summary>
    public async Task InsertAsync<T>(BroadsheetDb db, IReadOnlyList<Statement> before, IReadOnlyList<T> rows, CancellationToken ct) where T : class
    {
        if (rows.Count == 0 && before.Count == 0) return;
        var shape = RowShape.Of<T>(db);
        await using var batch = ((NpgsqlConnection)db.Database.GetDbConnection()).CreateBatch();
        foreach (var statement in before) batch.BatchCommands.Add(CommandOf(statement));
        foreach (var row in rows) batch.BatchCommands.Add(InsertOf(shape, row));
        await batch.PrepareAsync(ct);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        // Only what gives rows is a result to the reader.
        foreach (var row in rows)
        {
            await reader.ReadAsync(ct);
            shape.Identify(row, reader.GetInt64(0));
            await reader.NextResultAsync(ct);
        }
    }

    public async Task<long?> RunAsync(BroadsheetDb db, IReadOnlyList<Statement> statements, CancellationToken ct)
    {
        await using var batch = ((NpgsqlConnection)db.Database.GetDbConnection()).CreateBatch();
        foreach (var statement in statements) batch.BatchCommands.Add(CommandOf(statement));
        await batch.PrepareAsync(ct);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        // Those before the last give no rows, and are no result to the reader.
        return await reader.ReadAsync(ct) && !await reader.IsDBNullAsync(0, ct) ? Convert.ToInt64(reader.GetValue(0), System.Globalization.CultureInfo.InvariantCulture) : null;
    }

    public Task AdvanceSequencesAsync(BroadsheetDb db, CancellationToken ct) => PostgreSqlBackup.AdvanceSequencesAsync((NpgsqlConnection)db.Database.GetDbConnection(), ct);

    /// <summary>Writers wait for rows here, not for the database.</summary>
    public Task YieldAsync(TimeSpan atMost, CancellationToken ct) => Task.CompletedTask;

    public async Task ReserveIdsAsync<T>(BroadsheetDb db, long upTo, CancellationToken ct) where T : class
    {
        await using var command = ((NpgsqlConnection)db.Database.GetDbConnection()).CreateCommand();
        command.CommandText = $"SELECT setval({SequenceOf<T>(db)}, $1) WHERE $1 > COALESCE(pg_sequence_last_value({SequenceOf<T>(db)}), 0)";
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = upTo });
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task<IReadOnlyList<long>> NewIdsAsync<T>(BroadsheetDb db, int count, CancellationToken ct) where T : class
    {
        var ids = new List<long>(count);
        await using var command = ((NpgsqlConnection)db.Database.GetDbConnection()).CreateCommand();
        command.CommandText = $"SELECT nextval({SequenceOf<T>(db)}) FROM generate_series(1, $1)";
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = count });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) ids.Add(reader.GetInt64(0));
        return ids;
    }

    public Task<List<OutboxRow>> ClaimJobsAsync(BroadsheetDb db, DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken ct)
    {
        // As instants are kept everywhere, so that a claim is found again by its end.
        until = DateTimeOffset.FromUnixTimeMilliseconds(until.ToUnixTimeMilliseconds());
        return db.Outbox.FromSql($"""
            UPDATE outbox SET claimed_until = {until} WHERE id IN (
                SELECT id FROM outbox WHERE NOT parked AND due_at <= {now} AND (claimed_until IS NULL OR claimed_until < {now})
                ORDER BY due_at, id LIMIT {limit} FOR UPDATE SKIP LOCKED)
            RETURNING *
            """).AsTracking().ToListAsync(ct);
    }

    public Task<List<SearchDocument>> SearchAsync(BroadsheetDb db, IReadOnlyList<string> terms, bool? comments, int skip, int take, CancellationToken ct, long? article = null)
    {
        var query = string.Join(" & ", terms.Select(t => $"'{t.Replace("'", "''", StringComparison.Ordinal).Replace("\\", "", StringComparison.Ordinal)}'"));
        // Two statements, since each stays prepared: one plan for both would read all that has the words for one article.
        var found = article is { } id
            ? db.Database.SqlQuery<RankedDocument>($"SELECT id, ts_rank_cd(vector, {query}::tsquery, 1)::float8 AS rank FROM search_documents WHERE vector @@ {query}::tsquery AND article_id = {id} ORDER BY id DESC LIMIT 10000")
            : db.Database.SqlQuery<RankedDocument>($"SELECT id, ts_rank_cd(vector, {query}::tsquery, 1)::float8 AS rank FROM search_documents WHERE vector @@ {query}::tsquery ORDER BY id DESC LIMIT 10000");
        return found.PublicBest(db, comments, skip, take).ToListAsync(ct);
    }

    public bool IsUniqueViolation(Exception problem) => PostgreSqlTrouble.Find(problem) is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    public StorageException? AsStorageTrouble(Exception problem) => PostgreSqlTrouble.Of(problem);

    /// <summary>PostgreSQL has no cheap counter: the eviction rows are read, by their index.</summary>
    public Task<long?> ChangeCounterAsync(CancellationToken ct) => Task.FromResult<long?>(null);

    public Outcome<FileStream?> LockForServing() => (FileStream?)null;

    public Task<SortedDictionary<string, long>> BackupAsync(string folder, CancellationToken ct) => new PostgreSqlBackup(_source).WriteAsync(folder, ct);

    public Task RestoreAsync(string folder, IReadOnlyDictionary<string, long> expected, CancellationToken ct) => new PostgreSqlBackup(_source).ReadAsync(folder, expected, ct);

    public async ValueTask DisposeAsync()
    {
        if (_replica is not null) await _replica.DisposeAsync();
        await _source.DisposeAsync();
    }

    private static NpgsqlBatchCommand CommandOf(Statement statement)
    {
        var command = new NpgsqlBatchCommand(statement.Sql);
        foreach (var value in statement.Values) command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }

    private static NpgsqlBatchCommand InsertOf(RowShape shape, object row)
    {
        var command = new NpgsqlBatchCommand(shape.Insert);
        foreach (var column in shape.Columns)
            if (column.Name != "id") command.Parameters.Add(new NpgsqlParameter { Value = column.ValueOf(row) ?? DBNull.Value, DataTypeName = column.StoreType });
        return command;
    }

    private static string SequenceOf<T>(BroadsheetDb db) => $"pg_get_serial_sequence('\"{db.Model.FindEntityType(typeof(T))!.GetTableName()}\"', 'id')::regclass";
}
