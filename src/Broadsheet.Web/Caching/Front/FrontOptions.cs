using System.Globalization;
using Broadsheet.Core;

namespace Broadsheet.Web.Caching.Front;

/// <summary>A cache in front of the program (<c>Cache:Front:Seconds</c>, <c>Cache:Front:Purge</c>), such as Varnish.</summary>
/// <param name="Fresh">How long it may give a page without asking: the most that a purge which never comes can cost.</param>
/// <param name="Purge">Where it is told to forget; none where it forgets by time alone.</param>
internal sealed record FrontOptions(TimeSpan Fresh, IReadOnlyList<Uri> Purge)
{
    private const int UsualSeconds = 60;
    private const int LongestSeconds = 3_600;

    /// <returns>Null where there is none: pages are then revalidated at each reading, by whoever keeps them.</returns>
    public static Outcome<FrontOptions?> Read(IConfiguration configuration)
    {
        var addresses = configuration.GetSection("Cache:Front:Purge").GetChildren().Select(c => c.Value ?? "").Append(configuration["Cache:Front:Purge"] ?? "")
            .SelectMany(v => v.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToList();
        if (configuration["Cache:Front:Seconds"] is not { } text && addresses.Count == 0) return (FrontOptions?)null;
        text = configuration["Cache:Front:Seconds"] ?? UsualSeconds.ToString(CultureInfo.InvariantCulture);
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds is < 1 or > LongestSeconds)
            return new Problem("Cache:Front:Seconds", $"Cache:Front:Seconds is “{text}”; it is a number of seconds from 1 to {LongestSeconds:N0}.");
        var purge = new List<Uri>();
        foreach (var address in addresses)
        {
            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) return new Problem("Cache:Front:Purge", $"Cache:Front:Purge has “{address}”; it needs a scheme and a host, as in http://127.0.0.1:6082.");
            purge.Add(uri);
        }
        return new FrontOptions(TimeSpan.FromSeconds(seconds), purge);
    }
}
