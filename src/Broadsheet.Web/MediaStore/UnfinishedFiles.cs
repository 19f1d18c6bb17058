namespace Broadsheet.Web.MediaStore;

/// <summary>Files of which not all pieces are here. What is here of one lies on the disk before anyone is told so; a backup leaves them out.</summary>
internal sealed class UnfinishedFiles(string mediaFolder)
{
    private readonly string _folder = Path.GetFullPath(Path.Combine(mediaFolder, DiskMediaStore.Incoming));

    /// <exception cref="IOException">It could not be stored.</exception>
    public void Create(string key)
    {
        Directory.CreateDirectory(_folder);
        using var file = new FileStream(FileOf(key), FileMode.CreateNew);
    }

    /// <returns>Bytes that are here; null where there is no such file.</returns>
    public long? LengthOf(string key) => new FileInfo(FileOf(key)) is { Exists: true } file ? file.Length : null;

    /// <summary>Adds a piece; what came of it stays where its sender is lost.</summary>
    /// <param name="at">Where it belongs: at the end of what is here.</param>
    /// <param name="most">Bytes that the whole file has.</param>
    /// <returns>Bytes that are here now; null where it does not belong there, would be too long, or another piece is just coming in.</returns>
    /// <exception cref="IOException">It could not be stored.</exception>
    public async Task<long?> AppendAsync(string key, long at, Stream piece, long most, CancellationToken ct)
    {
        await using var file = TryOpen(key);
        if (file is null || file.Length != at) return null;
        file.Position = at;
        var buffer = new byte[1 << 16];
        try
        {
            for (int read; (read = await piece.ReadAsync(buffer, ct)) > 0;)
            {
                if (file.Position + read > most) return null;
                await file.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None);
            }
        }
        finally
        {
            file.Flush(flushToDisk: true);
        }
        return file.Length;
    }

    public Stream Open(string key) => File.OpenRead(FileOf(key));

    public void Forget(string key)
    {
        if (File.Exists(FileOf(key))) File.Delete(FileOf(key));
    }

    private FileStream? TryOpen(string key)
    {
        try
        {
            return new FileStream(FileOf(key), FileMode.Open, FileAccess.Write, FileShare.None, 1);
        }
        catch (IOException) when (File.Exists(FileOf(key)))
        {
            return null;
        }
    }

    private string FileOf(string key) => Path.Combine(_folder, $"piecewise-{Path.GetFileName(key)}");
}
