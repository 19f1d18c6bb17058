namespace Broadsheet.Web.Data;

/// <summary>How often one network may do something in a time: in this process and until it ends; a restart forgives.</summary>
/// <param name="window">Begins with a network's first; with its end all is forgiven.</param>
internal sealed class NetworkPace(int most, TimeSpan window, TimeProvider clock)
{
    private const int MostNetworks = 50_000;

    private readonly Dictionary<string, (DateTimeOffset Since, int Count)> _networks = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <returns>Null: go on. Else how long to wait.</returns>
    public TimeSpan? Take(string network)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            if (_networks.Count >= MostNetworks)
                foreach (var (old, _) in _networks.Where(n => now - n.Value.Since >= window).ToList()) _networks.Remove(old);
            if (_networks.Count >= MostNetworks) _networks.Clear();
            var (since, count) = _networks.TryGetValue(network, out var found) && now - found.Since < window ? found : (now, 0);
            if (count >= most) return since + window - now;
            _networks[network] = (since, count + 1);
            return null;
        }
    }
}
