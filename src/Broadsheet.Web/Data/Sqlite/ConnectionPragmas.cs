using System.Data.Common;

namespace Broadsheet.Web.Data.Sqlite;

/// <summary>Per connection: durable commits, patience with other processes, a cache of 16 MB and mapped reading.</summary>
internal sealed class ConnectionPragmas(int mapMegabytes)
{
    private readonly string _sql = $"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=10000; PRAGMA cache_size=-16000; PRAGMA mmap_size={(long)mapMegabytes << 20}; PRAGMA temp_store=MEMORY;";

    public void Apply(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = _sql;
        command.ExecuteNonQuery();
    }
}
