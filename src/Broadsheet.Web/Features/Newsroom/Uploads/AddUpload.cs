using System.Collections.Concurrent;
using System.Globalization;
using Broadsheet.Core;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.MediaStore;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Newsroom.Uploads;

/// <summary>Takes a file in: what it is, by its content; where it goes, by the day; then its record.</summary>
internal sealed class AddUpload(IDatabaseEngine engine, Writes writes, PublicationStore publications, UploadedFiles store, TimeProvider clock) : IDisposable
{
    public const long MaxBytes = 32L << 20;
    public const int MaxAltLength = 1_000;

    /// <summary>The field of a problem that is not the file's, but the store's: it can be tried again.</summary>
    public const string NotStored = "store";

    /// <summary>As <see cref="NotStored"/>, where the store does not answer now.</summary>
    public const string StoreAway = "away";

    private const int MaxNameLength = 60;

    /// <summary>Pictures take memory and processors: two at a time.</summary>
    private readonly SemaphoreSlim _works = new(2);

    /// <summary>Paths that uploads of this process have taken, until their records are written.</summary>
    private readonly ConcurrentDictionary<string, bool> _taken = new(StringComparer.Ordinal);

    /// <param name="most">Bytes that fit.</param>
    /// <returns>The attachment's id, or what is wrong with the file (field <c>file</c>), or with storing it (<see cref="NotStored"/>, <see cref="StoreAway"/>).</returns>
    public async Task<Outcome<long>> AddAsync(SentFile file, long most, string alt, CurrentPerson person, CancellationToken ct)
    {
        var outcome = await CheckAsync(file, most, ct);
        return outcome.Problem is { } problem ? problem : await StoreAsync(file, outcome.Value, alt, person, ct);
    }

    /// <summary>Whether it may come in: by its content, whatever its name says.</summary>
    public async Task<Outcome<CheckedFile>> CheckAsync(SentFile file, long most, CancellationToken ct)
    {
        if (file.Length == 0) return new Problem("file", $"“{file.Name}” is empty.");
        if (file.Length > most) return TooLarge(file, most);
        var type = await TypeAsync(file, ct);
        if (type.Problem is { } refused) return refused;
        if (!type.Value.IsPicture) return new CheckedFile(type.Value, null);
        if (file.Length > MaxBytes) return TooLarge(file, MaxBytes);
        var prepared = await PictureAsync(file, type.Value, ct);
        return prepared.Problem is { } damaged ? damaged : new CheckedFile(type.Value, prepared.Value);
    }

    /// <summary>An alt text as it is stored: of one line, not too long.</summary>
    public static string CutAlt(string written) => written.ReplaceLineEndings(" ").Trim() is var alt && alt.Length > MaxAltLength ? alt[..MaxAltLength] : alt;

    /// <summary>Puts the small copy of a picture beside it, unless an upload has that name, or is just taking it.</summary>
    public async Task SaveThumbnailAsync(string path, PreparedPicture? picture, CancellationToken ct)
    {
        if (picture?.Thumbnail is not { } small || MediaSnippet.ThumbnailPath(path, picture.Width, picture.Height) is not { } name || !_taken.TryAdd(name, true)) return;
        await using var taken = new TakenPath(_taken, name);
        taken.Claim = await store.ClaimAsync(name, ct);
        await using var db = engine.Open();
        if (taken.Claim is not null && !await IsTakenAsync(db, name, ct)) await store.SaveAsync(name, new MemoryStream(small), MaxBytes, ct);
    }

    public void Dispose() => _works.Dispose();

    private static Problem TooLarge(SentFile file, long most) => new("file", $"“{file.Name}” has {file.Length / 1_048_576.0:0.0} MB; up to {most >> 20} MB fit.");

    private static async Task<Outcome<UploadType>> TypeAsync(SentFile file, CancellationToken ct)
    {
        await using var content = await file.OpenAsync(ct);
        var head = new byte[(int)Math.Min(4_096, file.Length)];
        await content.ReadExactlyAsync(head, ct);
        var type = UploadType.Of(head, file.Name);
        return type.Problem is null && type.Value.MimeType == "application/pdf" && !await EndsAsPdfAsync(file, ct) ? new Problem("file", $"“{file.Name}” begins as a PDF and does not end as one: it is damaged, or was cut off on its way.") : type;
    }

    /// <summary>The end of a PDF names its table of contents, then says that it ends (ISO 32000-1, 7.5.5); programs have put a few bytes behind it.</summary>
    private static async Task<bool> EndsAsPdfAsync(SentFile file, CancellationToken ct)
    {
        await using var content = await file.OpenAsync(ct);
        content.Seek(-Math.Min(2_048, file.Length), SeekOrigin.End);
        var end = new byte[(int)Math.Min(2_048, file.Length)];
        await content.ReadExactlyAsync(end, ct);
        return end.AsSpan().LastIndexOf("%%EOF"u8) > end.AsSpan().LastIndexOf("startxref"u8) && end.AsSpan().IndexOf("startxref"u8) >= 0;
    }

    private async Task<Outcome<PreparedPicture>> PictureAsync(SentFile file, UploadType type, CancellationToken ct)
    {
        await _works.WaitAsync(ct);
        try
        {
            var bytes = new byte[file.Length];
            await using (var content = await file.OpenAsync(ct)) await content.ReadExactlyAsync(bytes, ct);
            return await Task.Run(() => PreparePicture.From(bytes, type.MimeType), ct);
        }
        finally
        {
            _works.Release();
        }
    }

    private async Task<Outcome<long>> StoreAsync(SentFile file, CheckedFile ready, string alt, CurrentPerson person, CancellationToken ct)
    {
        var (publication, type, picture) = (await publications.GetAsync(ct), ready.Type, ready.Picture);
        try
        {
            await using var taken = await TakePathAsync(publication, file.Name, ready, ct);
            var path = taken.Path;
            await using var content = picture is null ? await file.OpenAsync(ct) : new MemoryStream(picture.Bytes);
            var stored = await store.SaveAsync(path, content, long.MaxValue, ct);
            await SaveThumbnailAsync(path, picture, ct);
            var media = new NewMedia(path, Path.GetFileNameWithoutExtension(file.Name), type.MimeType, alt.Trim(), stored.Bytes, picture?.Width, picture?.Height, stored.Moves);
            return await writes.RunAsync((scope, token) =>
            {
                if (picture is not null) RenditionQueue.Ask(scope, path);
                return MediaLedger.AddAsync(scope, publication, media, person.Id, token);
            }, ct);
        }
        // (What is not found is the sent file, of which a piece is gone.)
        catch (Exception failure) when (failure is UnauthorizedAccessException or (IOException and not FileNotFoundException))
        {
            return new Problem(failure is MediaAwayException ? StoreAway : NotStored, $"“{file.Name}” could not be stored: {store.Place} does not take it ({failure.Message.TrimEnd('.')}).");
        }
    }

    /// <summary>A path that nothing has, and that no other node takes meanwhile.</summary>
    private async Task<TakenPath> TakePathAsync(Publication publication, string name, CheckedFile file, CancellationToken ct)
    {
        var day = publication.Local(clock.GetUtcNow());
        var slug = Slug.From(Path.GetFileNameWithoutExtension(name), fallback: "file");
        if (slug.Length > MaxNameLength) slug = slug[..(char.IsHighSurrogate(slug[MaxNameLength - 1]) ? MaxNameLength - 1 : MaxNameLength)].TrimEnd('-');
        await using var db = engine.Open();
        for (var n = 1; ; n++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"{MediaPath.Uploads}{day:yyyy'/'MM}/{slug}{(n == 1 ? "" : $"-{n}")}.{file.Type.Extension}");
            if (!_taken.TryAdd(path, true)) continue;
            var taken = new TakenPath(_taken, path);
            var isFree = false;
            try
            {
                isFree = !await IsTakenAsync(db, path, ct) && !await IsMixedUpAsync(db, path, file.Picture, ct) && (taken.Claim = await store.ClaimAsync(path, ct)) is not null
                    // What another node stored before it gave its claim up is seen now.
                    && !await IsTakenAsync(db, path, ct);
                if (isFree) return taken;
            }
            finally
            {
                if (!isFree) await taken.DisposeAsync();
            }
        }
    }

    private async Task<bool> IsTakenAsync(BroadsheetDb db, string path, CancellationToken ct) => await store.ExistsAsync(path, ct) || await db.Media.AnyAsync(m => m.Path == path, ct);

    /// <summary>The address is that of a smaller copy of another upload, or one of its smaller copies would have another upload's: pages would show one for the other.</summary>
    private static async Task<bool> IsMixedUpAsync(BroadsheetDb db, string path, PreparedPicture? picture, CancellationToken ct)
    {
        var originals = MediaPath.Originals(path).Skip(1).ToList();
        var others = await db.Media.Where(m => originals.Contains(m.Path) && m.Width != null && m.Height != null).Select(m => new { m.Path, m.Width, m.Height }).ToListAsync(ct);
        if (others.Exists(m => Rendition.Of(m.Width!.Value, m.Height!.Value).Any(r => r.AddressOf(m.Path) == path))) return true;
        return await UploadAmongCopiesAsync(db, path, picture?.Width, picture?.Height, ct) is not null;
    }

    /// <summary>An upload that stands where a picture of this size would have one of its smaller copies.</summary>
    /// <returns>Its path; null for none, and for what is no picture.</returns>
    public static async Task<string?> UploadAmongCopiesAsync(BroadsheetDb db, string path, int? width, int? height, CancellationToken ct)
    {
        if (width is not { } across || height is not { } down) return null;
        var copies = Rendition.Of(across, down).Select(r => r.AddressOf(path)).ToList();
        return copies.Count == 0 ? null : await db.Media.Where(m => copies.Contains(m.Path)).OrderBy(m => m.Path).Select(m => m.Path).FirstOrDefaultAsync(ct);
    }

    private sealed class TakenPath(ConcurrentDictionary<string, bool> all, string path) : IAsyncDisposable
    {
        public string Path => path;

        /// <summary>Says it to other nodes; null where it is not asked for yet, or another has it.</summary>
        public IAsyncDisposable? Claim { get; set; }

        public async ValueTask DisposeAsync()
        {
            try
            {
                if (Claim is not null) await Claim.DisposeAsync();
            }
            finally
            {
                all.TryRemove(path, out _);
            }
        }
    }
}
