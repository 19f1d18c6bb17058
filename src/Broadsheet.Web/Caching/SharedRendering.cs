using Broadsheet.Web.Caching.Front;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Broadsheet.Web.Caching;

/// <summary>
/// Renders an address for nobody: a request of its own with the address and the significant part of the query, without cookies, session or any other
/// header, and with no reader who could hang up. What comes of it depends on nothing but its key, so that anyone may have it.
/// </summary>
internal sealed class SharedRendering(RequestDelegate next, IServiceScopeFactory scopes, FrontControl? front)
{
    /// <param name="reader">Of whose request only scheme, host, path and the significant query are taken.</param>
    public async Task<Rendered> RunAsync(HttpRequest reader)
    {
        await using var scope = scopes.CreateAsyncScope();
        var asked = new CacheRequest();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        using var body = new WholeBody(http.Response);
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
        http.Features.Set(asked);
        var request = http.Request;
        (request.Method, request.Protocol) = (HttpMethods.Get, reader.Protocol);
        (request.Scheme, request.Host, request.PathBase, request.Path) = (reader.Scheme, reader.Host, reader.PathBase, reader.Path);
        request.QueryString = new QueryString(PageKeys.SignificantQuery(reader));
        await next(http);
        await http.Response.CompleteAsync();
        return Rendered.Of(http.Response, body.ToArray(), asked, front);
    }
}

/// <summary>A whole response that was made for nobody.</summary>
/// <param name="Page">What to keep of it; null where it is not for keeping: nobody said that it is, or it did not end well.</param>
internal sealed record Rendered(int Status, KeyValuePair<string, StringValues>[] Headers, byte[] Body, CachedPage? Page)
{
    public static Rendered Of(HttpResponse response, byte[] body, CacheRequest asked, FrontControl? front)
    {
        var headers = response.Headers.Where(h => h.Key is not ("Content-Length" or "Date")).ToArray();
        var isKept = asked.Tags.Count > 0 && response.StatusCode == StatusCodes.Status200OK && response.Headers.SetCookie.Count == 0;
        return new Rendered(response.StatusCode, headers, body, isKept ? CachedPage.Of(response.ContentType ?? "", headers, body, [.. asked.Tags], asked.IsForGuests, asked.Until, front) : null);
    }

    public bool IsRedirect => Status is >= 300 and < 400;

    /// <summary>To one whom it was made for as well: who is nobody to us.</summary>
    public Task SendAsync(HttpContext http)
    {
        var response = http.Response;
        response.StatusCode = Status;
        foreach (var (name, value) in Headers) response.Headers[name] = value;
        if (Status == StatusCodes.Status204NoContent || Status == StatusCodes.Status304NotModified) return Task.CompletedTask;
        response.ContentLength = Body.Length;
        return HttpMethods.IsHead(http.Request.Method) || Body.Length == 0 ? Task.CompletedTask : response.Body.WriteAsync(Body, 0, Body.Length, http.RequestAborted);
    }
}
