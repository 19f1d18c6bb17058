using System.Net;
using System.Net.Sockets;

namespace Broadsheet.Web.Reads;

/// <summary>The network that a reader comes from, as far as one household or one phone's provider has it: /24 of IPv4, /64 of IPv6.</summary>
internal static class ReaderNetwork
{
    public static string Of(HttpContext http) => http.Connection.RemoteIpAddress is { } address ? Of(address) : "";

    public static string Of(IPAddress address) => Of(address, 8);

    /// <summary>As far as one customer of a provider of servers has it: /24 of IPv4, /48 of IPv6.</summary>
    public static string WideOf(IPAddress address) => Of(address, 6);

    /// <param name="bytesOfV6">How many of the sixteen count.</param>
    private static string Of(IPAddress address, int bytesOfV6)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, address.AddressFamily == AddressFamily.InterNetworkV6 ? bytesOfV6 : 3, address.AddressFamily == AddressFamily.InterNetworkV6 ? 16 - bytesOfV6 : 1);
        return new IPAddress(bytes).ToString();
    }
}
