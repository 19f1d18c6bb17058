using System.Net;
using System.Net.Sockets;

namespace Broadsheet.Web.Outbound;

/// <summary>Addresses that only this machine or its own network answers at: nobody outside may have the program call them.</summary>
internal static class PrivateAddresses
{
    /// <summary>IANA's special-purpose registries (RFC 6890 and later), whatever is not for public use.</summary>
    private static readonly IPNetwork[] Networks =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/128", "::1/128", "100::/64", "2001::/23", "2001:db8::/32", "2620:4f:8000::/48", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    public static bool Contains(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && Embedded(address) is { } inner) return Contains(inner);
        return Array.Exists(Networks, n => n.BaseAddress.AddressFamily == address.AddressFamily && n.Contains(address));
    }

    /// <summary>The IPv4 address that an IPv6 one stands for: mapped, compatible, NAT64 (RFC 6052, 8215), 6to4.</summary>
    private static IPAddress? Embedded(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        if (bytes[..12].SequenceEqual<byte>([0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0])) return new IPAddress(bytes[12..]);
        if (bytes[..6].SequenceEqual<byte>([0x00, 0x64, 0xFF, 0x9B, 0x00, 0x01])) return new IPAddress(bytes[12..]);
        if (bytes is [0x20, 0x02, ..]) return new IPAddress(bytes[2..6]);
        // ::a.b.c.d, but not :: and ::1.
        if (bytes[..12].IndexOfAnyExcept((byte)0) < 0 && bytes[12..].IndexOfAnyExcept((byte)0) is >= 0 and < 3) return new IPAddress(bytes[12..]);
        return null;
    }
}
