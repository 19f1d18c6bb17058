using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Broadsheet.Web.Data.Sqlite;

/// <summary>Per connection: durable commits, patience with other processes, a cache of 16 MB and mapped reading.</summary>
internal sealed class ConnectionPragmas(int mapMegabytes) : DbConnectionInterceptor
{
    private readonly string _sql = $"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=10000; PRAGMA cache_size=-16000; PRAGMA mmap_size={(long)mapMegabytes << 20}; PRAGMA temp_store=MEMORY;";

    /// <summary>Connections come back from the pool as they were.</summary>
    private readonly ConditionalWeakTable<SQLitePCL.sqlite3, object> _applied = [];

    public void Apply(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = _sql;
        command.ExecuteNonQuery();
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => ApplyOnce(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ApplyOnce(connection);
        return Task.CompletedTask;
    }

    private void ApplyOnce(DbConnection connection)
    {
        var handle = ((SqliteConnection)connection).Handle!;
        if (_applied.TryGetValue(handle, out _)) return;
        Apply(connection);
        _applied.AddOrUpdate(handle, this);
    }
}
