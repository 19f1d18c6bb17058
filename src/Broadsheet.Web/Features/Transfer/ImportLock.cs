namespace Broadsheet.Web.Features.Transfer;

/// <summary>Two imports at a time would give away each other's ids: one of them holds this, whatever process it runs in.</summary>
internal static class ImportLock
{
    /// <exception cref="IOException">Another import into the folder is at work.</exception>
    public static FileStream Take(string dataFolder)
    {
        try
        {
            return new FileStream(Path.Combine(dataFolder, "importing.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken)
        {
            throw new IOException($"Another import into {dataFolder} is at work.", taken);
        }
    }
}
