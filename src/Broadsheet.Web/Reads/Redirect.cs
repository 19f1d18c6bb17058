using Broadsheet.Core.Publishing;

namespace Broadsheet.Web.Reads;

/// <summary>Redirects: within the publication path only, with the query that the reader brought.</summary>
internal static class Redirect
{
    /// <summary>As an editor's rule says; the reader's query goes along within the publication, unless the rule is about it.</summary>
    /// <param name="path">That it was found by.</param>
    public static IResult By(HttpContext http, RedirectRule rule, string path)
    {
        var target = rule.TargetOf(path);
        if (rule.Kind == RedirectKind.Temporary) return TypedResults.Redirect(target);
        return target[0] == '/' && !path.Contains('?', StringComparison.Ordinal) ? To(http, target) : TypedResults.Redirect(target, permanent: true);
    }

    /// <param name="drop">Query keys that the new address replaces.</param>
    public static IResult To(HttpContext http, string path, params string[] drop)
    {
        var kept = http.Request.Query.Where(q => Array.IndexOf(drop, q.Key) < 0).SelectMany(q => q.Value, (q, value) => $"{Uri.EscapeDataString(q.Key)}={Uri.EscapeDataString(value ?? "")}");
        var (before, anchor) = path.IndexOf('#', StringComparison.Ordinal) is var hash and >= 0 ? (path[..hash], path[hash..]) : (path, "");
        var query = string.Join('&', kept);
        var separator = query.Length == 0 ? "" : before.Contains('?', StringComparison.Ordinal) ? "&" : "?";
        return TypedResults.Redirect($"{before}{separator}{query}{anchor}", permanent: true);
    }

    /// <summary>Where the reader came by another spelling of <paramref name="canonical"/>, sends them there; else null.</summary>
    /// <param name="canonical">Root-relative and percent-encoded; a query of its own is left alone.</param>
    public static IResult? IfNotAt(HttpContext http, string canonical)
    {
        var path = canonical.Split('?', 2)[0];
        return Uri.UnescapeDataString(path) == Uri.UnescapeDataString(http.Request.Path.Value ?? "/") ? null : To(http, path);
    }
}
