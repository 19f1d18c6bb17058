using System.Text.RegularExpressions;

namespace Broadsheet.Web.Features.Curation;

/// <summary>Links that an answer's header carries (RFC 8288).</summary>
internal static partial class LinkHeader
{
    /// <summary>The first of a relation; null when there is none.</summary>
    public static Uri? Find(HttpResponseMessage response, string relation, Uri at)
    {
        if (!response.Headers.TryGetValues("Link", out var lines)) return null;
        foreach (Match link in lines.Where(l => l.Length <= 8_192).SelectMany(l => Links().Matches(l)))
        {
            var relations = Relations().Match(link.Groups["more"].Value).Groups["rel"].Value.Trim('"').Split(' ');
            if (relations.Contains(relation, StringComparer.OrdinalIgnoreCase) && Uri.TryCreate(at, link.Groups["to"].Value, out var found) && found.Scheme is "http" or "https") return found;
        }
        return null;
    }

    [GeneratedRegex("<(?<to>[^<>]*)>(?<more>[^<]*)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Links();

    [GeneratedRegex(""";\s*rel\s*=\s*(?<rel>"[^"]*"|[^\s;,"]+)""", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Relations();
}
