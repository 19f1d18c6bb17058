namespace Broadsheet.Web.Reads;

/// <summary>Reads what a form brought, for the rooms that answer in their own words where it is none.</summary>
internal static class PostedForm
{
    /// <returns>Null where the body is no form, is cut off or damaged, or a field of it is larger than the server takes.</returns>
    public static async Task<IFormCollection?> ReadAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType) return null;
        try
        {
            return await http.Request.ReadFormAsync(http.RequestAborted);
        }
        catch (Exception damaged) when (damaged is InvalidDataException or IOException and not BadHttpRequestException && !http.RequestAborted.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>What was typed into a field, without what databases do not take and what stands around it.</summary>
    public static string Text(this IFormCollection form, string name) => form[name].ToString().Replace("\0", "", StringComparison.Ordinal).Trim();
}
