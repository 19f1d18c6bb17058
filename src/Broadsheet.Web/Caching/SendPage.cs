using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Broadsheet.Web.Caching;

/// <summary>Answers a request with a kept page: in the best coding that both have, or with 304 where the reader has it already.</summary>
internal static class SendPage
{
    private static readonly StringValues Revalidate = "no-cache";
    private static readonly StringValues VaryBy = "Accept-Encoding, Cookie";
    private static readonly StringValues GzipName = "gzip";
    private static readonly StringValues BrotliName = "br";

    public static Task SendAsync(HttpContext http, CachedPage page, PageStore store)
    {
        var response = http.Response;
        var headers = response.Headers;
        foreach (var (name, value) in page.Headers) headers[name] = value;
        headers.CacheControl = page.Front is { } front ? front.Of(page) : Revalidate;
        headers.Vary = VaryBy;
        var (body, coding, tag) = Choose(http.Request.Headers.AcceptEncoding, page, store);
        headers.ETag = tag;
        if (IsUnchanged(http.Request, page))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        response.StatusCode = StatusCodes.Status200OK;
        if (page.ContentType.Length > 0) headers.ContentType = page.ContentType;
        if (coding.Count > 0) headers.ContentEncoding = coding;
        headers.ContentLength = body.Length;
        return HttpMethods.IsHead(http.Request.Method) || body.Length == 0 ? Task.CompletedTask : response.Body.WriteAsync(body, 0, body.Length, http.RequestAborted);
    }

    /// <summary>By tag where the client has one, else by date (RFC 9110 §13.2.2).</summary>
    private static bool IsUnchanged(HttpRequest request, CachedPage page)
    {
        if (request.Headers.IfNoneMatch.Count > 0) return page.Matches(request.Headers.IfNoneMatch);
        return request.Headers.IfModifiedSince.Count > 0 && page.LastModified is { } modified
            && DateTimeOffset.TryParseExact(request.Headers.IfModifiedSince, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since) && modified <= since;
    }

    private static (byte[] Body, StringValues Coding, StringValues Tag) Choose(StringValues accepted, CachedPage page, PageStore store)
    {
        if (page.Identity.Length < 512 || accepted.Count == 0) return (page.Identity, StringValues.Empty, page.ETag);
        var text = accepted.ToString();
        if (page.Brotli is { } brotli && Accepts(text, "br")) return (brotli, BrotliName, page.BrotliETag);
        if (Accepts(text, "gzip")) return (page.Gzip ?? store.GzipOf(page), GzipName, page.GzipETag);
        return (page.Identity, StringValues.Empty, page.ETag);
    }

    /// <summary>Names the coding and does not refuse it with <c>q=0</c> (RFC 9110 §12.5.3).</summary>
    private static bool Accepts(string header, string coding)
    {
        var at = header.IndexOf(coding, StringComparison.OrdinalIgnoreCase);
        if (at < 0) return false;
        var rest = header.AsSpan(at + coding.Length);
        var end = rest.IndexOf(',');
        var parameters = (end < 0 ? rest : rest[..end]).Trim();
        return !(parameters.StartsWith(";q=0") && parameters[4..].Trim(".0").IsEmpty);
    }
}
