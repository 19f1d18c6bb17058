using Broadsheet.Core.Text;

namespace Broadsheet.Web.MediaStore;

/// <summary>The publication's uploads by WordPress's paths: root-relative, percent-decoded, <c>/wp-content/uploads/2020/02/a.jpg</c>.</summary>
internal sealed class UploadedFiles(IMediaStore store)
{
    /// <summary>Where files lie, for messages.</summary>
    public string Place => store.Place;

    /// <returns>Null where there is no such file.</returns>
    public Task<StoredFile?> FindAsync(string path, CancellationToken ct) => MediaName.OfUpload(path) is { } name ? store.FindAsync(name, ct) : Task.FromResult<StoredFile?>(null);

    /// <returns>Whether there is such a file now.</returns>
    public Task<bool> ExistsAsync(string path, CancellationToken ct) => MediaName.OfUpload(path) is { } name ? store.ExistsAsync(name, ct) : Task.FromResult(false);

    /// <summary>Takes a file in.</summary>
    /// <exception cref="IOException">It could not be stored, or has more than <paramref name="maxBytes"/>.</exception>
    public async Task<StoredFile> SaveAsync(string path, Stream content, long maxBytes, CancellationToken ct)
    {
        var name = MediaName.OfUpload(path) ?? throw new IOException("its name cannot stand in the store");
        await store.SaveAsync(name, content, maxBytes, ct);
        return await store.FindAsync(name, ct) ?? throw new IOException("it was taken away at once");
    }

    /// <inheritdoc cref="IMediaStore.ClaimAsync"/>
    public Task<IAsyncDisposable?> ClaimAsync(string path, CancellationToken ct, TimeSpan? lasts = null) => store.ClaimAsync(MediaName.OfUpload(path) ?? throw new IOException("its name cannot stand in the store"), ct, lasts);

    /// <summary>Takes a file out; one that is not there is none to take.</summary>
    public Task RemoveAsync(string path, CancellationToken ct) => MediaName.OfUpload(path) is { } name ? store.RemoveAsync(name, ct) : Task.CompletedTask;

    /// <summary>Paths of the smaller copies of a picture that lie beside it: <c>boat-300x200.jpg</c>. Another upload may have such a name, too.</summary>
    public async Task<IReadOnlyList<string>> RenditionsOfAsync(string path, CancellationToken ct)
    {
        if (MediaName.OfUpload(path) is not { } name) return [];
        var found = new List<string>();
        await foreach (var file in store.ListAsync(name[..(name.LastIndexOf('/') + 1)], ct))
        {
            var other = MediaPath.Uploads + file.Name[MediaName.Uploads.Length..];
            if (other != path && MediaPath.SizeOf(other) is not null && MediaPath.Originals(other).Contains(path, StringComparer.Ordinal)) found.Add(other);
        }
        return found;
    }
}
