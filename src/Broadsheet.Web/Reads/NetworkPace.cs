namespace Broadsheet.Web.Reads;

/// <summary>How often one network may do something in an hour: in this process and until it ends; a restart forgives.</summary>
internal sealed class NetworkPace(int most, TimeProvider clock)
{
    private const int MostNetworks = 50_000;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Dictionary<string, (DateTimeOffset Since, int Count)> _networks = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <returns>Null: go on. Else how long to wait.</returns>
    public TimeSpan? Take(string network)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            if (_networks.Count >= MostNetworks)
                foreach (var (old, _) in _networks.Where(n => now - n.Value.Since >= Hour).ToList()) _networks.Remove(old);
            if (_networks.Count >= MostNetworks) _networks.Clear();
            var (since, count) = _networks.TryGetValue(network, out var found) && now - found.Since < Hour ? found : (now, 0);
            if (count >= most) return since + Hour - now;
            _networks[network] = (since, count + 1);
            return null;
        }
    }
}
