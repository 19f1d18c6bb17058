using System.Text;
using Microsoft.Extensions.Primitives;

namespace Broadsheet.Web.Caching;

/// <summary>Which requests may be answered for every reader alike, and under what key.</summary>
/// <param name="hostIsKnown">The publication's address is configured, so that the request's host does not show in a page.</param>
internal sealed class PageKeys(bool hostIsKnown)
{
    /// <summary>The cookie of a signed-in session.</summary>
    public const string SessionCookie = ".broadsheet.session";

    /// <summary>Names what its reader had typed into a form before they left it to sign in.</summary>
    public const string KeptCookie = ".broadsheet.words";

    /// <summary>Opens articles behind a password.</summary>
    private const string PasswordCookie = "wp-postpass_";

    /// <summary>Query keys that change a page. Others (campaign marks, click ids) do not make a new one, and no shared page sees them.</summary>
    private static readonly HashSet<string> Significant = new(StringComparer.OrdinalIgnoreCase)
    {
        "p", "page_id", "attachment_id", "name", "pagename", "m", "year", "monthnum", "day", "cat", "category_name", "tag", "author", "author_name", "s", "feed", "withcomments",
        "paged", "cpage", "page", "order", "after", "thread", "part", "in", "replytocom", "comment", "rsd", "rest_route",
    };

    /// <summary>Rooms whose pages are never shared.</summary>
    public static readonly string[] Private = ["/newsroom", "/account", "/wp-json", "/healthz", "/readyz", "/wp-content", "/assets", "/setup",
        "/discussion/likes", "/discussion/report", "/discussion/edit", "/discussion/delete", "/discussion/mute", "/discussion/avatar", "/corrections/ask", "/follow/confirm", "/follow/manage", "/follow/end", "/websub"];

    /// <summary>Cookies of readers whom a page without script shows as themselves.</summary>
    private static readonly string[] ReaderCookies = ["comment_author_", SessionCookie, KeptCookie, PasswordCookie];

    /// <returns>Null: this request is rendered for its reader.</returns>
    public string? KeyOf(HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)) return null;
        var path = request.Path.Value ?? "/";
        foreach (var prefix in Private)
            if (path.StartsWith(prefix, StringComparison.Ordinal) && (path.Length == prefix.Length || path[prefix.Length] == '/')) return null;
        if (IsReadersOwn(request.Headers.Cookie)) return null;
        var query = "";
        if (request.QueryString.HasValue)
        {
            if (request.Query.ContainsKey("preview") || request.Query.ContainsKey("unapproved")) return null;
            query = SignificantQuery(request);
            // A decoded path may hold a question mark of its own, but never a NUL.
            if (query.Length > 0) query = $"\0{query}";
        }
        return hostIsKnown ? path + query : $"{request.Scheme}://{request.Host.Value}{path}{query}";
    }

    /// <summary>Every significant key once, in order, with its question mark; empty where there is none.</summary>
    public static string SignificantQuery(HttpRequest request)
    {
        if (!request.QueryString.HasValue) return "";
        StringBuilder? text = null;
        foreach (var (name, value) in request.Query.Where(q => Significant.Contains(q.Key)).OrderBy(q => q.Key, StringComparer.Ordinal))
            (text ??= new StringBuilder()).Append(text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value.ToString()));
        return text?.ToString() ?? "";
    }

    /// <summary>Brings query keys that no shared page sees.</summary>
    public static bool HasMoreQuery(HttpRequest request) => request.QueryString.HasValue && request.Query.Any(q => !Significant.Contains(q.Key));

    /// <summary>Brings a cookie by which we know the reader, and so might be shown what others are not.</summary>
    public static bool IsSomebodys(HttpRequest request)
    {
        if (request.Headers.Cookie.Count == 0) return false;
        var text = request.Headers.Cookie.ToString();
        foreach (var name in ReaderCookies)
            if (text.Contains(name, StringComparison.Ordinal)) return true;
        return false;
    }

    public static bool HasSession(HttpRequest request) => request.Headers.Cookie.Count > 0 && request.Headers.Cookie.ToString().Contains(SessionCookie, StringComparison.Ordinal);

    private static bool IsReadersOwn(StringValues cookies)
    {
        if (cookies.Count == 0) return false;
        var text = cookies.ToString();
        var isKnown = false;
        foreach (var name in ReaderCookies) isKnown |= text.Contains(name, StringComparison.Ordinal);
        // With script, the page is everyone's and the script asks for what is the reader's own; a password's page has no such way.
        return isKnown && (text.Contains(PasswordCookie, StringComparison.Ordinal) || !text.Contains("js=1", StringComparison.Ordinal));
    }
}
