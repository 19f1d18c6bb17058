using System.Globalization;
using Broadsheet.Core;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.MediaStore;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;
using MediaFile = Broadsheet.Core.Publishing.Media;

namespace Broadsheet.Web.Features.Newsroom.Uploads;

/// <summary>Puts another file at a medium's address, so that every link stays; the one that stood there is kept for 30 days and can be put back.</summary>
internal sealed class ReplaceFile(IDatabaseEngine engine, Writes writes, UploadedFiles store, KeptFiles kept, AddUpload uploads, ShowMedia show, Notices notices) : IDisposable
{
    /// <summary>What is kept and what stands at the address must be one's own doing: one at a time.</summary>
    private readonly SemaphoreSlim _turn = new(1);

    public static void Map(RouteGroupBuilder room)
    {
        room.MapPost("/{id:long}/replace/", (HttpContext http, long id, ReplaceFile action) => action.ReplaceAsync(http, id));
        room.MapPost("/{id:long}/put-back/{file:long}/", (HttpContext http, long id, long file, ReplaceFile action) => action.PutBackAsync(http, id, file));
    }

    public void Dispose() => _turn.Dispose();

    private async Task<IResult> ReplaceAsync(HttpContext http, long id)
    {
        var ct = http.RequestAborted;
        if (await show.RefuseAsync(http, id) is { } refused) return refused;
        var form = await http.Request.ReadFormAsync(ct);
        if (form.Files.GetFile("file") is not { FileName.Length: > 0 } sent) return await show.ShowAsync(http, id, "Choose a file first.");
        await using var db = engine.Open();
        var media = await db.Media.SingleAsync(m => m.ArticleId == id, ct);
        var file = SentFile.Of(sent);
        var ready = await uploads.CheckAsync(file, AddUpload.MaxBytes, ct);
        if (ready.Problem is { } problem) return await show.ShowAsync(http, id, problem.Message);
        // The ending of the address promises a type, to programs that believe it.
        if (ready.Value.Type.MimeType != media.MimeType)
            return await show.ShowAsync(http, id, $"“{file.Name}” is {ready.Value.Type.MimeType}, and what stands here is {media.MimeType}: only a file of the same type can take its address. Bring this one in as a new file.");
        var picture = ready.Value.Picture;
        return await AnswerAsync(http, id, await StoreAsync(http, media, async token => picture is null ? await file.OpenAsync(token) : new MemoryStream(picture.Bytes), picture, from: null), "The new file stands at the same address. Pages show it from now on; a browser that has the old one may show that for five minutes more.");
    }

    private async Task<IResult> PutBackAsync(HttpContext http, long id, long file)
    {
        var ct = http.RequestAborted;
        if (await show.RefuseAsync(http, id) is { } refused) return refused;
        await using var db = engine.Open();
        if (await db.ReplacedFiles.FirstOrDefaultAsync(f => f.Id == file && f.MediaId == id, ct) is not { } old) return await show.ShowAsync(http, id, "That file is not kept any more.");
        var media = await db.Media.SingleAsync(m => m.ArticleId == id, ct);
        return await AnswerAsync(http, id, await StoreAsync(http, media, token => kept.OpenAsync(old.File, token), null, old), "The file that stood here before is back; the other one is kept.");
    }

    private async Task<IResult> AnswerAsync(HttpContext http, long id, Problem? problem, string done)
    {
        if (problem is not null) return await show.ShowAsync(http, id, problem.Message);
        notices.Say(http, new DeskShell.Notice(done));
        return TypedResults.Redirect(string.Create(CultureInfo.InvariantCulture, $"{MediaFilter.Address}{id}/"));
    }

    /// <param name="from">The kept file that comes back; null for a new one.</param>
    private async Task<Problem?> StoreAsync(HttpContext http, MediaFile media, Func<CancellationToken, Task<Stream>> open, PreparedPicture? picture, ReplacedFile? from)
    {
        await _turn.WaitAsync(http.RequestAborted);
        try
        {
            // From here on it is done to its end, even if its sender goes away: the file and what is known of it must be one.
            var ct = CancellationToken.None;
            var name = await store.FindAsync(media.Path, ct) is { } stood ? await kept.KeepAsync(stood, ct) : null;
            StoredFile stored;
            await using (var content = await open(ct)) stored = await store.SaveAsync(media.Path, content, long.MaxValue, ct);
            var file = new NewFile(stored.Bytes, media.MimeType, picture?.Width ?? from?.Width, picture?.Height ?? from?.Height, name, from?.Id);
            if (!await TryWriteAsync(media, file, CurrentPerson.Of(http)!.Id, name, ct)) return new Problem("file", "That file is not kept any more.");
            if (from is not null) await kept.ForgetAsync(from.File, ct);
            await RenewCopiesAsync(media.Path, picture, ct);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new Problem("file", $"The file could not be stored: {store.Place} does not take it ({failure.Message.TrimEnd('.')}). The old one stands as it was.");
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<bool> TryWriteAsync(MediaFile media, NewFile file, long personId, string? name, CancellationToken ct)
    {
        var isWritten = false;
        try
        {
            return isWritten = await writes.RunAsync((scope, token) => MediaFileLedger.ReplaceAsync(scope, media.ArticleId, file, personId, token), ct);
        }
        finally
        {
            if (!isWritten && name is not null)
            {
                await using (var old = await kept.OpenAsync(name, ct)) await store.SaveAsync(media.Path, old, long.MaxValue, ct);
                await kept.ForgetAsync(name, ct);
            }
        }
    }

    /// <summary>Smaller copies show the old picture; an address that named one is answered with the new picture itself.</summary>
    private async Task RenewCopiesAsync(string path, PreparedPicture? picture, CancellationToken ct)
    {
        await using var db = engine.Open();
        foreach (var copy in await ForgetFiles.OwnRenditionsAsync(db, store, path, ct)) await store.RemoveAsync(copy, ct);
        if (picture?.Thumbnail is { } small && MediaSnippet.ThumbnailPath(path, picture.Width, picture.Height) is { } smallPath) await store.SaveAsync(smallPath, new MemoryStream(small), AddUpload.MaxBytes, ct);
    }
}
