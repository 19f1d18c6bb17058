using System.Globalization;

namespace Broadsheet.Web.Reads.Desk;

/// <summary>What the machine knows of languages and time zones, for lists to choose from.</summary>
internal static class Choices
{
    public static IReadOnlyList<KeyValuePair<string, string>> Languages { get; } =
        [.. CultureInfo.GetCultures(CultureTypes.NeutralCultures).Where(c => c.Name.Length is > 0 and <= 8).OrderBy(c => c.EnglishName, StringComparer.Ordinal).Select(c => KeyValuePair.Create(c.Name, c.EnglishName))];

    public static IReadOnlyList<string> Zones { get; } = [.. TimeZoneInfo.GetSystemTimeZones().Where(z => z.HasIanaId).Select(z => z.Id).Append("UTC").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
