using System.Globalization;
using System.Net;
using Broadsheet.Core.Screening;

namespace Broadsheet.Web.Reads;

/// <summary>How many comments came within a minute, from one network and into one discussion: in this process and until it ends.</summary>
internal sealed class CommentBursts(CountedNetworks networks, TimeProvider clock)
{
    private const int Most = 50_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, (DateTimeOffset Since, int Before, int Now)> _counts = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Counts a comment that came, and says how many there were with it.</summary>
    public ScreeningFacts Count(ScreeningFacts facts, IPAddress? from, long articleId) => facts with
    {
        FromNetwork = networks.WideOf(from) is { } network ? Add(network) : 0,
        IntoThread = facts.IsTrusted || facts.History.Shown > 0 ? 0 : Add(string.Create(CultureInfo.InvariantCulture, $"#{articleId}")),
    };

    /// <returns>How many in the last minute, about: those of the minute before count by the part of it that is within.</returns>
    private int Add(string key)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            if (_counts.Count >= Most)
                foreach (var old in _counts.Where(c => now - c.Value.Since >= 2 * Window).Select(c => c.Key).ToList()) _counts.Remove(old);
            if (_counts.Count >= Most) _counts.Clear();
            var (since, before, count) = _counts.TryGetValue(key, out var found) && now - found.Since < 2 * Window ? found : (now, 0, 0);
            if (now - since >= Window) (since, before, count) = (since + Window, count, 0);
            _counts[key] = (since, before, ++count);
            return count + (int)(before * (1 - (now - since) / Window));
        }
    }
}
