using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Hosting;

/// <summary>Counts where readers found nothing. Outside the page cache: what is rendered within it is made for nobody, and knows no browser (ADR 9).</summary>
internal sealed class MissedPages(RequestDelegate next, MissedAddresses missed, PublicationStore publications)
{
    private static readonly string[] NoPages = ["/wp-json", "/newsroom", "/account", "/assets"];

    public async Task InvokeAsync(HttpContext http)
    {
        await next(http);
        if (http.Response.StatusCode != StatusCodes.Status404NotFound || !HttpMethods.IsGet(http.Request.Method) || Array.Exists(NoPages, p => http.Request.Path.StartsWithSegments(p, StringComparison.Ordinal))) return;
        missed.Missed(http.Request, (await publications.GetAsync(http.RequestAborted)).OwnHosts.Append(http.Request.Host.Host));
    }
}
