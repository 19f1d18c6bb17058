namespace Broadsheet.Web.Reads;

/// <summary>Permanent redirects within the publication: path only, with the query that the reader brought.</summary>
internal static class Redirect
{
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
