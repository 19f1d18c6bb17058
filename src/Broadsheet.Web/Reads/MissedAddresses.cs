using Broadsheet.Core.Publishing;
using Broadsheet.Core.Stats;
using Broadsheet.Web.Data.Records;

namespace Broadsheet.Web.Reads;

/// <summary>Counts, in bounded memory, where readers came and found nothing, and which rules sent them on; a job writes it down.</summary>
internal sealed class MissedAddresses
{
    private const int Most = 500;
    private const int MaxPath = 300;
    private const int MaxLink = 200;

    private readonly Dictionary<string, MissedAddress> _missed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _hits = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public void SentOn(RedirectRule rule)
    {
        lock (_lock)
            if (_hits.Count < Most || _hits.ContainsKey(rule.From)) _hits[rule.From] = _hits.GetValueOrDefault(rule.From) + 1;
    }

    /// <summary>Nothing was there. Those who try addresses by the thousand are left out: programs that say so, and whoever asks for files that no page of ours links to.</summary>
    public void Missed(HttpRequest request, IEnumerable<string> ownHosts)
    {
        if (Robots.Is(request.Headers.UserAgent) || RedirectRule.Normalise(request.Path.Value) is not { Length: > 1 and <= MaxPath } path) return;
        var referrer = request.Headers.Referer.ToString();
        var source = ViewSource.Of(referrer, ownHosts);
        var isOwn = source is null;
        if (!isOwn && !IsPage(path)) return;
        var link = isOwn && Uri.TryCreate(referrer, UriKind.Absolute, out var page) ? page.AbsolutePath : source ?? "";
        if (link.Length > MaxLink) link = link[..MaxLink];
        lock (_lock)
        {
            if (_missed.TryGetValue(path, out var known))
            {
                known.Hits++;
                if (link.Length > 0) known.LinkedFrom = link;
            }
            else if (_missed.Count < Most) _missed.Add(path, new MissedAddress { Path = path, Hits = 1, LinkedFrom = link });
        }
    }

    /// <summary>All of it; counting begins anew.</summary>
    public (IReadOnlyList<MissedAddress> Missed, IReadOnlyList<KeyValuePair<string, int>> Hits) Take()
    {
        lock (_lock)
        {
            (List<MissedAddress> missed, List<KeyValuePair<string, int>> hits) = ([.. _missed.Values], [.. _hits]);
            _missed.Clear();
            _hits.Clear();
            return (missed, hits);
        }
    }

    /// <summary>Could have been a page's address once.</summary>
    private static bool IsPage(string path)
    {
        if (path.Contains("/.", StringComparison.Ordinal) || path.StartsWith("/wp-", StringComparison.OrdinalIgnoreCase) || path.Contains("cgi-bin", StringComparison.OrdinalIgnoreCase)) return false;
        return Path.GetExtension(path.AsSpan()) is "" or ".html" or ".htm";
    }
}
