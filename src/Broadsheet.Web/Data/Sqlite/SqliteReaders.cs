using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Broadsheet.Web.Data.Sqlite;

/// <summary>Connections for the few statements that each comment reads, which stay prepared on them. One reads at a time on each; as many are kept as have read at once, up to <see cref="Most"/>.</summary>
internal sealed class SqliteReaders(Func<SqliteConnection> connect) : IDisposable
{
    private const int Most = 8;

    /// <summary>All of a look sees the same, and what is in the cache is thrown away once.</summary>
    private static readonly Statement Begin = new("BEGIN", []), End = new("COMMIT", []);

    private readonly ConcurrentBag<Reader> _idle = [];
    private volatile bool _isDisposed;

    public IReadOnlyList<IReadOnlyList<long?[]>> Read(IReadOnlyList<Statement> statements)
    {
        if (!_idle.TryTake(out var reader)) reader = new Reader(connect());
        try
        {
            var found = new List<long?[]>[statements.Count];
            reader.Statements.Run(Begin);
            for (var i = 0; i < found.Length; i++) found[i] = reader.Statements.Read(statements[i]);
            reader.Statements.Run(End);
            Keep(ref reader);
            return found;
        }
        finally
        {
            // After trouble: a file that was replaced or a disk that came back is seen anew.
            reader?.Dispose();
        }
    }

    public void Dispose()
    {
        _isDisposed = true;
        while (_idle.TryTake(out var reader)) reader.Dispose();
    }

    private void Keep(ref Reader? reader)
    {
        if (_isDisposed || _idle.Count >= Most) return;
        _idle.Add(reader!);
        reader = null;
    }

    private sealed class Reader(SqliteConnection connection) : IDisposable
    {
        public SqliteStatements Statements { get; } = new(connection.Handle!);

        public void Dispose()
        {
            Statements.Dispose();
            connection.Dispose();
        }
    }
}
