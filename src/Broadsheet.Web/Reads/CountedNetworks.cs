using System.Net;
using System.Net.Sockets;

namespace Broadsheet.Web.Reads;

/// <summary>The network that a request came from, for limits: one household or one provider's customer, not one address of the thousands that it may have.</summary>
/// <param name="exempt">Networks that no limit touches.</param>
internal sealed class CountedNetworks(IReadOnlyList<IPNetwork> exempt)
{
    /// <returns>A /24 of IPv4 or a /64 of IPv6; null where it is not counted, or not known.</returns>
    public string? Of(IPAddress? from)
    {
        if (from is null) return null;
        var address = from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from;
        foreach (var network in exempt)
            if (network.Contains(address)) return null;
        var bytes = address.GetAddressBytes();
        return Convert.ToHexStringLower(bytes.AsSpan(0, address.AddressFamily == AddressFamily.InterNetwork ? 3 : 8));
    }
}
