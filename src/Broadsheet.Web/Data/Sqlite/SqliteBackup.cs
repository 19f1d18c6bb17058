using Microsoft.Data.Sqlite;

namespace Broadsheet.Web.Data.Sqlite;

/// <summary>SQLite's own online copy: whole, of one moment, while others read and write.</summary>
internal static class SqliteBackup
{
    /// <returns>Rows by table, for the backup's list of contents.</returns>
    public static async Task<SortedDictionary<string, long>> WriteAsync(SqliteConnection source, string file, CancellationToken ct)
    {
        await using var copy = new SqliteConnection(Only(file));
        await copy.OpenAsync(ct);
        source.BackupDatabase(copy);
        return await CountAsync(copy, ct);
    }

    /// <exception cref="InvalidDataException">The copy has other rows than <paramref name="expected"/>; the target is untouched.</exception>
    public static async Task ReadAsync(string file, SqliteConnection target, IReadOnlyDictionary<string, long> expected, CancellationToken ct)
    {
        await using var source = new SqliteConnection(Only(file));
        await source.OpenAsync(ct);
        BackupDifference.ThrowIfAny(expected, await CountAsync(source, ct));
        source.BackupDatabase(target);
    }

    private static string Only(string file) => new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString();

    private static async Task<SortedDictionary<string, long>> CountAsync(SqliteConnection connection, CancellationToken ct)
    {
        var tables = new List<string>();
        await using (var list = connection.CreateCommand())
        {
            list.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_words%'";
            await using var reader = await list.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) tables.Add(reader.GetString(0));
        }
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            await using var count = connection.CreateCommand();
            count.CommandText = $"SELECT COUNT(*) FROM \"{table}\"";
            counts[table] = (long)(await count.ExecuteScalarAsync(ct))!;
        }
        return counts;
    }
}
