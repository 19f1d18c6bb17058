namespace Broadsheet.Web.MediaStore;

/// <summary>
/// A name in a bucket, taken for a new file: an empty object says so, and then whoever sees another's beside its own gives way. Of two that come at
/// once both may; never do both stay. It needs nothing but that a list names what was put before.
/// </summary>
internal sealed class BucketClaim(Bucket bucket, string claim) : IAsyncDisposable
{
    /// <summary>An older one is of a node that died.</summary>
    private static readonly TimeSpan Lasts = TimeSpan.FromDays(1);

    public static async Task<IAsyncDisposable?> TryAsync(Bucket bucket, string name, CancellationToken ct)
    {
        var folder = $"{MediaName.Incoming}claims/{BucketCache.KeyOf(name, "")}/";
        var claim = folder + Path.GetRandomFileName();
        await bucket.PutAsync(claim, ReadOnlyMemory<byte>.Empty, ct);
        var mine = new BucketClaim(bucket, claim);
        var all = new List<(string Name, DateTimeOffset At)>();
        try
        {
            await foreach (var (other, facts) in bucket.ListAsync(folder, ct)) all.Add((other, facts.Changed));
        }
        catch (MediaAwayException)
        {
            await mine.DisposeAsync();
            throw;
        }
        var at = all.Find(c => c.Name == claim).At;
        if (!all.Exists(c => c.Name != claim && at - c.At < Lasts)) return mine;
        await mine.DisposeAsync();
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await bucket.RemoveAsync(claim, CancellationToken.None);
        }
        catch (MediaAwayException)
        {
            // For a day, this name is not taken again: another one is.
        }
    }
}
