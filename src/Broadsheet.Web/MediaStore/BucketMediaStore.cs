using System.Runtime.CompilerServices;

namespace Broadsheet.Web.MediaStore;

/// <summary>
/// Files in a bucket that any number of nodes share. A node remembers for <see cref="BucketMemory.Lasts"/> what it heard of a file, and keeps what
/// readers look at on its own disk, by content: while the bucket is away, that goes on being served.
/// </summary>
internal sealed class BucketMediaStore(Bucket bucket, BucketCache cache, BucketMemory memory) : IMediaStore
{
    public string Place => "the media bucket";

    public async Task<StoredFile?> FindAsync(string name, CancellationToken ct) => MediaName.IsGood(name) ? await memory.FindAsync(name, () => AskAsync(name), ct) : null;

    public async Task<bool> ExistsAsync(string name, CancellationToken ct) => MediaName.IsGood(name) && (cache.TryFind(BucketCache.KeyOf(name, "")) is not null || await bucket.HeadAsync(name, ct) is not null);

    public async Task<Stream> OpenAsync(StoredFile file, CancellationToken ct)
    {
        if (cache.Takes(file.Bytes) && await NearAsync(file, ct) is { } near) return near;
        return new BucketStream(bucket, memory, file.Name, file.Version, file.Bytes);
    }

    public async Task<Stream?> OpenAsync(string name, CancellationToken ct) => await bucket.HeadAsync(name, ct) is { } facts ? new BucketStream(bucket, memory, name, facts.Version, facts.Bytes) : null;

    public async Task<Stream?> OpenLastingAsync(string name, CancellationToken ct)
    {
        var key = BucketCache.KeyOf(name, "");
        if (cache.TryOpen(key) is { } here) return here;
        // That there is none is remembered as a file's own absence is.
        if (await FindAsync(name, ct) is not { } file) return null;
        try
        {
            await cache.FillAsync(key, target => BringAsync(file, target), ct);
        }
        catch (Exception full) when (full is UnauthorizedAccessException or (IOException and not MediaAwayException and not FileNotFoundException))
        {
            return new BucketStream(bucket, memory, name, file.Version, file.Bytes);
        }
        return cache.TryOpen(key);
    }

    public async Task<string> LocalAsync(StoredFile file, CancellationToken ct)
    {
        var key = BucketCache.KeyOf(file.Name, file.Version);
        if (cache.TryFind(key) is { } here) return here;
        await cache.FillAsync(key, target => BringAsync(file, target), ct);
        return cache.TryFind(key) ?? throw new FileNotFoundException("it was taken away at once");
    }

    public Task SaveAsync(string name, Stream content, long maxBytes, CancellationToken ct) => ChangeAsync(name, () => bucket.SaveAsync(name, content, maxBytes, ct));

    /// <summary>Through this node: a server's own copy ends at 5 GB, and not all of them read the request alike.</summary>
    public async Task CopyAsync(string name, string to, CancellationToken ct)
    {
        await using var source = await OpenAsync(name, ct) ?? throw new FileNotFoundException("it is not here any more");
        await SaveAsync(to, source, long.MaxValue, ct);
    }

    public Task<IAsyncDisposable?> ClaimAsync(string name, CancellationToken ct, TimeSpan? lasts = null) => BucketClaim.TryAsync(bucket, name, lasts ?? TimeSpan.FromDays(1), ct);

    public async Task RemoveAsync(string name, CancellationToken ct)
    {
        await ChangeAsync(name, () => bucket.RemoveAsync(name, ct));
        memory.Gone(name);
    }

    public async IAsyncEnumerable<ListedFile> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var (name, facts) in bucket.ListAsync(prefix, ct))
            if (MediaName.IsGood(name)) yield return new ListedFile(name, facts.Bytes, facts.Version);
    }

    private async Task ChangeAsync(string name, Func<Task> change)
    {
        if (!MediaName.IsGood(name)) throw new IOException("its name cannot stand in the store");
        var isChanged = false;
        try
        {
            await change();
            isChanged = true;
        }
        finally
        {
            memory.Forget(name, isChanged);
        }
    }

    /// <summary>One request tells how large it is and what it is.</summary>
    private async Task<StoredFile?> AskAsync(string name)
    {
        using var head = await bucket.GetAsync(name, 0, StoredFile.HeadLength - 1, CancellationToken.None);
        // An empty object has no first byte that could be asked for.
        if (head is null) return await bucket.HeadAsync(name, CancellationToken.None) is { Bytes: 0 } empty ? StoredFile.Describe(name, [], 0, empty.Version, empty.Changed) : null;
        using var begin = new MemoryStream();
        if (head.Facts.Bytes > 0) await head.CopyToAsync(begin, CancellationToken.None);
        return StoredFile.Describe(name, begin.GetBuffer().AsSpan(0, (int)begin.Length), head.Facts.Bytes, head.Facts.Version, head.Facts.Changed);
    }

    /// <returns>Null where this disk does not take it: then it comes from afar.</returns>
    private async Task<FileStream?> NearAsync(StoredFile file, CancellationToken ct)
    {
        var key = BucketCache.KeyOf(file.Name, file.Version);
        if (cache.TryOpen(key) is { } here) return here;
        try
        {
            await cache.FillAsync(key, target => BringAsync(file, target), ct);
        }
        catch (Exception full) when (full is UnauthorizedAccessException or (IOException and not MediaAwayException and not FileNotFoundException))
        {
            return null;
        }
        return cache.TryOpen(key);
    }

    private async Task BringAsync(StoredFile file, Stream target)
    {
        using var body = await bucket.GetAsync(file.Name, 0, to: null, CancellationToken.None);
        if (body is null || body.Facts.Version != file.Version)
        {
            memory.Forget(file.Name);
            throw new FileNotFoundException("it has changed meanwhile");
        }
        await body.CopyToAsync(target, CancellationToken.None);
        if (target.Length != file.Bytes) throw new MediaAwayException("the bucket broke off");
    }
}
