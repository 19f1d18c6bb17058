using Npgsql;

namespace Broadsheet.Web.Data.PostgreSql;

/// <summary>What a failure of PostgreSQL, or of the way there, means.</summary>
internal static class PostgreSqlTrouble
{
    /// <returns>Null for a fault of the program's, or of what it asked.</returns>
    public static StorageException? Of(Exception problem) => Find(problem) switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => new StorageException(StorageTrouble.Full, problem),
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected } => new StorageException(StorageTrouble.Busy, problem),
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.TooManyConnections } => new StorageException(StorageTrouble.Unreachable, problem),
        PostgresException => null,
        NpgsqlException => new StorageException(StorageTrouble.Unreachable, problem),
        null when IsFaultOfNpgsql(problem) => new StorageException(StorageTrouble.Unreachable, problem),
        _ => null,
    };

    /// <summary>The driver's own exception, as deep as it may stand; null for none.</summary>
    public static NpgsqlException? Find(Exception? problem)
    {
        for (; problem is not null; problem = problem.InnerException)
            if (problem is NpgsqlException found) return found;
        return null;
    }

    /// <summary>So it fails at times where a connection breaks on which statements stand prepared (npgsql/npgsql#2912 and others like it).</summary>
    private static bool IsFaultOfNpgsql(Exception? problem)
    {
        for (; problem is not null; problem = problem.InnerException)
            if (problem is NullReferenceException { Source: "Npgsql" }) return true;
        return false;
    }
}
