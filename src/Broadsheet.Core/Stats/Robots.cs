using System.Buffers;

namespace Broadsheet.Core.Stats;

/// <summary>Programs that say what they are. Those that do not are hardly ever found by their name.</summary>
public static class Robots
{
    private static readonly SearchValues<string> Names = SearchValues.Create(
        ["bot", "crawl", "spider", "slurp", "headless", "lighthouse", "preview", "monitor", "scrape", "fetch", "python", "curl/", "wget", "httpclient", "http-client", "okhttp", "java/", "go-http", "phantom", "selenium", "pingdom", "facebookexternalhit", "archiv", "scan", "validator", "feed"],
        StringComparison.OrdinalIgnoreCase);

    /// <param name="userAgent">As the request has it; nothing said counts as a program.</param>
    public static bool Is(string? userAgent)
    {
        if (string.IsNullOrWhiteSpace(userAgent)) return true;
        // A maker of telephones.
        var said = userAgent.Contains("cubot", StringComparison.OrdinalIgnoreCase) ? userAgent.Replace("cubot", "", StringComparison.OrdinalIgnoreCase) : userAgent;
        return said.AsSpan().ContainsAny(Names);
    }
}
