using System.Text;
using Microsoft.Extensions.Primitives;

namespace Broadsheet.Web.Caching;

/// <summary>Which requests may be answered for every reader alike, and under what key.</summary>
/// <param name="hostIsKnown">The publication's address is configured, so that the request's host does not show in a page.</param>
internal sealed class PageKeys(bool hostIsKnown)
{
    /// <summary>The cookie of a signed-in session.</summary>
    public const string SessionCookie = ".broadsheet.session";

    /// <summary>Query keys that change a page. Others (campaign marks, click ids) do not make a new one.</summary>
    private static readonly HashSet<string> Significant = new(StringComparer.OrdinalIgnoreCase)
    {
        "p", "page_id", "attachment_id", "name", "pagename", "m", "year", "monthnum", "day", "cat", "category_name", "tag", "author", "author_name", "s", "feed", "withcomments",
        "paged", "cpage", "page", "order", "replytocom", "rsd", "rest_route",
    };

    /// <summary>Rooms whose pages are never shared.</summary>
    private static readonly string[] Private = ["/newsroom", "/account", "/wp-json", "/healthz", "/readyz", "/wp-content", "/assets", "/setup"];

    /// <summary>Cookies of readers whom a page without script shows as themselves.</summary>
    private static readonly string[] ReaderCookies = ["comment_author_", SessionCookie, "wp-postpass_"];

    /// <returns>Null: this request is rendered for its reader.</returns>
    public string? KeyOf(HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)) return null;
        var path = request.Path.Value ?? "/";
        foreach (var prefix in Private)
            if (path.StartsWith(prefix, StringComparison.Ordinal)) return null;
        if (IsReadersOwn(request.Headers.Cookie)) return null;
        var query = request.QueryString.HasValue ? SignificantQuery(request.Query) : "";
        if (query is null) return null;
        return hostIsKnown ? path + query : $"{request.Scheme}://{request.Host.Value}{path}{query}";
    }

    /// <summary>Every significant key once, in order; null where the query asks for one reader's own view.</summary>
    private static string? SignificantQuery(IQueryCollection query)
    {
        if (query.ContainsKey("preview") || query.ContainsKey("unapproved")) return null;
        StringBuilder? text = null;
        foreach (var (name, value) in query.Where(q => Significant.Contains(q.Key)).OrderBy(q => q.Key, StringComparer.Ordinal))
            (text ??= new StringBuilder()).Append(text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value.ToString()));
        return text?.ToString() ?? "";
    }

    private static bool IsReadersOwn(StringValues cookies)
    {
        if (cookies.Count == 0) return false;
        var text = cookies.ToString();
        var isKnown = false;
        foreach (var name in ReaderCookies) isKnown |= text.Contains(name, StringComparison.Ordinal);
        // With script, the page is everyone's and the script asks for what is the reader's own; a password's page has no such way.
        return isKnown && (text.Contains("wp-postpass_", StringComparison.Ordinal) || !text.Contains("js=1", StringComparison.Ordinal));
    }
}
