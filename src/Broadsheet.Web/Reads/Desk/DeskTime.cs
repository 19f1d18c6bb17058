using System.Globalization;
using Broadsheet.Web.Data;

namespace Broadsheet.Web.Reads.Desk;

/// <summary>Moments as the newsroom's clocks show them: in the publication's zone.</summary>
internal static class DeskTime
{
    /// <summary>What <c>datetime-local</c> fields hold.</summary>
    public const string FieldFormat = "yyyy-MM-ddTHH:mm";

    public static string Of(Publication publication, DateTimeOffset at) => Of(publication.Local(at));

    public static string Of(DateTime local) => local.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    public static string Field(DateTime? local) => local?.ToString(FieldFormat, CultureInfo.InvariantCulture) ?? "";

    /// <summary>Reads a field; seconds may follow, as some browsers send them. Years of four digits, but the last, which some zone would leave.</summary>
    /// <returns>Null for what is no such time.</returns>
    public static DateTime? Read(string written) =>
        DateTime.TryParseExact(written, [FieldFormat, "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year is >= 1_000 and <= 9_998 ? DateTime.SpecifyKind(local, DateTimeKind.Unspecified) : null;

    /// <summary>Where clocks go back, the first of the two moments is meant.</summary>
    /// <returns>Null where clocks go forward over this time: it does not exist.</returns>
    public static DateTimeOffset? Instant(Publication publication, DateTime local)
    {
        var zone = publication.Zone;
        if (zone.IsInvalidTime(local)) return null;
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
