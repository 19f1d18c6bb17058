namespace Broadsheet.Web.Hosting;

/// <summary>What every response says to the browser: nothing from elsewhere, nothing inline, no guessing of types, no framing.</summary>
internal static class SecurityHeaders
{
    public const string Policy = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

    /// <param name="mediaHosts">Hosts whose pictures and sounds an operator has allowed.</param>
    public static void Add(HttpResponse response, IReadOnlyList<string> mediaHosts)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = mediaHosts.Count == 0 ? Policy : $"{Policy}; img-src 'self' {Hosts(mediaHosts)}; media-src 'self' {Hosts(mediaHosts)}";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        headers.XFrameOptions = "SAMEORIGIN";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
    }

    private static string Hosts(IReadOnlyList<string> hosts) => string.Join(' ', hosts.Where(h => h.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or ':')).Select(h => $"https://{h}"));
}
