using Broadsheet.Core.Transfer.WordPress;
using Broadsheet.Web.Data;

namespace Broadsheet.Web.Features.Transfer.WordPress;

/// <summary>What an export says of its publication, as far as nobody has said it here.</summary>
internal static class ChannelSettings
{
    /// <summary>Offsets that only one zone has all year round; whole hours have zones of their own.</summary>
    private static readonly (int Minutes, string Zone)[] Zones =
        [(210, "Asia/Tehran"), (270, "Asia/Kabul"), (330, "Asia/Kolkata"), (345, "Asia/Kathmandu"), (390, "Asia/Yangon"), (525, "Australia/Eucla"), (570, "Australia/Darwin")];

    public static Publication Apply(Publication here, FirstPass first)
    {
        var channel = first.Survey.Channel;
        var hosts = here.OwnHosts.Concat(first.Survey.Hosts.Names).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        var changed = here with { OwnHosts = hosts, OldBasePath = here.OldBasePath.Length > 0 ? here.OldBasePath : BasePathOf(channel) };
        if (here.IsSetUp) return changed;
        return changed with
        {
            Title = StoredName.Plain(channel.Title) is { Length: > 0 } title ? title : here.Title,
            Tagline = StoredName.Plain(channel.Description) is { Length: > 0 } tagline ? tagline : here.Tagline,
            Language = channel.Language.Length is > 0 and <= 35 && channel.Language.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? channel.Language.Replace('_', '-') : here.Language,
            TimeZone = ZoneOf(first) ?? here.TimeZone,
        };
    }

    /// <summary>Whether anything differs, list by list.</summary>
    public static bool IsSame(Publication a, Publication b) => a with { OwnHosts = b.OwnHosts } == b && a.OwnHosts.SequenceEqual(b.OwnHosts, StringComparer.OrdinalIgnoreCase);

    /// <summary>Null where the dates of the file do not settle it, as in a country that turns its clocks.</summary>
    private static string? ZoneOf(FirstPass first)
    {
        if (!first.HasOneOffset) return null;
        var minutes = (int)first.Offset.TotalMinutes;
        if (minutes == 0) return "UTC";
        // Names of Etc count the other way: GMT-2 is two hours ahead.
        if (minutes % 60 == 0) return Known($"Etc/GMT{(minutes > 0 ? '-' : '+')}{Math.Abs(minutes) / 60}");
        return Array.Find(Zones, z => z.Minutes == minutes).Zone is { } zone ? Known(zone) : null;
    }

    private static string? Known(string zone) => TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _) ? zone : null;

    private static string BasePathOf(WxrChannel channel)
    {
        var address = channel.BaseBlogUrl.Length > 0 ? channel.BaseBlogUrl : channel.Link;
        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? Uri.UnescapeDataString(uri.AbsolutePath).TrimEnd('/') : "";
    }
}
