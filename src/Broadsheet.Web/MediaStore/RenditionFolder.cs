using System.Globalization;
using Broadsheet.Core.Text;

namespace Broadsheet.Web.MediaStore;

/// <summary>
/// Where renditions lie: <c>renditions/2020/02/boat.jpg/VERSION/300x200.webp</c>, beside the uploads. All of it is derived and may be deleted at any
/// time. The version is the original's time and size, so that a changed original has new ones.
/// </summary>
internal sealed class RenditionFolder(string mediaFolder)
{
    private const string Name = "renditions";
    private readonly string _root = Path.GetFullPath(Path.Combine(mediaFolder, Name));
    private readonly string _uploads = Path.GetFullPath(Path.Combine(mediaFolder, "uploads"));
    private readonly string _incoming = Path.GetFullPath(Path.Combine(mediaFolder, DiskMediaStore.Incoming));

    /// <summary>The file can be made again from an upload.</summary>
    public static bool IsDerived(string mediaFolder, string file) => Path.GetRelativePath(mediaFolder, file).StartsWith(Name + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>The folder of the original's renditions as it is now.</summary>
    public string Of(StoredFile original) => Path.Combine(_root, Path.GetRelativePath(_uploads, original.File), string.Create(CultureInfo.InvariantCulture, $"{File.GetLastWriteTimeUtc(original.File).Ticks:x}-{original.Bytes:x}"));

    /// <param name="folder">See <see cref="Of"/>.</param>
    /// <param name="format">A media type.</param>
    public static string FileOf(string folder, Rendition rendition, string format) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{rendition.Width}x{rendition.Height}.{format[(format.IndexOf('/', StringComparison.Ordinal) + 1)..]}"));

    /// <returns>Null where it is not here, or no longer.</returns>
    public static FileStream? Open(string file)
    {
        if (!File.Exists(file)) return null;
        try
        {
            return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The file appears whole or not at all; those of an earlier version of the original go.</summary>
    /// <exception cref="IOException">It could not be stored.</exception>
    public async Task SaveAsync(string file, byte[] content)
    {
        var folder = Path.GetDirectoryName(file)!;
        if (!Directory.Exists(folder)) DeleteVersions(Path.GetDirectoryName(folder)!);
        Directory.CreateDirectory(_incoming);
        var temporary = Path.Combine(_incoming, Path.GetRandomFileName());
        try
        {
            await File.WriteAllBytesAsync(temporary, content);
            Directory.CreateDirectory(folder);
            File.Move(temporary, file, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Deletes the renditions of originals that are gone.</summary>
    public void Sweep()
    {
        if (!Directory.Exists(_root)) return;
        var versions = Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories).Select(f => Path.GetDirectoryName(Path.GetDirectoryName(f))!).Distinct(StringComparer.Ordinal).ToList();
        foreach (var picture in versions.Where(p => p.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal) && Directory.Exists(p) && !File.Exists(Path.Combine(_uploads, Path.GetRelativePath(_root, p))))) Directory.Delete(picture, recursive: true);
    }

    private static void DeleteVersions(string picture)
    {
        if (!Directory.Exists(picture)) return;
        foreach (var version in Directory.EnumerateDirectories(picture)) Directory.Delete(version, recursive: true);
    }
}
