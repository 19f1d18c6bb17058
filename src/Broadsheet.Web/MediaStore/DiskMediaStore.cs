using System.Globalization;
using System.Runtime.CompilerServices;

namespace Broadsheet.Web.MediaStore;

/// <summary>Files in a folder, laid out as they are named.</summary>
internal sealed class DiskMediaStore(string mediaFolder) : IMediaStore
{
    private readonly string _root = Path.GetFullPath(mediaFolder);

    public string Place => "the media folder";

    public async Task<StoredFile?> FindAsync(string name, CancellationToken ct)
    {
        if (FileOf(name) is not { } file || !File.Exists(file)) return null;
        await using var stream = File.OpenRead(file);
        var head = new byte[Math.Min(StoredFile.HeadLength, stream.Length)];
        stream.ReadExactly(head);
        var changed = File.GetLastWriteTimeUtc(file);
        return StoredFile.Describe(name, head, stream.Length, VersionOf(changed, stream.Length), new DateTimeOffset(changed, TimeSpan.Zero));
    }

    public Task<bool> ExistsAsync(string name, CancellationToken ct) => Task.FromResult(File.Exists(FileOf(name)));

    public Task<Stream> OpenAsync(StoredFile file, CancellationToken ct) => Task.FromResult<Stream>(TryOpen(file.Name) ?? throw new FileNotFoundException("it is not here any more"));

    public Task<Stream?> OpenAsync(string name, CancellationToken ct) => Task.FromResult<Stream?>(TryOpen(name));

    public Task<Stream?> OpenLastingAsync(string name, CancellationToken ct) => Task.FromResult<Stream?>(TryOpen(name));

    public Task<string> LocalAsync(StoredFile file, CancellationToken ct) => Task.FromResult(FileOf(file.Name) ?? throw WrongName());

    public async Task SaveAsync(string name, Stream content, long maxBytes, CancellationToken ct)
    {
        var (file, incoming) = (FileOf(name) ?? throw WrongName(), Path.Combine(_root, MediaName.Incoming));
        Directory.CreateDirectory(incoming);
        var temporary = Path.Combine(incoming, Path.GetRandomFileName());
        try
        {
            await using (var target = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
            {
                await LimitedCopy.RunAsync(content, target, maxBytes, ct);
                target.Flush(flushToDisk: true);
            }
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.Move(temporary, file, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public async Task CopyAsync(string name, string to, CancellationToken ct)
    {
        await using var source = TryOpen(name) ?? throw new FileNotFoundException("it is not here any more");
        await SaveAsync(to, source, long.MaxValue, ct);
    }

    public Task<IAsyncDisposable?> ClaimAsync(string name, CancellationToken ct, TimeSpan? lasts = null) => Task.FromResult<IAsyncDisposable?>(NoClaim.Instance);

    public Task RemoveAsync(string name, CancellationToken ct)
    {
        if (FileOf(name) is not { } file || !File.Exists(file)) return Task.CompletedTask;
        File.Delete(file);
        if (name.StartsWith(MediaName.Renditions, StringComparison.Ordinal)) DeleteEmpty(Path.GetDirectoryName(file)!);
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<ListedFile> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken ct)
    {
        var folder = Path.Combine(_root, prefix[..(prefix.LastIndexOf('/') + 1)]);
        if (!Directory.Exists(folder)) yield break;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            ct.ThrowIfCancellationRequested();
            var name = Path.GetRelativePath(_root, file.FullName).Replace(Path.DirectorySeparatorChar, '/');
            if (name.StartsWith(prefix, StringComparison.Ordinal) && MediaName.IsGood(name) && file.Exists) yield return new ListedFile(name, file.Length, VersionOf(file.LastWriteTimeUtc, file.Length));
        }
        await Task.CompletedTask;
    }

    /// <summary>A folder is one program's, which looks after its names itself.</summary>
    private sealed class NoClaim : IAsyncDisposable
    {
        public static readonly NoClaim Instance = new();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private static string VersionOf(DateTime changed, long bytes) => string.Create(CultureInfo.InvariantCulture, $"{changed.Ticks:x}-{bytes:x}");

    /// <summary>Each picture and each of its versions has a folder of its own.</summary>
    private static void DeleteEmpty(string version)
    {
        foreach (var folder in (string[])[version, Path.GetDirectoryName(version)!])
            if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any()) Directory.Delete(folder);
    }

    private static IOException WrongName() => new("its name cannot stand in the store");

    private string? FileOf(string name) => MediaName.IsGood(name) ? Path.Combine(_root, name) : null;

    private FileStream? TryOpen(string name)
    {
        if (FileOf(name) is not { } file || !File.Exists(file)) return null;
        try
        {
            return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
