namespace Broadsheet.Web.MediaStore;

/// <summary>
/// A name in a bucket, taken for a new file: an empty object says so, and then whoever sees another's beside its own gives way. Of two that come at
/// once both may; never do both stay. It needs nothing but that a list names what was put before.
/// </summary>
internal sealed class BucketClaim(Bucket bucket, string claim) : IAsyncDisposable
{
    /// <param name="lasts">An older one is of a node that died.</param>
    public static async Task<IAsyncDisposable?> TryAsync(Bucket bucket, string name, TimeSpan lasts, CancellationToken ct)
    {
        var folder = $"{MediaName.Incoming}claims/{BucketCache.KeyOf(name, "")}/";
        var claim = folder + Path.GetRandomFileName();
        var mine = new BucketClaim(bucket, claim);
        var all = new List<(string Name, DateTimeOffset At)>();
        try
        {
            await bucket.PutAsync(claim, ReadOnlyMemory<byte>.Empty, ct);
            await foreach (var (other, facts) in bucket.ListAsync(folder, ct)) all.Add((other, facts.Changed));
        }
        catch
        {
            // Also where putting it failed: it may have come there.
            await mine.DisposeAsync();
            throw;
        }
        var at = all.Find(c => c.Name == claim).At;
        if (!all.Exists(c => c.Name != claim && at - c.At < lasts)) return mine;
        await mine.DisposeAsync();
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await bucket.InsistAsync(() => bucket.RemoveAsync(claim, CancellationToken.None), CancellationToken.None);
        }
        catch (MediaAwayException)
        {
            // It counts for as long as one of a node that died.
        }
    }
}
