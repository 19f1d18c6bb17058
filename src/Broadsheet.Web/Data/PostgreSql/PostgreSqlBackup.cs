using System.Data;
using Npgsql;

namespace Broadsheet.Web.Data.PostgreSql;

/// <summary>Every table as a COPY file, read in one snapshot, so that it is consistent while others write; no program of the server's needed.</summary>
internal sealed class PostgreSqlBackup(NpgsqlDataSource source)
{
    public async Task<SortedDictionary<string, long>> WriteAsync(string folder, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        foreach (var table in await TablesAsync(connection, ct))
        {
            await using var rows = await connection.BeginRawBinaryCopyAsync($"COPY \"{table}\" TO STDOUT (FORMAT BINARY)", ct);
            await using var file = File.Create(Path.Combine(folder, $"{table}.copy"));
            await rows.CopyToAsync(file, ct);
        }
        return await CountAsync(connection, ct);
    }

    /// <summary>Tables come in the order of their constraints; the schema must be as the same migrations left it. One transaction.</summary>
    /// <exception cref="InvalidDataException">The tables have other rows than <paramref name="expected"/>: nothing was kept.</exception>
    public async Task ReadAsync(string folder, IReadOnlyDictionary<string, long> expected, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var tables = await TablesAsync(connection, ct);
        foreach (var table in await InOrderAsync(connection, tables, ct))
        {
            var path = Path.Combine(folder, $"{table}.copy");
            if (table == "__EFMigrationsHistory" || !File.Exists(path)) continue;
            await using (var rows = await connection.BeginRawBinaryCopyAsync($"COPY \"{table}\" FROM STDIN (FORMAT BINARY)", ct))
            await using (var file = File.OpenRead(path))
                await file.CopyToAsync(rows, ct);
        }
        await AdvanceSequencesAsync(connection, ct);
        BackupDifference.ThrowIfAny(expected, await CountAsync(connection, ct));
        await transaction.CommitAsync(ct);
    }

    private static async Task<SortedDictionary<string, long>> CountAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in await TablesAsync(connection, ct))
        {
            await using var command = new NpgsqlCommand($"SELECT COUNT(*) FROM \"{table}\"", connection);
            counts[table] = (long)(await command.ExecuteScalarAsync(ct))!;
        }
        return counts;
    }

    private static async Task<List<string>> TablesAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var tables = new List<string>();
        while (await reader.ReadAsync(ct)) tables.Add(reader.GetString(0));
        return tables;
    }

    /// <summary>Tables that others refer to come first.</summary>
    private static async Task<List<string>> InOrderAsync(NpgsqlConnection connection, List<string> tables, CancellationToken ct)
    {
        var needs = new List<(string Table, string Needs)>();
        await using (var command = new NpgsqlCommand("SELECT r.relname, f.relname FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid JOIN pg_class f ON f.oid = c.confrelid WHERE c.contype = 'f' AND r.oid <> f.oid", connection))
        await using (var reader = await command.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct)) needs.Add((reader.GetString(0), reader.GetString(1)));
        var ordered = new List<string>();
        while (ordered.Count < tables.Count)
            ordered.Add(tables.First(t => !ordered.Contains(t) && needs.TrueForAll(n => n.Table != t || ordered.Contains(n.Needs) || !tables.Contains(n.Needs))));
        return ordered;
    }

    /// <summary>Every generated id goes on above the largest that is there; PostgreSQL does not do it by itself after explicit ids. Never back: others may hold ids that they have not committed.</summary>
    public static async Task AdvanceSequencesAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var tables = new List<string>();
        await using (var command = new NpgsqlCommand("SELECT table_name FROM information_schema.columns WHERE column_name = 'id' AND is_identity = 'YES' AND table_schema = current_schema()", connection))
        await using (var reader = await command.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct)) tables.Add(reader.GetString(0));
        foreach (var table in tables)
        {
            var sequence = $"pg_get_serial_sequence('\"{table}\"', 'id')::regclass";
            await using var command = new NpgsqlCommand($"SELECT setval({sequence}, MAX(id)) FROM \"{table}\" HAVING MAX(id) > COALESCE(pg_sequence_last_value({sequence}), 0)", connection);
            await command.ExecuteNonQueryAsync(ct);
        }
    }
}
