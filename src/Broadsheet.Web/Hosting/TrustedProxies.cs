using Microsoft.AspNetCore.HttpOverrides;

namespace Broadsheet.Web.Hosting;

/// <summary>Whose <c>X-Forwarded-*</c> is believed, where any is.</summary>
internal static class TrustedProxies
{
    public static ForwardedHeadersOptions Options(IReadOnlyList<System.Net.IPNetwork> trusted)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in trusted) options.KnownIPNetworks.Add(network);
        return options;
    }
}
