using System.IO.Compression;

namespace Broadsheet.Web.Features.Transfer.Browser;

/// <summary>Takes exports in: WXR files as they are, and those that a ZIP archive holds (WordPress.com packs them so, a large publication in several).</summary>
internal sealed class TakeExports(ImportShelf shelf)
{
    /// <summary>Of one export, unpacked.</summary>
    public const long MostBytes = 4L << 30;

    /// <summary>Of one upload; what it unpacks to is limited by <see cref="MostBytes"/> each.</summary>
    public const long LargestForm = 2L << 30;

    private const int MostEntries = 200;

    /// <returns>What was taken in, and what was wrong with the rest: a sentence each.</returns>
    public async Task<(IReadOnlyList<ImportTicket> Taken, IReadOnlyList<string> Problems)> TakeAsync(IEnumerable<IFormFile> files, long byId, CancellationToken ct)
    {
        var (taken, problems) = (new List<ImportTicket>(), new List<string>());
        foreach (var file in files.Where(f => f.FileName.Length > 0))
        {
            var name = Path.GetFileName(file.FileName.Replace('\\', '/'));
            try
            {
                if (file.Length == 0) problems.Add($"“{name}” is empty.");
                else if (await IsZipAsync(file, ct)) await UnpackAsync(file, name, byId, taken, problems, ct);
                else
                {
                    await using var content = file.OpenReadStream();
                    taken.Add(await shelf.TakeAsync(name, content, MostBytes, byId, ct));
                }
            }
            catch (InvalidDataException)
            {
                problems.Add($"“{name}” is a damaged ZIP archive: nothing more of it was taken.");
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                problems.Add($"“{name}” could not be stored: {failure.Message.TrimEnd('.')}.");
            }
        }
        return (taken, problems);
    }

    private async Task UnpackAsync(IFormFile file, string name, long byId, List<ImportTicket> taken, List<string> problems, CancellationToken ct)
    {
        await using var content = file.OpenReadStream();
        await using var archive = await ZipArchive.CreateAsync(content, ZipArchiveMode.Read, leaveOpen: false, entryNameEncoding: null, ct);
        var exports = archive.Entries.Where(e => e.Name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) && !e.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal)).OrderBy(e => e.FullName, StringComparer.Ordinal).ToList();
        if (exports.Count == 0) problems.Add($"“{name}” holds no export: there is no file in it whose name ends in .xml.");
        if (exports.Count > MostEntries) problems.Add($"“{name}” holds {exports.Count} exports; the first {MostEntries} were taken.");
        foreach (var entry in exports.Take(MostEntries))
        {
            await using var inside = await entry.OpenAsync(ct);
            taken.Add(await shelf.TakeAsync(entry.Name, inside, MostBytes, byId, ct));
        }
    }

    private static async Task<bool> IsZipAsync(IFormFile file, CancellationToken ct)
    {
        await using var content = file.OpenReadStream();
        var head = new byte[4];
        return await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct) == head.Length && head.AsSpan().SequenceEqual("PK\x03\x04"u8);
    }
}
