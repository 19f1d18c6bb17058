using System.Text;

namespace Broadsheet.Web.Reads;

/// <summary>
/// The name and the application password that a program sends with each request to the API (RFC 7617). They are looked at below <c>/wp-json/</c> alone: never for pages, never for forms.
/// A browser adds such a header to another site's request only after it was asked for a password and somebody typed one. No answer of ours has
/// <c>WWW-Authenticate</c>, so no browser ever asks: what comes with the header was meant by whoever sent it.
/// </summary>
internal sealed record BasicCredentials(string Name, string Password)
{
    /// <summary>Where people make such passwords.</summary>
    public const string Page = "/account/application-passwords/";

    private const string Scheme = "Basic";

    /// <summary>The request wishes to be somebody's by them, and by nothing else.</summary>
    public static bool AreIn(HttpRequest request) => request.Headers.Authorization.Count > 0 && request.Path.StartsWithSegments("/wp-json", StringComparison.Ordinal) && IsBasic(request.Headers.Authorization.ToString());

    /// <returns>Null where the header is damaged.</returns>
    public static BasicCredentials? Read(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        var sealedPair = header.AsSpan(Math.Min(header.Length, Scheme.Length)).Trim();
        var bytes = new byte[sealedPair.Length];
        if (!Convert.TryFromBase64Chars(sealedPair, bytes, out var length)) return null;
        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : new BasicCredentials(pair[..colon], pair[(colon + 1)..]);
    }

    private static bool IsBasic(string header) => header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && (header.Length == Scheme.Length || header[Scheme.Length] is ' ' or '\t');
}
