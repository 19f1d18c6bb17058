using System.Globalization;
using Broadsheet.Core.Text;

namespace Broadsheet.Web.MediaStore;

/// <summary>
/// Where renditions lie: <c>renditions/2020/02/boat.jpg/VERSION/300x200.webp</c>, beside the uploads. All of it is derived and may be deleted at any
/// time. The version is the original's, so that a changed original has new ones.
/// </summary>
internal sealed class RenditionFolder(IMediaStore store)
{
    /// <summary>The folder of the original's renditions as it is now.</summary>
    public static string Of(StoredFile original) => $"{PictureOf(original.Name)}/{original.Version}";

    /// <param name="folder">See <see cref="Of"/>.</param>
    /// <param name="format">A media type.</param>
    public static string FileOf(string folder, Rendition rendition, string format) => string.Create(CultureInfo.InvariantCulture, $"{folder}/{rendition.Width}x{rendition.Height}.{format[(format.IndexOf('/', StringComparison.Ordinal) + 1)..]}");

    /// <returns>Null where it is not here, or no longer.</returns>
    public Task<Stream?> OpenAsync(string file, CancellationToken ct) => store.OpenLastingAsync(file, ct);

    public Task<bool> ExistsAsync(string file, CancellationToken ct) => store.ExistsAsync(file, ct);

    /// <summary>The file appears whole or not at all; those of an earlier version of the original go.</summary>
    /// <exception cref="IOException">It could not be stored.</exception>
    public async Task SaveAsync(string file, byte[] content, CancellationToken ct)
    {
        await store.SaveAsync(file, new MemoryStream(content), content.Length, ct);
        var version = file[..(file.LastIndexOf('/') + 1)];
        var picture = version[..(version.TrimEnd('/').LastIndexOf('/') + 1)];
        await foreach (var other in store.ListAsync(picture, ct))
            if (!other.Name.StartsWith(version, StringComparison.Ordinal)) await store.RemoveAsync(other.Name, ct);
    }

    /// <summary>Removes the renditions of originals that are gone or have changed.</summary>
    public async Task SweepAsync(CancellationToken ct)
    {
        var current = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var original in store.ListAsync(MediaName.Uploads, ct)) current.Add($"{PictureOf(original.Name)}/{original.Version}");
        await foreach (var file in store.ListAsync(MediaName.Renditions, ct))
        {
            if (file.Name.LastIndexOf('/') is var end && end < MediaName.Renditions.Length || current.Contains(file.Name[..end])) continue;
            var slash = file.Name.LastIndexOf('/', end - 1);
            // It may have come in since the list was made.
            if (slash > MediaName.Renditions.Length && (await store.FindAsync(MediaName.Uploads + file.Name[MediaName.Renditions.Length..slash], ct))?.Version != file.Name[(slash + 1)..end]) await store.RemoveAsync(file.Name, ct);
        }
    }

    private static string PictureOf(string upload) => MediaName.Renditions + upload[MediaName.Uploads.Length..];
}
