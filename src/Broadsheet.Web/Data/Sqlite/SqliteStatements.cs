using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Broadsheet.Web.Data.Sqlite;

/// <summary>Statements that stay prepared on a connection: SQLite takes longer to prepare one of a comment's few than to run it. Ends with its connection.</summary>
internal sealed class SqliteStatements(sqlite3 handle) : IDisposable
{
    private readonly Dictionary<string, sqlite3_stmt> _prepared = new(StringComparer.Ordinal);

    /// <returns>The first number of the first row; null where there is none.</returns>
    /// <exception cref="SqliteException">As SQLite reports it.</exception>
    public long? Run(Statement given)
    {
        var (sql, values) = given;
        var statement = Of(sql);
        try
        {
            for (var i = 0; i < values.Length; i++) Check(SqliteBulkInsert.Bind(statement, i + 1, values[i]));
            return Step(statement);
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    /// <returns>All rows, of numbers.</returns>
    /// <exception cref="SqliteException">As SQLite reports it.</exception>
    public List<long?[]> Read(Statement given)
    {
        var statement = Of(given.Sql);
        try
        {
            for (var i = 0; i < given.Values.Length; i++) Check(SqliteBulkInsert.Bind(statement, i + 1, given.Values[i]));
            var rows = new List<long?[]>();
            while (true)
            {
                var code = raw.sqlite3_step(statement);
                if (code == raw.SQLITE_DONE) return rows;
                if (code != raw.SQLITE_ROW) Check(code);
                var row = new long?[raw.sqlite3_column_count(statement)];
                for (var i = 0; i < row.Length; i++) row[i] = NumberOf(statement, i);
                rows.Add(row);
            }
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    public void Insert(RowShape shape, object row)
    {
        var statement = Of(shape.Insert);
        try
        {
            var place = 0;
            foreach (var column in shape.Columns)
                if (column.Name != "id") Check(SqliteBulkInsert.Bind(statement, ++place, column.ValueOf(row)));
            shape.Identify(row, Step(statement) ?? throw new InvalidOperationException($"{shape.Table} gave no id."));
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    public void Dispose()
    {
        foreach (var statement in _prepared.Values) statement.Dispose();
        _prepared.Clear();
    }

    private sqlite3_stmt Of(string sql)
    {
        if (_prepared.TryGetValue(sql, out var known)) return known;
        Check(raw.sqlite3_prepare_v3(handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement));
        return _prepared[sql] = statement;
    }

    /// <summary>What a statement changes is changed before it gives its first row.</summary>
    private long? Step(sqlite3_stmt statement)
    {
        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW) return NumberOf(statement, 0);
        if (code != raw.SQLITE_DONE) Check(code);
        return null;
    }

    private static long? NumberOf(sqlite3_stmt statement, int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL ? null : raw.sqlite3_column_int64(statement, column);

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(code, handle);
    }
}
