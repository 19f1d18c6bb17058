using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Hosting;

/// <summary>
/// Unsafe requests from other sites are refused: by <c>Sec-Fetch-Site</c> where the browser sends it (W3C Fetch Metadata), else by <c>Origin</c>;
/// with neither, the request counts as having no session.
/// </summary>
internal sealed class CrossSiteGuard(RequestDelegate next)
{
    /// <summary>Mail providers post here for their users (RFC 8058), from wherever they are: what may be done stands in the address, so that no session is wanted, and none is looked at.</summary>
    private static readonly PathString ForEveryone = "/follow/end";

    /// <summary>Apple sends readers back by a form that it posts (<c>response_mode=form_post</c>): the sealed state and the cookie that was given for it are what counts, no session.</summary>
    private static readonly PathString BackFromApple = "/account/sign-in/back/apple";

    public Task InvokeAsync(HttpContext http)
    {
        var request = http.Request;
        if (BasicCredentials.AreIn(request))
        {
            // A program's, which no browser sends unasked: wherever it comes from, it is whose password it has, and never the cookie's.
            request.Headers.Remove("Cookie");
            return next(http);
        }
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method)) return next(http);
        if (request.Path.StartsWithSegments(ForEveryone, StringComparison.Ordinal))
        {
            request.Headers.Remove("Cookie");
            return next(http);
        }
        if (request.Path.StartsWithSegments(BackFromApple, StringComparison.Ordinal)) return next(http);
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site is "cross-site" or "same-site") return RefuseAsync(http);
        if (site.Length > 0) return next(http);
        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0)
        {
            // A program, or a browser of long ago: whoever it is, it is nobody's session.
            request.Headers.Remove("Cookie");
            return next(http);
        }
        return Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase) ? next(http) : RefuseAsync(http);
    }

    private static Task RefuseAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        SecurityHeaders.Add(http.Response, []);
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync("This request came from a page of another site, so it was not carried out.", http.RequestAborted);
    }
}
