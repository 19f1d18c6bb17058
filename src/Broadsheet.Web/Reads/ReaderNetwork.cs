using System.Net;
using System.Net.Sockets;

namespace Broadsheet.Web.Reads;

/// <summary>The network that a reader comes from, as far as one household or one phone's provider has it: /24 of IPv4, /64 of IPv6.</summary>
internal static class ReaderNetwork
{
    public static string Of(HttpContext http) => http.Connection.RemoteIpAddress is { } address ? Of(address) : "";

    public static string Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, address.AddressFamily == AddressFamily.InterNetworkV6 ? 8 : 3, address.AddressFamily == AddressFamily.InterNetworkV6 ? 8 : 1);
        return new IPAddress(bytes).ToString();
    }
}
