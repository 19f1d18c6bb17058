using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;

namespace Broadsheet.Web.MediaStore;

/// <summary>
/// Unfinished files in a bucket: every piece is an object, <c>incoming/KEY/WHERE-LENGTH</c>, so that any node takes the next one. Of two that were
/// sent for the same place the longer counts: both are the same sender's same bytes.
/// </summary>
internal sealed class BucketUnfinishedFiles(Bucket bucket) : IUnfinishedFiles
{
    private readonly ConcurrentDictionary<string, bool> _coming = new(StringComparer.Ordinal);

    public Task CreateAsync(string key, CancellationToken ct) => bucket.PutAsync(PieceOf(key, 0, 0), ReadOnlyMemory<byte>.Empty, ct);

    public async Task<long?> LengthOfAsync(string key, CancellationToken ct) => await PiecesAsync(key, ct) is { Count: > 0 } pieces ? pieces[^1].At + pieces[^1].Length : null;

    public async Task<long?> AppendAsync(string key, long at, Stream piece, long most, CancellationToken ct)
    {
        if (!_coming.TryAdd(key, true)) return null;
        var buffer = ArrayPool<byte>.Shared.Rent(Bucket.PartSize);
        try
        {
            if (await LengthOfAsync(key, ct) != at) return null;
            for (int read; (read = await TakeAsync(key, at, piece, buffer.AsMemory(0, Bucket.PartSize), most, ct)) > 0;)
                if ((at += read) > most) return null;
            return at;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            _coming.TryRemove(key, out _);
        }
    }

    public async Task<Stream> OpenAsync(string key, CancellationToken ct) => new PieceStream(bucket, [.. (await PiecesAsync(key, ct)).Select(p => (PieceOf(key, p.At, p.Length), p.Length))]);

    public async Task ForgetAsync(string key, CancellationToken ct)
    {
        await foreach (var (name, _) in bucket.ListAsync(FolderOf(key), ct)) await bucket.RemoveAsync(name, ct);
    }

    public async Task SweepAsync(DateTimeOffset before, CancellationToken ct)
    {
        await foreach (var (name, facts) in bucket.ListAsync(MediaName.Incoming, ct))
            if (facts.Changed < before) await bucket.RemoveAsync(name, ct);
    }

    /// <summary>Reads until the buffer is full, the piece ends or its sender is lost, and puts what came.</summary>
    /// <returns>Bytes that came; more than fit are not put.</returns>
    private async Task<int> TakeAsync(string key, long at, Stream piece, Memory<byte> buffer, long most, CancellationToken ct)
    {
        var read = 0;
        try
        {
            for (int more; read < buffer.Length && (more = await piece.ReadAsync(buffer[read..], ct)) > 0;) read += more;
        }
        finally
        {
            if (read > 0 && at + read <= most) await bucket.InsistAsync(() => bucket.PutAsync(PieceOf(key, at, read), buffer[..read], CancellationToken.None), CancellationToken.None);
        }
        return read;
    }

    /// <summary>Those that follow one another from the beginning.</summary>
    private async Task<List<(long At, long Length)>> PiecesAsync(string key, CancellationToken ct)
    {
        var (longest, folder) = (new Dictionary<long, long>(), FolderOf(key));
        await foreach (var (name, _) in bucket.ListAsync(folder, ct))
            if (name[folder.Length..].Split('-') is [var where, var size] && long.TryParse(where, CultureInfo.InvariantCulture, out var at) && long.TryParse(size, CultureInfo.InvariantCulture, out var length))
                longest[at] = Math.Max(length, longest.GetValueOrDefault(at));
        var pieces = new List<(long At, long Length)>();
        for (var at = 0L; longest.TryGetValue(at, out var length); at += length)
        {
            pieces.Add((at, length));
            if (length == 0) break;
        }
        return pieces;
    }

    private static string FolderOf(string key) => $"{MediaName.Incoming}{Path.GetFileName(key)}/";

    private static string PieceOf(string key, long at, long length) => string.Create(CultureInfo.InvariantCulture, $"{FolderOf(key)}{at:D15}-{length}");
}
