using System.IO.Compression;
using Broadsheet.Web.MediaStore;

namespace Broadsheet.Web.Features.Backup;

/// <summary>The media of a backup: out of the store that is configured, and into the one that is configured then, a file at a time and none of them whole in memory.</summary>
internal sealed class BackupMedia(IMediaStore store)
{
    private const string Folder = "media/";

    private readonly StorePatience _patience = new(TimeSpan.FromMinutes(1), TimeProvider.System);

    private readonly List<string> _stored = [];

    public static int CountIn(ZipArchive zip) => EntriesOf(zip).Count();

    /// <summary>All but what is still coming in, and what can be made again.</summary>
    /// <returns>How many files.</returns>
    public async Task<int> WriteAsync(ZipArchive zip, CancellationToken ct)
    {
        var count = 0;
        await foreach (var file in store.ListAsync("", ct))
        {
            if (IsPassing(file.Name) || await store.OpenAsync(file.Name, ct) is not { } content) continue;
            await using (content)
            await using (var entry = await zip.CreateEntry(Folder + file.Name, CompressionLevel.NoCompression).OpenAsync(ct)) await content.CopyToAsync(entry, ct);
            count++;
        }
        return count;
    }

    /// <summary>Somebody's media lie here.</summary>
    public async Task<bool> IsFilledAsync(CancellationToken ct)
    {
        await foreach (var file in store.ListAsync("", ct))
            if (!IsPassing(file.Name)) return true;
        return false;
    }

    /// <summary>All but hidden files, which older versions took along and no version serves.</summary>
    /// <exception cref="InvalidDataException">It holds a name that leads elsewhere.</exception>
    public async Task ReadAsync(ZipArchive zip, CancellationToken ct)
    {
        foreach (var entry in EntriesOf(zip))
        {
            var name = entry.FullName[Folder.Length..];
            if (name.AsSpan().ContainsAny('\0', '\\') || name.Split('/').Contains("..")) throw new InvalidDataException($"it holds the name {entry.FullName}");
            if (!MediaName.IsGood(name)) continue;
            await using var content = await entry.OpenAsync(ct);
            _stored.Add(name);
            await store.SaveAsync(name, content, long.MaxValue, ct);
        }
    }

    /// <summary>What was stored of a restore that did not come to its end.</summary>
    public async Task TakeBackAsync()
    {
        try
        {
            foreach (var name in _stored) await _patience.RunAsync(() => store.RemoveAsync(name, CancellationToken.None), CancellationToken.None);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Why the restore failed is told, and not hidden by this; what stays is in the way of the next one, which says so.
        }
    }

    private static IEnumerable<ZipArchiveEntry> EntriesOf(ZipArchive zip) => zip.Entries.Where(e => e.FullName.StartsWith(Folder, StringComparison.Ordinal) && e.Name.Length > 0);

    private static bool IsPassing(string name) => name.StartsWith(MediaName.Incoming, StringComparison.Ordinal) || name.StartsWith(MediaName.Renditions, StringComparison.Ordinal);
}
