using SQLitePCL;

namespace Broadsheet.Web.Data.Sqlite;

/// <summary>How SQLite's library is set up, once, before its first use: nobody reads its count of memory, for which all threads would wait at each piece (<c>SQLITE_CONFIG_MEMSTATUS</c>).</summary>
internal static class SqliteLibrary
{
    private const int MemoryStatus = 9;

    static SqliteLibrary()
    {
        Batteries_V2.Init();
        // Refused where the library was used before, as in tests: then it goes on counting.
        _ = raw.sqlite3_config(MemoryStatus, 0);
    }

    /// <summary>Nothing, once that is done.</summary>
    public static void SetUp()
    {
    }
}
