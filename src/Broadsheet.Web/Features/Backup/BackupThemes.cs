using System.IO.Compression;

namespace Broadsheet.Web.Features.Backup;

/// <summary>The publication's own themes in a backup, as they lie in the data folder.</summary>
internal sealed class BackupThemes(string folder)
{
    private const string Prefix = "themes/";

    public static int CountIn(ZipArchive zip) => EntriesOf(zip).Count();

    /// <returns>How many files.</returns>
    public async Task<int> WriteAsync(ZipArchive zip, CancellationToken ct)
    {
        var files = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToList() : [];
        foreach (var file in files) await zip.CreateEntryFromFileAsync(file, Prefix + Path.GetRelativePath(folder, file).Replace('\\', '/'), CompressionLevel.Fastest, ct);
        return files.Count;
    }

    /// <exception cref="InvalidDataException">It holds a name that no backup wrote.</exception>
    public async Task ReadAsync(ZipArchive zip, CancellationToken ct)
    {
        foreach (var entry in EntriesOf(zip))
        {
            var target = Path.GetFullPath(Path.Combine(folder, entry.FullName[Prefix.Length..]));
            // A name that climbs out of the folder is not one that a backup wrote.
            if (!target.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal)) throw new InvalidDataException($"it holds the name {entry.FullName}");
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await entry.ExtractToFileAsync(target, overwrite: false, ct);
        }
    }

    private static IEnumerable<ZipArchiveEntry> EntriesOf(ZipArchive zip) => zip.Entries.Where(e => e.FullName.StartsWith(Prefix, StringComparison.Ordinal) && e.Name.Length > 0);
}
