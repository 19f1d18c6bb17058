namespace Broadsheet.Web.Features.Api;

/// <summary>The API without pretty addresses: <c>/?rest_route=/wp/v2/posts</c> is <c>/wp-json/wp/v2/posts</c>. Stands before the page cache, which never keeps the API.</summary>
internal sealed class RestRoute(RequestDelegate next)
{
    public const string Key = "rest_route";

    public Task InvokeAsync(HttpContext http)
    {
        var request = http.Request;
        if (request.QueryString.HasValue && request.Path.Value is "/" or "/index.php" && request.Query[Key] is { Count: > 0 } route && route[^1] is { Length: > 0 } path)
            request.Path = new PathString($"{ApiRequest.Root}/{path.TrimStart('/')}");
        return next(http);
    }
}
