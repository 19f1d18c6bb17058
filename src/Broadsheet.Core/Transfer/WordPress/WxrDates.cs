using System.Globalization;

namespace Broadsheet.Core.Transfer.WordPress;

/// <summary>Dates as WordPress writes them: <c>2020-02-20 10:11:12</c>, zero dates for "never", RFC 822 in RSS.</summary>
internal static class WxrDates
{
    private static readonly string[] LocalForms =
        ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFF", "yyyy-MM-dd HH:mm", "yyyy-MM-dd"];

    private static readonly string[] MailForms = ["d MMM yyyy HH:mm:ss", "d MMM yyyy HH:mm", "d MMM yy HH:mm:ss"];

    /// <returns>False when it is no date; true with null for none (empty, <c>0000-00-00 …</c>, PHP's <c>-0001-11-30 …</c>).</returns>
    public static bool TryLocal(string text, out DateTime? date)
    {
        date = null;
        if (text.Length == 0 || text.StartsWith("0000-00-00", StringComparison.Ordinal) || text.StartsWith("-0001-", StringComparison.Ordinal))
            return true;
        if (!DateTime.TryParseExact(text, LocalForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var found)) return false;
        date = found;
        return true;
    }

    /// <returns>As <see cref="TryLocal"/>; a wrong weekday is forgiven.</returns>
    public static bool TryRfc822(string text, out DateTimeOffset? date)
    {
        date = null;
        if (text.Length == 0 || text.Contains("-0001", StringComparison.Ordinal)) return true;
        var rest = text.AsSpan();
        var comma = rest.IndexOf(',');
        if (comma >= 0) rest = rest[(comma + 1)..].Trim();
        var space = rest.LastIndexOf(' ');
        if (space < 0 || Zone(rest[(space + 1)..]) is not { } zone) return false;
        if (!DateTime.TryParseExact(rest[..space].Trim(), MailForms, CultureInfo.InvariantCulture, DateTimeStyles.AllowInnerWhite, out var local))
            return false;
        var ticks = local.Ticks - zone.Ticks;
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks) return false;
        date = new DateTimeOffset(local, zone);
        return true;
    }

    private static TimeSpan? Zone(ReadOnlySpan<char> zone)
    {
        if (zone is "GMT" or "UT" or "UTC" or "Z") return TimeSpan.Zero;
        if (zone.Length == 6 && zone[3] == ':') zone = string.Concat(zone[..3], zone[4..]);
        if (zone.Length != 5 || zone[0] is not ('+' or '-')) return null;
        if (!int.TryParse(zone[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        var minutes = number / 100 * 60 + number % 100;
        if (minutes > 14 * 60) return null;
        return TimeSpan.FromMinutes(zone[0] == '-' ? -minutes : minutes);
    }
}
