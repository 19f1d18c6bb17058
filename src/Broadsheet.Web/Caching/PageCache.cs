using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Broadsheet.Web.Caching;

/// <summary>
/// The first thing that a request meets. A page that is the same for every reader comes from memory, compressed once; a miss is
/// rendered by one request while others wait. Pages join by <see cref="PageCacheExtensions.MayCache"/>; nothing is cached unasked.
/// </summary>
internal sealed partial class PageCache(RequestDelegate next, PageStore store, PageKeys keys, ILogger<PageCache> log)
{
    private static readonly StringValues Revalidate = "no-cache";
    private static readonly StringValues VaryBy = "Accept-Encoding, Cookie";
    private static readonly StringValues GzipName = "gzip";
    private static readonly StringValues BrotliName = "br";

    private readonly ConcurrentDictionary<(string Key, long Generation), Task<CachedPage?>> _rendering = new();

    public Task InvokeAsync(HttpContext http)
    {
        if (keys.KeyOf(http.Request) is not { } key) return next(http);
        if (store.Find(key) is not { } page) return MissAsync(http, key, null);
        return page.IsStale && Stopwatch.GetElapsedTime(page.CreatedAt) > PageStore.SoftInterval ? MissAsync(http, key, page) : SendAsync(http, page);
    }

    /// <param name="stale">What to give those who would have to wait; null: they wait.</param>
    private async Task MissAsync(HttpContext http, string key, CachedPage? stale)
    {
        var generation = store.Generation;
        var flight = new TaskCompletionSource<CachedPage?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var rendering = _rendering.GetOrAdd((key, generation), flight.Task);
        if (rendering != flight.Task)
        {
            if ((stale ?? await rendering.WaitAsync(http.RequestAborted)) is { } shared) await SendAsync(http, shared);
            else await next(http);
            return;
        }
        CachedPage? page = null;
        try
        {
            page = await RenderAsync(http, key, generation);
        }
        finally
        {
            _rendering.TryRemove((key, generation), out _);
            flight.TrySetResult(page);
        }
        if (page is not null) await SendAsync(http, page);
    }

    /// <returns>The page; null where the response was not for sharing and has been sent.</returns>
    private async Task<CachedPage?> RenderAsync(HttpContext http, string key, long generation)
    {
        var request = new CacheRequest();
        http.Features.Set(request);
        var original = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var buffer = new MemoryStream();
        var buffered = new StreamResponseBodyFeature(buffer);
        http.Features.Set<IHttpResponseBodyFeature>(buffered);
        // A HEAD is rendered as a GET, so that its page serves both.
        var method = http.Request.Method;
        http.Request.Method = HttpMethods.Get;
        try
        {
            await next(http);
            await buffered.CompleteAsync();
        }
        finally
        {
            http.Request.Method = method;
            http.Features.Set(original);
        }
        if (request.Tags.Count > 0 && !http.Response.Headers.ContainsKey("Set-Cookie"))
        {
            var page = PageOf(http.Response, buffer.ToArray(), request);
            store.Keep(key, page, generation);
            Log.Rendered(log, http.Request.Path, page.Identity.Length);
            return page;
        }
        if (HttpMethods.IsHead(method)) http.Response.ContentLength ??= buffer.Length;
        else if (buffer.Length > 0)
        {
            http.Response.ContentLength = buffer.Length;
            buffer.Position = 0;
            await buffer.CopyToAsync(http.Response.Body, http.RequestAborted);
        }
        return null;
    }

    private static CachedPage PageOf(HttpResponse response, byte[] body, CacheRequest request)
    {
        var headers = response.Headers.Where(h => h.Key is not ("Content-Type" or "Content-Length" or "Cache-Control" or "Vary" or "ETag" or "Date" or "Server")).ToArray();
        var hash = Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12));
        if (response.StatusCode != 200) hash = $"{hash}{response.StatusCode}";
        var page = new CachedPage(response.StatusCode, response.ContentType ?? "", headers, body, hash, [.. request.Tags]);
        response.Headers.Clear();
        return page;
    }

    private static Task SendAsync(HttpContext http, CachedPage page)
    {
        var response = http.Response;
        var headers = response.Headers;
        foreach (var (name, value) in page.Headers) headers[name] = value;
        headers.CacheControl = Revalidate;
        headers.Vary = VaryBy;
        var (body, coding, tag) = Choose(http.Request.Headers.AcceptEncoding, page);
        headers.ETag = tag;
        if (page.Status == 200 && IsUnchanged(http.Request, page))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        response.StatusCode = page.Status;
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

    private static (byte[] Body, StringValues Coding, StringValues Tag) Choose(StringValues accepted, CachedPage page)
    {
        if (page.Identity.Length < 512 || accepted.Count == 0) return (page.Identity, StringValues.Empty, page.ETag);
        var text = accepted.ToString();
        if (page.Brotli is { } brotli && Accepts(text, "br")) return (brotli, BrotliName, page.BrotliETag);
        if (Accepts(text, "gzip")) return (page.Gzip ??= Compress(page.Identity), GzipName, page.GzipETag);
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

    private static byte[] Compress(byte[] body)
    {
        using var output = new MemoryStream(body.Length / 3);
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest)) gzip.Write(body);
        return output.ToArray();
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1001, Level = LogLevel.Debug, Message = "Rendered {Path}: {Bytes} bytes")]
        public static partial void Rendered(ILogger log, PathString path, int bytes);
    }
}
