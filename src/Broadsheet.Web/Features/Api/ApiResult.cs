using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Features.Api;

/// <summary>Sends an answer as WordPress does: JSON, or with <c>_envelope</c> status and headers inside it.</summary>
internal sealed class ApiResult(ApiAnswer answer, string allow, string apiRoot) : IResult
{
    // The type is application/json and never guessed: letters of every script stand as they are.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        AddHeaders(response.Headers);
        if (CurrentPerson.Of(httpContext) is not null) response.Headers.CacheControl = "private, no-store";
        var body = answer.Body;
        if (request.Query.ContainsKey("_envelope")) body = Envelope();
        else
        {
            response.StatusCode = answer.Status;
            foreach (var (name, value) in answer.Headers()) response.Headers.Append(name, value);
        }
        using var buffer = new MemoryStream();
        await using (var writer = new Utf8JsonWriter(buffer, Writing)) body.WriteTo(writer);
        response.ContentType = "application/json; charset=UTF-8";
        response.ContentLength = buffer.Length;
        if (HttpMethods.IsHead(request.Method)) return;
        buffer.Position = 0;
        await buffer.CopyToAsync(response.Body, httpContext.RequestAborted);
    }

    private JsonObject Envelope()
    {
        var headers = new JsonObject();
        foreach (var (name, value) in answer.Headers()) headers[name] = value;
        headers["Allow"] = allow;
        return new JsonObject { ["body"] = answer.Body.DeepClone(), ["status"] = answer.Status, ["headers"] = headers };
    }

    private void AddHeaders(IHeaderDictionary headers)
    {
        headers.Allow = allow;
        headers.CacheControl = "no-cache";
        headers["X-Robots-Tag"] = "noindex";
        headers.Append("Link", $"<{apiRoot}>; rel=\"https://api.w.org/\"");
        // What is public may be read by any site's script; it comes without anyone's cookies.
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlAllowMethods = "GET, HEAD, OPTIONS";
        headers.AccessControlAllowHeaders = "Authorization, X-WP-Nonce, Content-Disposition, Content-MD5, Content-Type";
        headers.AccessControlExposeHeaders = "X-WP-Total, X-WP-TotalPages, Link";
    }
}
