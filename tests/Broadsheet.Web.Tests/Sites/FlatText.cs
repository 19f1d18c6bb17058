namespace Broadsheet.Web.Tests.Sites;

/// <summary>A text without its lines, as one reads it.</summary>
public static class FlatText
{
    public static string Flat(this string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
