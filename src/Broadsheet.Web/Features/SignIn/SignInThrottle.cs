using System.Net;
using System.Net.Sockets;
using Broadsheet.Web.Data;

namespace Broadsheet.Web.Features.SignIn;

/// <summary>
/// Slows down those who guess passwords: tries are counted in a sliding window, for an account from one network, for a network, and
/// for an account from everywhere. A browser that has signed in to the account before has a count of its own, so that strangers
/// who guess do not lock its owner out; a one-time link is never slowed down.
/// </summary>
/// <param name="name">Of what is tried; each is counted for itself.</param>
internal sealed class SignInThrottle(string name, IReadOnlyList<IPNetwork> exempt, ISharedCounts counts, TimeProvider clock)
{
    public const int TriesOfOneNetworkAtOneAccount = 8;
    public const int TriesOfOneNetwork = 40;
    public const int TriesAtOneAccount = 60;
    public const int TriesOfKnownBrowser = 20;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private const int Remembered = 50_000;

    private readonly CountKind _kind = new(name, Window);
    private readonly Dictionary<string, DateTimeOffset> _told = [];
    private readonly Lock _lock = new();

    /// <summary>Counts a try before the password is looked at, so that many at once are not more than many in a row.</summary>
    /// <returns>Null: go on. Else how long to wait.</returns>
    public async ValueTask<TimeSpan?> TakeAsync(string account, IPAddress? from, bool isKnownBrowser) =>
        from is { } address && exempt.Any(n => n.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)) ? null : (await counts.AddAsync(_kind, KeysOf(account, from, isKnownBrowser))).Wait;

    /// <summary>The password was right: the tries that led to it are forgotten, but for the network's.</summary>
    public ValueTask SucceededAsync(string account, IPAddress? from, bool isKnownBrowser) => counts.ForgetAsync(_kind, [.. KeysOf(account, from, isKnownBrowser).Select(k => k.Key).Where(k => !k.StartsWith(OfNetwork, StringComparison.Ordinal))]);

    /// <summary>Whether the owner of an account should be told now that somebody had to wait: once a day, by this process.</summary>
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

    private const string OfNetwork = "network ";

    private static CountKey[] KeysOf(string account, IPAddress? from, bool isKnownBrowser)
    {
        if (isKnownBrowser) return [new($"known {account}", TriesOfKnownBrowser)];
        var network = NetworkOf(from);
        return [new($"pair {network} {account}", TriesOfOneNetworkAtOneAccount), new($"{OfNetwork}{network}", TriesOfOneNetwork), new($"account {account}", TriesAtOneAccount)];
    }

    /// <summary>One subscriber has a whole /64 of IPv6.</summary>
    private static string NetworkOf(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }
}
