using Broadsheet.Core;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Caching;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.MediaStore;
using Broadsheet.Web.Outbound;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Transfer.WordPress;

/// <summary>Brings the files of the attachments: from a folder, or from where they were. What is here already is not brought again; what fails is named, and is tried again by the next run.</summary>
internal sealed class MediaImport(ImportRequest request, IDatabaseEngine engine, UploadedFiles store, GuardedHttp http, ImportWriter writer, ImportNotes notes, string source) : IDisposable
{
    private const int AtOnce = 4;
    private const int Batch = 200;
    private const long MaxBytes = 512L << 20;
    private static readonly OutboundLimits Limits = new(MaxBytes, TimeSpan.FromMinutes(5));
    private readonly SemaphoreSlim _writing = new(1);
    private readonly StorePatience _patience = new(TimeSpan.FromMinutes(2), TimeProvider.System);

    public async Task RunAsync(Action<long, long>? progress, CancellationToken ct)
    {
        if (!request.FetchMedia && request.MediaFolder is null) return;
        writer.Progress.MediaFailed = 0;
        var (after, done) = (0L, 0L);
        await using var db = engine.Open();
        var missing = db.Media.Where(m => m.Bytes == null && db.MappedIds.Any(i => i.Kind == MappedKind.Article && i.Source == source && i.NewId == m.ArticleId));
        var total = await missing.LongCountAsync(ct);
        while (await missing.Where(m => m.ArticleId > after).OrderBy(m => m.ArticleId).Take(Batch).ToListAsync(ct) is { Count: > 0 } batch)
        {
            await Parallel.ForEachAsync(batch, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (media, token) =>
            {
                await BringAsync(media, token);
                progress?.Invoke(Interlocked.Increment(ref done), total);
            });
            after = batch[^1].ArticleId;
        }
    }

    public void Dispose() => _writing.Dispose();

    private async Task BringAsync(Core.Publishing.Media media, CancellationToken ct)
    {
        string? problem = null;
        try
        {
            var file = await _patience.RunAsync(() => FileAsync(media, ct), ct);
            if (file.Problem is { } why) problem = why.Message;
            else await WriteAsync(media, file.Value, ct);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problem = failure.Message.ReplaceLineEndings(" ");
        }
        if (problem is null) return;
        notes.Add(0, "media", $"{media.Path}: {problem}");
        await AloneAsync(() => writer.Progress.MediaFailed++, ct);
    }

    /// <returns>What is here now, or why it is not.</returns>
    private async Task<Outcome<StoredFile>> FileAsync(Core.Publishing.Media media, CancellationToken ct)
    {
        if (await store.FindAsync(media.Path, ct) is { } here || (here = await FromFolderAsync(media, ct)) is not null) return here;
        if (!request.FetchMedia) return new Problem("media", "not in the folder");
        if (media.SourceUrl is not { } address) return new Problem("media", "the file names no address for it");
        MediaAwayException? away = null;
        var fetched = await http.GetAsync(address, Limits, SaveAsync, ct);
        return away is null ? fetched : throw away;

        // That our store does not answer is not the fault of where it comes from.
        async Task<StoredFile> SaveAsync(HttpResponseMessage answer, Stream body, CancellationToken token)
        {
            try
            {
                return await store.SaveAsync(media.Path, body, MaxBytes, token);
            }
            catch (MediaAwayException failure)
            {
                away = failure;
                throw;
            }
        }
    }

    private async Task<StoredFile?> FromFolderAsync(Core.Publishing.Media media, CancellationToken ct)
    {
        if (request.MediaFolder is not { } folder) return null;
        var below = media.Path[MediaPath.Uploads.Length..];
        foreach (var root in (string[])[folder, Path.Combine(folder, "uploads"), Path.Combine(folder, "wp-content", "uploads")])
        {
            var file = Path.GetFullPath(Path.Combine(root, below));
            if (!file.StartsWith(Path.GetFullPath(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal) || !File.Exists(file)) continue;
            await using var stream = File.OpenRead(file);
            return await store.SaveAsync(media.Path, stream, MaxBytes, ct);
        }
        return null;
    }

    private async Task WriteAsync(Core.Publishing.Media media, StoredFile file, CancellationToken ct)
    {
        await _writing.WaitAsync(ct);
        try
        {
            await writer.RunAsync(async (scope, token) =>
            {
                var row = await scope.Db.Media.AsTracking().SingleAsync(m => m.ArticleId == media.ArticleId, token);
                row.Arrived(file.Bytes, file.MimeType, file.Width ?? row.Width, file.Height ?? row.Height, file.Moves);
                writer.Progress.MediaStored++;
                scope.EvictSoon(CacheTags.Lists);
                scope.Evict(CacheTags.Article(media.ArticleId));
            }, ct);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task AloneAsync(Action change, CancellationToken ct)
    {
        await _writing.WaitAsync(ct);
        change();
        _writing.Release();
    }
}
