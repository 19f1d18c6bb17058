using System.Text.RegularExpressions;

namespace Broadsheet.Web.Features.Curation;

/// <summary>Links that an answer's header carries (RFC 8288).</summary>
internal static partial class LinkHeader
{
    /// <summary>The first of a relation; null when there is none.</summary>
    public static Uri? Find(HttpResponseMessage response, string relation, Uri at)
    {
        if (!response.Headers.TryGetValues("Link", out var lines)) return null;
        foreach (var line in lines.Where(l => l.Length <= 8_192))
            foreach (Match link in Links().Matches(line))
                if (link.Groups["rel"].Value.Trim('"').Split(' ').Contains(relation, StringComparer.OrdinalIgnoreCase) && Uri.TryCreate(at, link.Groups["to"].Value, out var found) && found.Scheme is "http" or "https") return found;
        return null;
    }

    [GeneratedRegex("""<(?<to>[^<>]*)>(?:\s*;\s*(?!rel\b)[\w*]+\s*=\s*(?:"[^"]*"|[^\s;,"]+))*\s*;\s*rel\s*=\s*(?<rel>"[^"]*"|[^\s;,"]+)""", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Links();
}
