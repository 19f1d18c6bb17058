using System.Text;
using System.Text.Json.Nodes;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Hosting;

/// <summary>Any failure that nobody foresaw: logged whole, told to the reader as a plain page that needs neither theme nor database, and that gives back what they had typed.</summary>
internal sealed partial class ErrorPages(RequestDelegate next, IDatabaseEngine engine, ILogger<ErrorPages> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException && http.RequestAborted.IsCancellationRequested)
        {
            // The reader has left.
        }
        // (The check of a form's token wraps what the reading of the form says.)
        catch (Exception failure) when ((failure as BadHttpRequestException ?? failure.InnerException as BadHttpRequestException) is not null && !http.Response.HasStarted)
        {
            var bad = failure as BadHttpRequestException ?? (BadHttpRequestException)failure.InnerException!;
            await WriteAsync(http, bad.StatusCode, "This request could not be read", bad.StatusCode == 413 ? "It is larger than this server takes." : "It was damaged on its way, or made by hand.");
        }
        catch (Exception failure) when (!http.Response.HasStarted)
        {
            var trouble = failure as StorageException ?? engine.AsStorageTrouble(failure);
            Log.Failed(log, http.Request.Method, LoggedAddress.Of(http), failure);
            await WriteAsync(http, trouble is null ? 500 : 503, "Something went wrong here", trouble is null
                ? "The fault is on our side and has been noted. What is published is safe. Please try again."
                : $"{trouble.Message} What is published is safe. Please try again in a moment.", await KeptWords.OfAsync(http));
        }
    }

    private static Task WriteAsync(HttpContext http, int status, string heading, string text, string words = "")
    {
        http.Response.Clear();
        http.Response.StatusCode = status;
        if (status == StatusCodes.Status503ServiceUnavailable) http.Response.Headers.RetryAfter = "30";
        http.Response.Headers.CacheControl = "no-store";
        SecurityHeaders.Add(http.Response, []);
        if (http.Request.Path.StartsWithSegments("/wp-json", StringComparison.Ordinal)) return http.Response.WriteAsJsonAsync(new JsonObject { ["code"] = CodeOf(status), ["message"] = $"{heading}. {text}", ["data"] = new JsonObject { ["status"] = status } }, http.RequestAborted);
        http.Response.ContentType = "text/html; charset=utf-8";
        var page = $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{heading}</title></head><body><main><h1>{heading}</h1><p>{text}</p>{words}<p><a href=\"/\">Front page</a></p></main></body></html>";
        return http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(page), http.RequestAborted).AsTask();
    }

    /// <summary>As clients of WordPress's API know them.</summary>
    private static string CodeOf(int status) => status switch { 413 => "rest_upload_file_too_big", < 500 => "rest_invalid_param", _ => "internal_server_error" };

    private static partial class Log
    {
        [LoggerMessage(EventId = 5001, Level = LogLevel.Error, Message = "{Method} {Path} failed")]
        public static partial void Failed(ILogger log, string method, string path, Exception failure);
    }
}
