using System.Collections.Concurrent;
using Broadsheet.Core.Text;
using NetVips;

namespace Broadsheet.Web.MediaStore;

/// <summary>A rendition as it is sent.</summary>
/// <param name="Content">Whoever takes it disposes of it.</param>
/// <param name="MimeType">What it is, by how it was made.</param>
/// <param name="LacksBest">The reader's browser would take a better format, which is not made yet.</param>
internal sealed record RenditionFile(Stream Content, string MimeType, bool LacksBest);

/// <summary>Finds renditions, and makes those that are missing: each once, however many ask.</summary>
internal sealed partial class Renditions(IMediaStore store, RenditionFolder folder, TimeProvider clock, ILogger<Renditions> log) : IAsyncDisposable
{
    /// <summary>So long a reader waits for a picture that is being made. Then the original does.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan RestAfterDisk = TimeSpan.FromMinutes(1);
    private const int MostRemembered = 10_000;

    /// <summary>Pictures take memory and processors: two at a time, whatever else this process runs.</summary>
    private static readonly SemaphoreSlim Works = new(2);

    private readonly ConcurrentDictionary<string, Lazy<Task<bool>>> _making = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (int Width, int Height)?> _sizes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _resting = new(StringComparer.Ordinal);
    private volatile bool _isStopped;

    /// <param name="wanted">As the address tells it.</param>
    /// <param name="formats">Media types that the reader's browser takes, best first.</param>
    /// <returns>Null where the original is to be sent: it has no rendition that is large enough, or none yet.</returns>
    public async Task<RenditionFile?> FindAsync(StoredFile original, (int Width, int Height) wanted, IReadOnlyList<string> formats, CancellationToken ct)
    {
        var version = RenditionFolder.Of(original);
        // AVIF takes too long to be waited for. Until it is there, the next best does.
        var (best, next) = (formats[0], formats.FirstOrDefault(f => f != RasterPicture.Avif));
        try
        {
            if (await SizeOfAsync(original, version, ct) is not { } size || Rendition.For(size.Width, size.Height, wanted.Width, wanted.Height) is not { } rendition) return null;
            if (await OpenAsync(version, rendition, best, ct) is { } found) return found;
            if (next is null) return null;
            if (!await MakeAsync(original, rendition, next, ct).WaitAsync(Patience, clock, ct)) return null;
            return await OpenAsync(version, rendition, next, ct) is { } made ? made with { LacksBest = next != best } : null;
        }
        // One that is gone can be found again; a disk that takes nothing, or a store that is away, is no reason to send nothing.
        catch (Exception failure) when (failure is TimeoutException or UnauthorizedAccessException or (IOException and not FileNotFoundException))
        {
            return null;
        }
    }

    /// <summary>All renditions of a picture, narrowest first; none of what cannot be read.</summary>
    public async Task<IReadOnlyList<Rendition>> OfAsync(StoredFile original, CancellationToken ct) => await SizeOfAsync(original, RenditionFolder.Of(original), ct) is { } size ? Rendition.Of(size.Width, size.Height) : [];

    /// <returns>It is there.</returns>
    public async Task<bool> MakeAsync(StoredFile original, Rendition rendition, string format, CancellationToken ct)
    {
        var version = RenditionFolder.Of(original);
        if (await SizeOfAsync(original, version, ct) is not { } size || IsResting(version)) return false;
        var file = RenditionFolder.FileOf(version, rendition, format);
        if (await folder.ExistsAsync(file, ct)) return true;
        return await _making.GetOrAdd(file, f => new Lazy<Task<bool>>(() => MakeAsync(original, version, size, rendition, format, f))).Value;
    }

    /// <summary>What is being made is finished, so that nothing is written after the end.</summary>
    public async ValueTask DisposeAsync()
    {
        _isStopped = true;
        await Task.WhenAll(_making.Values.Select(m => m.Value));
    }

    private async Task<bool> MakeAsync(StoredFile original, string version, (int Width, int Height) size, Rendition rendition, string format, string file)
    {
        await Works.WaitAsync();
        var local = "";
        try
        {
            if (_isStopped || IsResting(version)) return false;
            local = await store.LocalAsync(original, CancellationToken.None);
            var made = await Task.Run(() => RasterPicture.Make(local, original.MimeType, size, rendition, format));
            await folder.SaveAsync(file, made, CancellationToken.None);
            return true;
        }
        catch (VipsException damage)
        {
            // Until the file is another one: no reader's request decodes it again. Where it was taken away meanwhile, it may be whole.
            Rest(version, File.Exists(local) ? DateTimeOffset.MaxValue : clock.GetUtcNow() + RestAfterDisk);
            Log.Damaged(log, original.Name, damage.Message.Trim().Split('\n')[^1]);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Rest(version, clock.GetUtcNow() + RestAfterDisk);
            Log.NotStored(log, original.Name, failure.Message);
        }
        finally
        {
            Works.Release();
            _making.TryRemove(file, out _);
        }
        return false;
    }

    private async Task<RenditionFile?> OpenAsync(string version, Rendition rendition, string format, CancellationToken ct) =>
        await folder.OpenAsync(RenditionFolder.FileOf(version, rendition, format), ct) is { } content ? new RenditionFile(content, format, false) : null;

    private async Task<(int Width, int Height)?> SizeOfAsync(StoredFile original, string version, CancellationToken ct)
    {
        if (_sizes.TryGetValue(version, out var known)) return known;
        if (_sizes.Count >= MostRemembered) _sizes.Clear();
        var local = await store.LocalAsync(original, ct);
        var size = RasterPicture.SizeOf(local, original.MimeType);
        // Where it was taken away meanwhile, it may be whole.
        return size is null && !File.Exists(local) ? null : _sizes[version] = size;
    }

    private void Rest(string version, DateTimeOffset until)
    {
        if (_resting.Count >= MostRemembered) _resting.Clear();
        _resting[version] = until;
    }

    private bool IsResting(string version) => _resting.TryGetValue(version, out var until) && until > clock.GetUtcNow();

    private static partial class Log
    {
        [LoggerMessage(EventId = 3020, Level = LogLevel.Warning, Message = "{File} is sent as it is, because it could not be read to its end: {Reason}")]
        public static partial void Damaged(ILogger log, string file, string reason);

        [LoggerMessage(EventId = 3021, Level = LogLevel.Warning, Message = "A smaller copy of {File} could not be stored: {Reason}")]
        public static partial void NotStored(ILogger log, string file, string reason);
    }
}
