using Broadsheet.Core.Text;

namespace Broadsheet.Web.MediaStore;

/// <summary>A file of the store.</summary>
/// <param name="MimeType">By its content, not by its name.</param>
/// <param name="Width">In pixels; null where it is no picture, or one whose size is not known.</param>
internal sealed record StoredFile(string File, long Bytes, string MimeType, int? Width, int? Height);

/// <summary>The publication's files, in a folder laid out as WordPress's uploads. A file appears whole or not at all.</summary>
internal sealed class DiskMediaStore(string mediaFolder)
{
    private const int HeadLength = 64 * 1024;
    private readonly string _uploads = Path.GetFullPath(Path.Combine(mediaFolder, "uploads"));
    public const string Incoming = "incoming";
    private readonly string _incoming = Path.GetFullPath(Path.Combine(mediaFolder, Incoming));

    /// <summary>The file is still being taken in, and may be gone at any moment.</summary>
    public static bool IsIncoming(string mediaFolder, string file) => Path.GetRelativePath(mediaFolder, file).StartsWith(Incoming + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <param name="path">Root-relative, percent-decoded: <c>/wp-content/uploads/2020/02/a.jpg</c>.</param>
    /// <returns>Null where there is no such file.</returns>
    public StoredFile? Find(string path)
    {
        if (FileOf(path) is not { } file || !File.Exists(file)) return null;
        using var stream = File.OpenRead(file);
        return Describe(file, stream);
    }

    /// <summary>Takes a file in.</summary>
    /// <exception cref="IOException">It could not be stored, or has more than <paramref name="maxBytes"/>.</exception>
    public async Task<StoredFile> SaveAsync(string path, Stream content, long maxBytes, CancellationToken ct)
    {
        var file = FileOf(path) ?? throw new IOException("its name cannot stand in the store");
        Directory.CreateDirectory(_incoming);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var temporary = Path.Combine(_incoming, Path.GetRandomFileName());
        try
        {
            await using (var target = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
            {
                await CopyAsync(content, target, maxBytes, ct);
                target.Flush(flushToDisk: true);
            }
            File.Move(temporary, file, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
        return Find(path)!;
    }

    /// <summary>Takes a file out; one that is not there is none to take.</summary>
    public void Remove(string path)
    {
        if (FileOf(path) is { } file && File.Exists(file)) File.Delete(file);
    }

    /// <summary>Paths of the smaller copies of a picture that lie beside it: <c>boat-300x200.jpg</c>. Another upload may have such a name, too.</summary>
    public IReadOnlyList<string> RenditionsOf(string path)
    {
        if (FileOf(path) is not { } file || Path.GetDirectoryName(file) is not { } folder || !Directory.Exists(folder)) return [];
        var prefix = path[..(path.LastIndexOf('/') + 1)];
        return [.. Directory.EnumerateFiles(folder).Select(f => prefix + Path.GetFileName(f)).Where(p => p != path && MediaPath.SizeOf(p) is not null && MediaPath.Originals(p).Contains(path, StringComparer.Ordinal))];
    }

    /// <returns>Null for a path that leads elsewhere than below the store.</returns>
    private string? FileOf(string path)
    {
        if (!path.StartsWith(MediaPath.Uploads, StringComparison.Ordinal)) return null;
        var below = path[MediaPath.Uploads.Length..];
        if (below.Length is 0 or > 1_024 || below.Contains('\0', StringComparison.Ordinal) || below.Contains('\\', StringComparison.Ordinal)) return null;
        if (below.Split('/').Any(name => name.Length == 0 || name[0] == '.')) return null;
        var file = Path.GetFullPath(Path.Combine(_uploads, below));
        return file.StartsWith(_uploads + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? file : null;
    }

    private static StoredFile Describe(string file, FileStream stream)
    {
        var head = new byte[Math.Min(HeadLength, stream.Length)];
        stream.ReadExactly(head);
        var type = MediaType.Of(head, file);
        var size = PictureSize.Of(head);
        return new StoredFile(file, stream.Length, type, size?.Width, size?.Height);
    }

    private static async Task CopyAsync(Stream from, FileStream to, long maxBytes, CancellationToken ct)
    {
        var buffer = new byte[1 << 16];
        for (long total = 0; ;)
        {
            var read = await from.ReadAsync(buffer, ct);
            if (read == 0) return;
            if ((total += read) > maxBytes) throw new IOException($"it is larger than {maxBytes >> 20} MB");
            await to.WriteAsync(buffer.AsMemory(0, read), ct);
        }
    }
}
