using System.Globalization;
using System.Text;

namespace Broadsheet.Web.Features.Newsroom.Uploads;

/// <summary>What a sender of pieces says in the headers of tus.</summary>
internal static class UploadHeaders
{
    /// <returns>Null where it is not there, or no whole number of 0 or more.</returns>
    public static long? Number(HttpContext http, string header) => long.TryParse(http.Request.Headers[header], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Of <c>Upload-Metadata</c>: names, each with a value in base 64; empty where it is not there or damaged.</summary>
    public static string Note(HttpContext http, string name)
    {
        foreach (var pair in http.Request.Headers["Upload-Metadata"].ToString().Split(',', StringSplitOptions.TrimEntries))
        {
            var bytes = new byte[pair.Length];
            if (pair.Split(' ') is [var key, var value] && key == name && Convert.TryFromBase64String(value, bytes, out var length)) return Encoding.UTF8.GetString(bytes, 0, length).Replace("\0", "", StringComparison.Ordinal);
        }
        return "";
    }
}
