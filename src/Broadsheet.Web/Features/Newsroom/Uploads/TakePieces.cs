using System.Globalization;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.MediaStore;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Newsroom.Uploads;

/// <summary>
/// Large files, piece by piece, gone on with after a lost connection: tus 1.0.0 (core, creation, termination, expiration). Whose upload it is
/// the session says, and every request but <c>HEAD</c> carries the antiforgery token (so there is nothing to ask by <c>OPTIONS</c> for programs of other sites). A whole file is checked as one from a form.
/// </summary>
internal sealed class TakePieces(IDatabaseEngine engine, Writes writes, IUnfinishedFiles files, IMediaStore store, AddUpload uploads, UploadLimit limit, TimeProvider clock) : IDisposable
{
    private const string Version = "1.0.0";
    private const string Stays = "What is there of it stays: it can be gone on with.";

    /// <summary>Our own: the page of the medium that a whole upload became.</summary>
    private const string MediumHeader = "Upload-Medium";

    /// <summary>A node that has a whole file longer than this died over it.</summary>
    private static readonly TimeSpan MostFinishing = TimeSpan.FromMinutes(15);

    /// <summary>A file becomes one medium, even if its last piece is sent twice; the claim says so to other nodes.</summary>
    private readonly SemaphoreSlim _finishing = new(1);

    public static void Map(RouteGroupBuilder room)
    {
        room.MapPost("/pieces/", (HttpContext http, TakePieces action) => AnswerAsync(http, action.BeginAsync));
        room.MapMethods("/pieces/{key}/", [HttpMethods.Head], (HttpContext http, string key, TakePieces action) => AnswerAsync(http, h => action.LookAsync(h, key)));
        room.MapPatch("/pieces/{key}/", (HttpContext http, string key, TakePieces action) => AnswerAsync(http, h => action.AppendAsync(h, key)));
        room.MapDelete("/pieces/{key}/", (HttpContext http, string key, TakePieces action) => AnswerAsync(http, h => action.ForgetAsync(h, key)));
    }

    public void Dispose() => _finishing.Dispose();

    private static async Task<IResult> AnswerAsync(HttpContext http, Func<HttpContext, Task<IResult>> work)
    {
        try
        {
            return await work(http);
        }
        catch (MediaAwayException away)
        {
            return Later(http, $"Files cannot be stored now ({away.Message}).");
        }
    }

    private static IResult Later(HttpContext http, string why)
    {
        http.Response.Headers.RetryAfter = "5";
        return UploadAnswer.Of($"{why} {Stays}", StatusCodes.Status503ServiceUnavailable);
    }

    private async Task<IResult> BeginAsync(HttpContext http)
    {
        if (Refuse(http) is { } refused) return refused;
        var (ct, person) = (http.RequestAborted, CurrentPerson.Of(http)!);
        if (UploadHeaders.Number(http, "Upload-Length") is not { } length) return UploadAnswer.Of("Upload-Length is missing: how large the file is.", StatusCodes.Status400BadRequest);
        var name = SentFile.NameOf(UploadHeaders.Note(http, "filename"));
        if (length > limit.Bytes) return UploadAnswer.Of($"“{name}” has {length / 1_048_576.0:0.0} MB; up to {limit.Bytes >> 20} MB fit.", StatusCodes.Status413PayloadTooLarge);
        var alt = AddUpload.CutAlt(UploadHeaders.Note(http, "alt"));
        var upload = await writes.RunAsync((scope, token) => UploadLedger.BeginAsync(scope, person.Id, name, alt, length, token), ct);
        if (upload is null) return UploadAnswer.Of($"You have {UploadLedger.MostUnfinished} unfinished uploads: finish or forget one of them first.", StatusCodes.Status429TooManyRequests);
        try
        {
            await files.CreateAsync(upload.Key, ct);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            await writes.RunAsync((scope, token) => UploadLedger.ForgetAsync(scope, upload.Key, token), CancellationToken.None);
            return NotStored(name, failure);
        }
        Expire(http, upload);
        return TypedResults.Created($"{MediaFilter.Address}pieces/{upload.Key}/");
    }

    private async Task<IResult> LookAsync(HttpContext http, string key)
    {
        if (Refuse(http) is { } refused) return refused;
        if (await FindAsync(http, key) is not { } upload) return TypedResults.NotFound();
        http.Response.Headers["Upload-Length"] = upload.Length.ToString(CultureInfo.InvariantCulture);
        return Stand(http, upload, upload.MediaId is null ? await files.LengthOfAsync(key, http.RequestAborted) : upload.Length, StatusCodes.Status200OK);
    }

    private async Task<IResult> AppendAsync(HttpContext http, string key)
    {
        if (Refuse(http) is { } refused) return refused;
        if (http.Request.ContentType != "application/offset+octet-stream") return TypedResults.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        if (await FindAsync(http, key) is not { } upload) return TypedResults.NotFound();
        if (UploadHeaders.Number(http, "Upload-Offset") is not { } at) return UploadAnswer.Of("Upload-Offset is missing: where the piece belongs.", StatusCodes.Status400BadRequest);
        if (upload.MediaId is not null) return Stand(http, upload, upload.Length, StatusCodes.Status204NoContent);
        long? here;
        try
        {
            here = await files.AppendAsync(key, at, http.Request.Body, upload.Length, http.RequestAborted);
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException || (failure is IOException and not BadHttpRequestException && !http.RequestAborted.IsCancellationRequested))
        {
            return NotStored(upload.Name, failure);
        }
        if (here is null) return TypedResults.StatusCode(StatusCodes.Status409Conflict);
        return here < upload.Length ? Stand(http, upload, here, StatusCodes.Status204NoContent) : await FinishAsync(http, key);
    }

    private async Task<IResult> FinishAsync(HttpContext http, string key)
    {
        // All of it is here: it comes in whether or not its sender waits.
        var ct = CancellationToken.None;
        await _finishing.WaitAsync(ct);
        try
        {
            await using var claim = await store.ClaimAsync(MediaName.Incoming + key, ct, MostFinishing);
            if (claim is null) return Later(http, "All of the file is here, and it is just being taken in.");
            if (await FindAsync(http, key) is not { } upload) return TypedResults.NotFound();
            return upload.MediaId is null && await TakeInAsync(http, upload, ct) is { } refused ? refused : Stand(http, upload, upload.Length, StatusCodes.Status204NoContent);
        }
        catch (FileNotFoundException)
        {
            // Somebody forgot it meanwhile; or its claim ran out, and another node has taken it in.
            return await FindAsync(http, key) is null ? UploadAnswer.Of("The file is not here any more: send it again.", StatusCodes.Status410Gone) : Later(http, "The file could not be read to its end.");
        }
        finally
        {
            _finishing.Release();
        }
    }

    /// <returns>Null where it is a medium now.</returns>
    private async Task<IResult?> TakeInAsync(HttpContext http, UnfinishedUpload upload, CancellationToken ct)
    {
        var file = new SentFile(upload.Name, upload.Length, async token => await files.OpenAsync(upload.Key, token) is var whole && whole.Length == upload.Length ? whole : throw new FileNotFoundException("not all of it is here any more"));
        var added = await uploads.AddAsync(file, limit.Bytes, upload.Alt, CurrentPerson.Of(http)!, ct);
        if (added.Problem is { Field: AddUpload.StoreAway } away) return Later(http, away.Message);
        if (added.Problem is { Field: AddUpload.NotStored } full) return UploadAnswer.Of($"{full.Message} {Stays}", StatusCodes.Status507InsufficientStorage);
        if (added.Problem is null) await writes.RunAsync((scope, token) => UploadLedger.FinishAsync(scope, upload.Key, added.Value, token), ct);
        try
        {
            await files.ForgetAsync(upload.Key, ct);
            if (added.Problem is not null) await writes.RunAsync((scope, token) => UploadLedger.ForgetAsync(scope, upload.Key, token), ct);
        }
        catch (MediaAwayException)
        {
            // Its pieces go when it runs out: the row is there until then.
        }
        if (added.Problem is { } problem) return UploadAnswer.Of(problem.Message);
        upload.MediaId = added.Value;
        return null;
    }

    /// <summary>Its pieces first: what stays of them while its row is there goes when it runs out.</summary>
    private async Task<IResult> ForgetAsync(HttpContext http, string key)
    {
        if (Refuse(http) is { } refused) return refused;
        if (await FindAsync(http, key) is null) return TypedResults.NotFound();
        await files.ForgetAsync(key, http.RequestAborted);
        await writes.RunAsync((scope, token) => UploadLedger.ForgetAsync(scope, key, token), http.RequestAborted);
        return TypedResults.NoContent();
    }

    /// <summary>One's own, and not run out.</summary>
    private async Task<UnfinishedUpload?> FindAsync(HttpContext http, string key)
    {
        var (person, now) = (CurrentPerson.Of(http)!.Id, clock.GetUtcNow());
        await using var db = engine.Open();
        var own = db.UnfinishedUploads.Where(u => u.Key == key && u.PersonId == person && u.ExpiresAt > now);
        if (await own.FirstOrDefaultAsync(http.RequestAborted) is not { } upload) return null;
        if (upload.MediaId is not null || await files.LengthOfAsync(key, http.RequestAborted) is not null) return upload;
        // Between the two, another request may have made a medium of the pieces.
        return await own.FirstOrDefaultAsync(u => u.MediaId != null, http.RequestAborted);
    }

    private static IResult Stand(HttpContext http, UnfinishedUpload upload, long? here, int status)
    {
        http.Response.Headers["Upload-Offset"] = (here ?? 0).ToString(CultureInfo.InvariantCulture);
        if (upload.MediaId is { } medium) http.Response.Headers[MediumHeader] = string.Create(CultureInfo.InvariantCulture, $"{MediaFilter.Address}{medium}/");
        Expire(http, upload);
        return TypedResults.StatusCode(status);
    }

    private static void Expire(HttpContext http, UnfinishedUpload upload) => http.Response.Headers["Upload-Expires"] = upload.ExpiresAt.ToString("R", CultureInfo.InvariantCulture);

    private static IResult? Refuse(HttpContext http)
    {
        http.Response.Headers["Tus-Resumable"] = Version;
        if (http.Request.Headers["Tus-Resumable"] == Version) return null;
        http.Response.Headers["Tus-Version"] = Version;
        return TypedResults.StatusCode(StatusCodes.Status412PreconditionFailed);
    }

    private IResult NotStored(string name, Exception failure) =>
        UploadAnswer.Of($"“{name}” could not be stored: {store.Place} does not take it ({failure.Message.TrimEnd('.')}). {Stays}", failure is MediaAwayException ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status507InsufficientStorage);
}
