using System.Globalization;

namespace Broadsheet.Web.Features.Api;

/// <summary>Dates as WordPress writes them: ISO 8601 to the second, without an offset.</summary>
internal static class ApiDates
{
    public static string Of(DateTime moment) => moment.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Utc(DateTimeOffset instant) => Of(instant.UtcDateTime);
}
