using Broadsheet.Core.Text;
using Broadsheet.Web.MediaStore;
using Microsoft.Net.Http.Headers;

namespace Broadsheet.Web.Features.Media;

/// <summary>
/// An uploaded file at WordPress's address. What it is, its content says; what could carry script is only offered for download. A rendition
/// that is not here (<c>boat-300x200.jpg</c>) is answered with its original.
/// </summary>
internal static class ShowUpload
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapMethods("/wp-content/uploads/{**path}", [HttpMethods.Get, HttpMethods.Head], Show);

    private static IResult Show(HttpContext http, DiskMediaStore store)
    {
        var path = http.Request.Path.Value ?? "";
        foreach (var name in MediaPath.Originals(path))
        {
            if (store.Find(name) is not { } file) continue;
            var headers = http.Response.Headers;
            // An editor may put another file at this address: browsers ask again after five minutes, and get 304 while it is the same.
            headers.CacheControl = "public, max-age=300";
            headers.XContentTypeOptions = "nosniff";
            headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
            var changed = new DateTimeOffset(File.GetLastWriteTimeUtc(file.File), TimeSpan.Zero);
            var tag = new EntityTagHeaderValue($"\"{changed.Ticks:x}-{file.Bytes:x}\"");
            return TypedResults.PhysicalFile(file.File, file.MimeType, MediaType.IsShownInline(file.MimeType) ? null : Path.GetFileName(file.File), changed, tag, enableRangeProcessing: true);
        }
        return TypedResults.NotFound();
    }
}
