namespace Broadsheet.Web.Features.SignIn.Mailed;

/// <summary>How many mails one network may ask for: in this process and until it ends; a restart forgives, the limits of an address do not.</summary>
internal sealed class MailedPace(TimeProvider clock)
{
    public const int MostOfNetworkAnHour = 20;
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
            if (count >= MostOfNetworkAnHour) return since + Hour - now;
            _networks[network] = (since, count + 1);
            return null;
        }
    }
}
