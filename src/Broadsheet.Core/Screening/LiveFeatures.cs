using System.Net;
using Broadsheet.Core.Screening.Models;

namespace Broadsheet.Core.Screening;

/// <summary>What the models see of a comment of this publication: when it comes, and when a moderator's decision on it teaches.</summary>
public static class LiveFeatures
{
    private const int LongestAgent = 60;

    /// <param name="email">Empty for none, like the rest.</param>
    public static ScreeningFeatures OfSpam(string body, string author, string authorUrl, string email, string ip, string userAgent) => ScreeningFeatures.Of(body, author, authorUrl, Metadata(email, ip, userAgent));

    public static ScreeningFeatures OfToxicity(string body) => ScreeningFeatures.Of(body, "", "", []);

    private static List<string> Metadata(string email, string ip, string userAgent)
    {
        var metadata = new List<string>(3);
        if (email.LastIndexOf('@') is var at and >= 0) metadata.Add($"mail:{email[(at + 1)..].ToLowerInvariant()}");
        if (IPAddress.TryParse(ip, out var address))
        {
            if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
            var bytes = address.GetAddressBytes();
            metadata.Add($"network:{Convert.ToHexStringLower(bytes.AsSpan(0, bytes.Length == 4 ? 3 : 6))}");
        }
        if (userAgent.Length > 0) metadata.Add($"agent:{(userAgent.Length > LongestAgent ? userAgent[..LongestAgent] : userAgent)}");
        return metadata;
    }
}
