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
        var headers = http.Response.Headers;
        headers.CacheControl = string.Create(CultureInfo.InvariantCulture, $"public, max-age={(int)Day.TotalSeconds}");
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        await using var db = engine.Open();
        if (await db.Avatars.Where(a => a.AuthorKey == key).Select(a => a.Picture).FirstOrDefaultAsync(http.RequestAborted) is { } picture) return TypedResults.Bytes(picture, "image/webp");
        var query = http.Request.Query;
        _ = int.TryParse(query["t"], NumberStyles.None, CultureInfo.InvariantCulture, out var tone);
        return TypedResults.Text(Draw(query["i"].ToString(), tone % 12), "image/svg+xml", Encoding.UTF8);
    }

    private static string Draw(string initials, int tone) => string.Create(CultureInfo.InvariantCulture,
        $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96"><rect width="96" height="96" fill="hsl({tone * 30 + 5} 38% 28%)"/><text x="48" y="49" fill="#fff" font-family="system-ui,sans-serif" font-weight="650" font-size="38" text-anchor="middle" dominant-baseline="central">{HtmlEncoder.Default.Encode(initials.Length <= MaxInitials ? initials : "")}</text></svg>""");
}
