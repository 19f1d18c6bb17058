using System.Net;
using Broadsheet.Web.Outbound;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Hosting;

/// <summary>
/// Notices a proxy that stands in front of the program and is not trusted: all readers then seem to come from its address, and share one limit. Only one on this machine or in its
/// private network is taken for one: from elsewhere, anybody may send the header.
/// </summary>
internal sealed class UntrustedProxy(RequestDelegate next, ServiceAlerts alerts)
{
    private bool _isSaid;

    public Task InvokeAsync(HttpContext http)
    {
        // What is believed has been taken off by now.
        if (!_isSaid && http.Request.Headers.ContainsKey("X-Forwarded-For") && http.Connection.RemoteIpAddress is { } from && PrivateAddresses.Contains(from)) Say(from);
        return next(http);
    }

    private void Say(IPAddress from)
    {
        _isSaid = true;
        var address = from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from;
        alerts.Set("The proxy in front", $"Requests come through {address}, which says who its readers are and is not trusted: to the publication they are all one reader, with one limit. If it is your proxy, name its network in Hosting:TrustedProxies (such as {address}/{(address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128)}).");
    }
}
