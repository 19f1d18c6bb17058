namespace Broadsheet.Web.MediaStore;

/// <summary>Files that no address leads to: what was replaced, until it is forgotten. A backup takes them along.</summary>
internal sealed class KeptFiles(string mediaFolder)
{
    private readonly string _folder = Path.GetFullPath(Path.Combine(mediaFolder, "replaced"));

    /// <summary>Keeps a copy.</summary>
    /// <param name="file">Where it lies on this machine.</param>
    /// <returns>The name under which it is kept.</returns>
    /// <exception cref="IOException">It could not be stored.</exception>
    public async Task<string> KeepAsync(string file, CancellationToken ct)
    {
        Directory.CreateDirectory(_folder);
        var name = Path.GetRandomFileName();
        await using var source = File.OpenRead(file);
        await using var copy = new FileStream(FileOf(name), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
        await source.CopyToAsync(copy, ct);
        copy.Flush(flushToDisk: true);
        return name;
    }

    /// <exception cref="IOException">It is not here any more.</exception>
    public Stream Open(string name) => File.OpenRead(FileOf(name));

    public void Forget(string name) => File.Delete(FileOf(name));

    private string FileOf(string name) => Path.Combine(_folder, Path.GetFileName(name));
}
