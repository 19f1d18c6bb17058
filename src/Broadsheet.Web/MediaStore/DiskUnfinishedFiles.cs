namespace Broadsheet.Web.MediaStore;

/// <summary>Unfinished files on the disk, each one file that grows.</summary>
internal sealed class DiskUnfinishedFiles(string mediaFolder) : IUnfinishedFiles
{
    private readonly string _folder = Path.GetFullPath(Path.Combine(mediaFolder, MediaName.Incoming));

    public Task CreateAsync(string key, CancellationToken ct)
    {
        Directory.CreateDirectory(_folder);
        using var file = new FileStream(FileOf(key), FileMode.CreateNew);
        return Task.CompletedTask;
    }

    public Task<long?> LengthOfAsync(string key, CancellationToken ct) => Task.FromResult(new FileInfo(FileOf(key)) is { Exists: true } file ? file.Length : (long?)null);

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

    public Task<Stream> OpenAsync(string key, CancellationToken ct) => Task.FromResult<Stream>(File.OpenRead(FileOf(key)));

    public Task ForgetAsync(string key, CancellationToken ct)
    {
        if (File.Exists(FileOf(key))) File.Delete(FileOf(key));
        return Task.CompletedTask;
    }

    public Task SweepAsync(DateTimeOffset before, CancellationToken ct)
    {
        if (!Directory.Exists(_folder)) return Task.CompletedTask;
        foreach (var file in new DirectoryInfo(_folder).EnumerateFiles())
            if (file.LastWriteTimeUtc < before.UtcDateTime) file.Delete();
        return Task.CompletedTask;
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
