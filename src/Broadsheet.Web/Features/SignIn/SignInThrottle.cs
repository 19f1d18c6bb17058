using System.Net;
using System.Net.Sockets;

namespace Broadsheet.Web.Features.SignIn;

/// <summary>
/// Slows down those who guess passwords: tries are counted in a sliding window, for an account from one network, for a network, and
/// for an account from everywhere. A browser that has signed in to the account before has a count of its own, so that strangers
/// who guess do not lock its owner out; a one-time link is never slowed down.
/// </summary>
internal sealed class SignInThrottle(IReadOnlyList<IPNetwork> exempt, TimeProvider clock)
{
    public const int TriesOfOneNetworkAtOneAccount = 8;
    public const int TriesOfOneNetwork = 40;
    public const int TriesAtOneAccount = 60;
    public const int TriesOfKnownBrowser = 20;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private const int Remembered = 50_000;
    private readonly Dictionary<(string Kind, string Who), Queue<DateTimeOffset>> _tries = [];
    private readonly Dictionary<string, DateTimeOffset> _told = [];
    private readonly Lock _lock = new();

    /// <summary>Counts a try before the password is looked at, so that many at once are not more than many in a row.</summary>
    /// <returns>Null: go on. Else how long to wait.</returns>
    public TimeSpan? Take(string account, IPAddress? from, bool isKnownBrowser)
    {
        if (from is { } address && exempt.Any(n => n.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address))) return null;
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            if (_tries.Count > Remembered) Forget(now);
            var counts = CountsOf(account, from, isKnownBrowser).Select(c => (Queue: QueueOf(c.Kind, c.Who, now), c.Limit)).ToList();
            var full = counts.Where(c => c.Queue.Count >= c.Limit).ToList();
            if (full.Count > 0) return full.Max(c => c.Queue.Peek()) + Window - now;
            foreach (var (queue, _) in counts) queue.Enqueue(now);
            return null;
        }
    }

    /// <summary>The password was right: the tries that led to it are forgotten.</summary>
    public void Succeeded(string account, IPAddress? from, bool isKnownBrowser)
    {
        lock (_lock)
            foreach (var (kind, who, _) in CountsOf(account, from, isKnownBrowser))
                if (kind != "network") _tries.Remove((kind, who));
    }

    /// <summary>Whether the owner of an account should be told now that somebody had to wait: once a day.</summary>
    public bool IsNews(string account)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            if (_told.TryGetValue(account, out var told) && now - told < TimeSpan.FromDays(1)) return false;
            if (_told.Count >= Remembered) _told.Clear();
            _told[account] = now;
            return true;
        }
    }

    private static IEnumerable<(string Kind, string Who, int Limit)> CountsOf(string account, IPAddress? from, bool isKnownBrowser)
    {
        if (isKnownBrowser) return [("known", account, TriesOfKnownBrowser)];
        var network = NetworkOf(from);
        return [("pair", $"{network} {account}", TriesOfOneNetworkAtOneAccount), ("network", network, TriesOfOneNetwork), ("account", account, TriesAtOneAccount)];
    }

    private Queue<DateTimeOffset> QueueOf(string kind, string who, DateTimeOffset now)
    {
        if (!_tries.TryGetValue((kind, who), out var queue)) _tries[(kind, who)] = queue = new Queue<DateTimeOffset>();
        while (queue.TryPeek(out var oldest) && now - oldest >= Window) queue.Dequeue();
        return queue;
    }

    /// <summary>Old tries first; where that makes no room, all: better than running out of memory under an attack from everywhere.</summary>
    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, queue) in _tries.ToList())
            if (queue.Count == 0 || now - queue.Last() >= Window) _tries.Remove(key);
        if (_tries.Count > Remembered) _tries.Clear();
    }

    /// <summary>One subscriber has a whole /64 of IPv6.</summary>
    private static string NetworkOf(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }
}
