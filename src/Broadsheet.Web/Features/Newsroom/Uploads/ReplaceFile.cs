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
internal sealed class ReplaceFile(IDatabaseEngine engine, Writes writes, UploadedFiles store, KeptFiles kept, AddUpload uploads, ShowMedia show, Notices notices, TimeProvider clock) : IDisposable
{
    /// <summary>A node that has a path longer than this died over it.</summary>
    private static readonly TimeSpan MostReplacing = TimeSpan.FromMinutes(15);

    /// <summary>What is kept and what stands at the address must be one's own doing: one at a time; the claim says so to other nodes.</summary>
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>So long somebody waits for the old file to stand there again.</summary>
    private readonly StorePatience _patience = new(TimeSpan.FromSeconds(20), clock);

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
        if (await AddUpload.UploadAmongCopiesAsync(db, media.Path, picture?.Width, picture?.Height, ct) is { } other)
            return await show.ShowAsync(http, id, $"A picture of {picture!.Width} × {picture.Height} pixels has a smaller copy at {other}, and another upload stands there: pages would show that one in its place. Send the picture in another size, or bring it in as a new file.");
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
        var stands = "The old one stands as it was.";
        try
        {
            // From here on it is done to its end, even if its sender goes away: the file and what is known of it must be one.
            var ct = CancellationToken.None;
            await using var claim = await store.ClaimAsync(media.Path, ct, MostReplacing);
            if (claim is null) return new Problem("file", "Another file is just taking this address. Try again in a moment.");
            var name = await store.FindAsync(media.Path, ct) is { } stood ? await kept.KeepAsync(stood, ct) : null;
            var (isThere, isWritten) = (false, false);
            try
            {
                StoredFile stored;
                await using (var content = await open(ct))
                {
                    // A bucket that fell silent may have it. What else fails leaves what stood there.
                    isThere = true;
                    stored = await store.SaveAsync(media.Path, content, long.MaxValue, ct);
                }
                var file = new NewFile(stored.Bytes, media.MimeType, picture?.Width ?? from?.Width, picture?.Height ?? from?.Height, stored.Moves, name, from?.Id);
                isWritten = await writes.RunAsync((scope, token) => MediaFileLedger.ReplaceAsync(scope, media.ArticleId, file, CurrentPerson.Of(http)!.Id, token), ct);
            }
            catch (Exception failure) when (failure is UnauthorizedAccessException or (IOException and not MediaAwayException))
            {
                isThere = false;
                throw;
            }
            finally
            {
                if (!isWritten && !await TryUndoAsync(media.Path, name, isThere, ct)) stands = "Nor could the old one be put back: look at what stands there, and replace it again.";
            }
            if (!isWritten) return new Problem("file", "That file is not kept any more.");
            await TidyAsync(media.Path, picture, from, ct);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new Problem("file", $"The file could not be stored: {store.Place} does not take it ({failure.Message.TrimEnd('.')}). {stands}");
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>What stood there stands there again.</summary>
    /// <param name="name">Under which it is kept; null where nothing stood there.</param>
    /// <param name="isThere">The new file may stand there; else the old one does.</param>
    /// <returns>False where that failed, too: then it is kept on.</returns>
    private async Task<bool> TryUndoAsync(string path, string? name, bool isThere, CancellationToken ct)
    {
        try
        {
            await _patience.RunAsync(async () =>
            {
                if (isThere && name is null) await store.RemoveAsync(path, ct);
                if (name is null) return;
                if (isThere)
                    await using (var old = await kept.OpenAsync(name, ct)) await store.SaveAsync(path, old, long.MaxValue, ct);
                await kept.ForgetAsync(name, ct);
            }, ct);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The new file stands and is written down: what fails now undoes nothing of that.</summary>
    private async Task TidyAsync(string path, PreparedPicture? picture, ReplacedFile? from, CancellationToken ct)
    {
        try
        {
            await _patience.RunAsync(async () =>
            {
                if (from is not null) await kept.ForgetAsync(from.File, ct);
                await RenewCopiesAsync(path, picture, ct);
            }, ct);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A smaller copy that stayed shows the old picture until the next file takes the address.
        }
    }

    /// <summary>Smaller copies show the old picture; an address that named one is answered with the new picture itself.</summary>
    private async Task RenewCopiesAsync(string path, PreparedPicture? picture, CancellationToken ct)
    {
        await using var db = engine.Open();
        foreach (var copy in await RemoveFile.OwnRenditionsAsync(db, store, path, ct)) await store.RemoveAsync(copy, ct);
        await uploads.SaveThumbnailAsync(path, picture, ct);
    }
}
