using Broadsheet.Core.People;
using Broadsheet.Web.Data;

namespace Broadsheet.Web.Reads;

/// <summary>A theme and its looks, tried on the real pages before readers have them: <c>?preview=1&amp;appearance=THEME+LOOK…</c>, for those who may choose them. Such a page is nobody else's, and never stored.</summary>
internal static class TriedAppearance
{
    private const int Longest = 400;

    /// <summary>The query that shows it.</summary>
    public static string QueryOf(string theme, string look) => $"?preview=1&appearance={Uri.EscapeDataString($"{theme} {look}".TrimEnd())}";

    public static Publication Of(HttpContext http, Publication publication)
    {
        if (!http.Request.QueryString.HasValue || !http.Request.Query.ContainsKey("preview")) return publication;
        var wish = http.Request.Query["appearance"].ToString();
        if (wish.Length is 0 or > Longest || !wish.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or ' ')) return publication;
        if (CurrentPerson.Of(http)?.Role.May(Permission.ChangeSettings) != true) return publication;
        var words = wish.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? publication : publication with { Theme = words[0], Look = string.Join(' ', words.Skip(1)) };
    }
}
