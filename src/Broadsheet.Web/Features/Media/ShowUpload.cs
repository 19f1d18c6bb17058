using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.MediaStore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Broadsheet.Web.Features.Media;

/// <summary>
/// An uploaded file at WordPress's address. What it is, its content says; what could carry script is only offered for download. A rendition's
/// address (<c>boat-300x200.jpg</c>) is answered with the nearest rendition that is not smaller, in the best format that the browser names;
/// failing that, with the original.
/// </summary>
internal sealed class ShowUpload(IDatabaseEngine engine, IMediaStore store, UploadedFiles files, Renditions renditions, RenditionWishes wishes)
{
    /// <summary>An editor may put another file at this address: browsers ask again after five minutes, and get 304 while it is the same.</summary>
    private const string Usual = "public, max-age=300";

    /// <summary>The original in place of a rendition that takes a moment to make.</summary>
    private const string Minute = "public, max-age=60";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods("/wp-content/uploads/{**path}", [HttpMethods.Get, HttpMethods.Head], static (HttpContext http, ShowUpload action) => action.AnswerAsync(http));

    private async Task AnswerAsync(HttpContext http)
    {
        try
        {
            await (await FindAsync(http)).ExecuteAsync(http);
        }
        // A large file that is replaced just before its first byte is read is not found there.
        catch (IOException failure) when (failure is MediaAwayException or FileNotFoundException && !http.Response.HasStarted)
        {
            http.Response.Clear();
            Guard(http.Response.Headers, "no-store");
            http.Response.Headers.RetryAfter = "5";
            await TypedResults.Text("The files of this publication cannot be reached now. Please try again in a moment.\n", statusCode: StatusCodes.Status503ServiceUnavailable).ExecuteAsync(http);
        }
    }

    /// <summary>A file that is replaced just between being found and being opened is found again.</summary>
    private async Task<IResult> FindAsync(HttpContext http)
    {
        try
        {
            return await ShowAsync(http);
        }
        catch (FileNotFoundException)
        {
            return await ShowAsync(http);
        }
    }

    private async Task<IResult> ShowAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "";
        var ct = http.RequestAborted;
        var own = await files.FindAsync(path, ct);
        if (MediaPath.SizeOf(path) is { } wanted && await OriginalAsync(path, ct) is { } original && (own is null || (IsCopy(own, wanted, original.File) && !await IsUploadAsync(path, ct)))) return await SmallerAsync(http, original.Path, original.File, wanted, own ?? original.File);
        own ??= (await OriginalAsync(path, ct))?.File;
        return own is null ? TypedResults.NotFound() : await WholeAsync(http, own, Usual);
    }

    private async Task<(string Path, StoredFile File)?> OriginalAsync(string path, CancellationToken ct)
    {
        foreach (var name in MediaPath.Originals(path).Skip(1))
            if (await files.FindAsync(name, ct) is { } file) return (name, file);
        return null;
    }

    /// <summary>A small copy that an upload put beside its original, rather than an upload whose name ends in a size.</summary>
    private static bool IsCopy(StoredFile own, (int Width, int Height) named, StoredFile original) =>
        (own.Width, own.Height) == named && original is { Width: { } width, Height: { } height } && Rendition.Of(width, height).Any(r => r.Name == "medium" && (r.Width, r.Height) == named);

    /// <summary>Whoever brought in a file of this name meant it. While the database is away, pictures are shown as if nobody had.</summary>
    private async Task<bool> IsUploadAsync(string path, CancellationToken ct)
    {
        try
        {
            await using var db = engine.Open();
            return await db.Media.AnyAsync(m => m.Path == path && m.Bytes != null, ct);
        }
        catch (Exception failure) when (engine.AsStorageTrouble(failure) is not null)
        {
            return false;
        }
    }

    /// <param name="instead">What is sent where there is no rendition.</param>
    private async Task<IResult> SmallerAsync(HttpContext http, string path, StoredFile original, (int Width, int Height) wanted, StoredFile instead)
    {
        var ct = http.RequestAborted;
        if (!Rendition.AreMadeOf(original.MimeType)) return await WholeAsync(http, instead, Usual);
        http.Response.Headers.Vary = HeaderNames.Accept;
        var found = await renditions.FindAsync(original, wanted, Formats(http.Request, original.MimeType), ct);
        if (found is null) return await WholeAsync(http, instead, Minute);
        if (found.LacksBest) await wishes.AskAsync(path, ct);
        Guard(http.Response.Headers, Usual);
        var tag = new EntityTagHeaderValue($"\"{original.Version}-{found.Content.Length:x}-{found.MimeType["image/".Length..]}\"");
        return TypedResults.Stream(found.Content, found.MimeType, null, original.Changed, tag, enableRangeProcessing: true);
    }

    private async Task<IResult> WholeAsync(HttpContext http, StoredFile file, string cacheControl)
    {
        var content = await store.OpenAsync(file, http.RequestAborted);
        Guard(http.Response.Headers, cacheControl);
        return TypedResults.Stream(content, file.MimeType, MediaType.IsShownInline(file.MimeType) ? null : file.FileName, file.Changed, new EntityTagHeaderValue($"\"{file.Version}\""), enableRangeProcessing: true);
    }

    /// <summary>Only what a browser names counts: "anything" is also said by those that know neither format.</summary>
    private static List<string> Formats(HttpRequest request, string own)
    {
        var accepted = request.GetTypedHeaders().Accept;
        var formats = ((string[])[RasterPicture.Avif, RasterPicture.WebP]).Where(f => accepted.Any(a => a.Quality != 0 && a.MediaType.Equals(f, StringComparison.OrdinalIgnoreCase))).ToList();
        if (!formats.Contains(own)) formats.Add(own);
        return formats;
    }

    private static void Guard(IHeaderDictionary headers, string cacheControl)
    {
        headers.CacheControl = cacheControl;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
    }
}
