using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Broadsheet.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Discussion.Avatars;

/// <summary>A commenter's picture, or their initials drawn as one: from this server always, so that no reader's browser asks another.</summary>
internal static class ShowAvatar
{
    private const int MaxInitials = 8;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapMethods("/discussion/avatar/{key:length(7)}", [HttpMethods.Get, HttpMethods.Head], HandleAsync);

    private static async Task<IResult> HandleAsync(HttpContext http, string key, IDatabaseEngine engine)
    {
        var (headers, query) = (http.Response.Headers, http.Request.Query);
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        await using var db = engine.Open();
        var found = await db.Avatars.Where(a => a.AuthorKey == key).Select(a => new { a.Picture, a.Version }).FirstOrDefaultAsync(http.RequestAborted);
        headers.CacheControl = Lifetime(query["v"].ToString(), found?.Picture is null ? null : found.Version);
        if (found?.Picture is { } picture) return TypedResults.Bytes(picture, "image/webp");
        _ = int.TryParse(query["t"], NumberStyles.None, CultureInfo.InvariantCulture, out var tone);
        return TypedResults.Text(Draw(query["i"].ToString(), tone % 12), "image/svg+xml", Encoding.UTF8);
    }

    /// <summary>For ever under the address of this very picture. A page that a change has not reached yet names an older one, and nobody may have the next one kept before it is there.</summary>
    /// <param name="version">Of the picture that is there; null for none.</param>
    private static string Lifetime(string asked, int? version)
    {
        if (asked.Length == 0) return string.Create(CultureInfo.InvariantCulture, $"public, max-age={(int)Day.TotalSeconds}");
        return asked == version?.ToString(CultureInfo.InvariantCulture) ? "public, max-age=31536000, immutable" : "public, max-age=60";
    }

    private static string Draw(string initials, int tone) => string.Create(CultureInfo.InvariantCulture,
        $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96"><rect width="96" height="96" fill="hsl({tone * 30 + 5} 38% 28%)"/><text x="48" y="49" fill="#fff" font-family="system-ui,sans-serif" font-weight="650" font-size="38" text-anchor="middle" dominant-baseline="central">{HtmlEncoder.Default.Encode(initials.Length <= MaxInitials ? initials : "")}</text></svg>""");
}
