using Broadsheet.Web.Theming.Views;

namespace Broadsheet.Web.Theming;

/// <summary>A page of the public site: a template and what it sees.</summary>
internal sealed class ThemedPage(string template, SiteView site, HeadView head, int status = StatusCodes.Status200OK) : IResult
{
    private readonly Dictionary<string, object?> _model = new(StringComparer.Ordinal) { ["site"] = site, ["head"] = head };

    public ThemedPage With(string name, object? view)
    {
        _model[name] = view;
        return this;
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var themes = httpContext.RequestServices.GetRequiredService<ThemeStore>();
        // Rendered whole first, so that a fault in a template becomes an error page and not half a page.
        await using var page = new PageWriter();
        await themes.RenderAsync(site.Theme, template, _model, page);
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        if (!response.Headers.ContainsKey("Cache-Control")) response.Headers.CacheControl = "private, no-store";
        response.ContentLength = page.Written.Length;
        if (HttpMethods.IsHead(httpContext.Request.Method)) return;
        await response.Body.WriteAsync(page.Written, httpContext.RequestAborted);
    }
}
