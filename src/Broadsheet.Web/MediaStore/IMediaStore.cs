namespace Broadsheet.Web.MediaStore;

/// <summary>
/// The publication's files by name: <c>uploads/2020/02/boat.jpg</c>, <c>replaced/…</c>, <c>renditions/…</c>. They lie on this machine's disk or in
/// a bucket that several machines share. A file appears whole or not at all. What fails, fails with an <see cref="IOException"/>; where the store
/// does not answer now, that is a <see cref="MediaAwayException"/>.
/// </summary>
internal interface IMediaStore
{
    /// <summary>Where files lie, for messages: <c>the media folder</c>.</summary>
    string Place { get; }

    /// <returns>Null where there is no such file. In a bucket this may be a few seconds old: <see cref="BucketMemory.Lasts"/>.</returns>
    Task<StoredFile?> FindAsync(string name, CancellationToken ct);

    /// <returns>Whether there is such a file now.</returns>
    Task<bool> ExistsAsync(string name, CancellationToken ct);

    /// <summary>Its content from the beginning; seekable. Kept near for the next reader where it comes from afar.</summary>
    Task<Stream> OpenAsync(StoredFile file, CancellationToken ct);

    /// <summary>As it is now, from where it lies, once through. Null where there is no such file.</summary>
    Task<Stream?> OpenAsync(string name, CancellationToken ct);

    /// <summary>What never changes under its name; seekable, and kept near. Null where there is no such file.</summary>
    Task<Stream?> OpenLastingAsync(string name, CancellationToken ct);

    /// <summary>A path on this machine, for decoders that read files. It may be gone at any moment: then it can be asked for again.</summary>
    Task<string> LocalAsync(StoredFile file, CancellationToken ct);

    /// <summary>Takes a file in, in the place of one that has this name. Durable when it returns.</summary>
    /// <exception cref="IOException">It could not be stored, or has more than <paramref name="maxBytes"/>: what stood there stands.</exception>
    Task SaveAsync(string name, Stream content, long maxBytes, CancellationToken ct);

    Task CopyAsync(string name, string to, CancellationToken ct);

    /// <summary>Says to other nodes that this one takes a name for a new file. Whoever has it looks whether there is such a file, and keeps it until that is stored.</summary>
    /// <param name="lasts">So long it counts where this node dies; null: for a day.</param>
    /// <returns>Null where another node has it.</returns>
    Task<IAsyncDisposable?> ClaimAsync(string name, CancellationToken ct, TimeSpan? lasts = null);

    /// <summary>Takes a file out; one that is not there is none to take.</summary>
    Task RemoveAsync(string name, CancellationToken ct);

    /// <summary>All files whose names begin so, in no particular order.</summary>
    IAsyncEnumerable<ListedFile> ListAsync(string prefix, CancellationToken ct);
}

/// <summary>The store does not answer now; nothing is known of its files.</summary>
internal sealed class MediaAwayException(string message, Exception? cause = null) : IOException(message, cause);
