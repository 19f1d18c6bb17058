namespace Broadsheet.Web.MediaStore;

/// <summary>Files that no address leads to: what was replaced, until it is forgotten. A backup takes them along.</summary>
internal sealed class KeptFiles(IMediaStore store)
{
    /// <summary>Keeps a copy of what has this name now.</summary>
    /// <returns>The name under which it is kept.</returns>
    /// <exception cref="IOException">It could not be stored.</exception>
    public async Task<string> KeepAsync(StoredFile file, CancellationToken ct)
    {
        var name = Path.GetRandomFileName();
        await store.CopyAsync(file.Name, NameOf(name), ct);
        return name;
    }

    /// <exception cref="IOException">It is not here any more.</exception>
    public async Task<Stream> OpenAsync(string name, CancellationToken ct) => await store.OpenAsync(NameOf(name), ct) ?? throw new FileNotFoundException("it is not kept any more");

    public Task ForgetAsync(string name, CancellationToken ct) => store.RemoveAsync(NameOf(name), ct);

    private static string NameOf(string name) => MediaName.Replaced + Path.GetFileName(name);
}
