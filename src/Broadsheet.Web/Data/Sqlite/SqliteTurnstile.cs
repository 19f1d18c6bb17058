namespace Broadsheet.Web.Data.Sqlite;

/// <summary>
/// Who waits for the database is seen by other processes: SQLite itself has no queue, so that a process which writes without end could
/// keep another from ever finding the gap between two of its transactions. A lock on a file, which ends with its process.
/// </summary>
internal sealed class SqliteTurnstile(string file)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(1);

    /// <summary>Says that this process waits, until disposed. Null where the file cannot be had: then it waits unseen.</summary>
    public FileStream? Wait()
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read, 1);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Lets those who wait go first, for at most <paramref name="atMost"/>.</summary>
    public async Task YieldAsync(TimeSpan atMost, CancellationToken ct)
    {
        for (var started = System.Diagnostics.Stopwatch.GetTimestamp(); IsSomeoneWaiting() && System.Diagnostics.Stopwatch.GetElapsedTime(started) < atMost;) await Task.Delay(Look, ct);
    }

    private bool IsSomeoneWaiting()
    {
        try
        {
            using var nobody = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
