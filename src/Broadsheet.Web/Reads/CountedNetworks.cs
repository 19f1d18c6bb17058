using System.Net;

namespace Broadsheet.Web.Reads;

/// <summary>The network that a request came from, for limits.</summary>
/// <param name="exempt">Networks that no limit touches.</param>
internal sealed class CountedNetworks(IReadOnlyList<IPNetwork> exempt)
{
    /// <returns>As <see cref="ReaderNetwork"/> has it; null where it is not counted, or not known.</returns>
    public string? Of(IPAddress? from) => Counted(from) is { } address ? ReaderNetwork.Of(address) : null;

    /// <returns>As <see cref="ReaderNetwork.WideOf"/> has it; null where it is not counted, or not known.</returns>
    public string? WideOf(IPAddress? from) => Counted(from) is { } address ? ReaderNetwork.WideOf(address) : null;

    private IPAddress? Counted(IPAddress? from)
    {
        if (from is null) return null;
        var address = from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from;
        foreach (var network in exempt)
            if (network.Contains(address)) return null;
        return address;
    }
}
