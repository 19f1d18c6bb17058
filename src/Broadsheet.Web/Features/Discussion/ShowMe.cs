using System.Globalization;
using System.Text.Json.Serialization;
using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Discussion;

/// <summary>
/// What the shared page cannot say: who this reader is, what the form should be filled with, which of their comments wait.
/// At most two statements; never cached.
/// </summary>
internal static class ShowMe
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/wp-json/broadsheet/v1/me", HandleAsync);

    private static async Task<IResult> HandleAsync(HttpContext http, IDatabaseEngine engine, ReaderSites sites, GuestCookies guests, TimeProvider clock)
    {
        var ct = http.RequestAborted;
        http.Response.Headers.CacheControl = "private, no-store";
        var guest = guests.Read(http);
        var person = CurrentPerson.Of(http);
        var held = new List<Held>();
        if (guests.OwnComments(http) is { Count: > 0 } own && long.TryParse(http.Request.Query["post"], NumberStyles.None, CultureInfo.InvariantCulture, out var article))
        {
            var site = await sites.OfAsync(http);
            await using var db = engine.Open();
            var rows = await db.Comments.Where(c => own.Contains(c.Id) && c.ArticleId == article && c.Standing == Standing.Held).OrderBy(c => c.Id).AsRows().ToListAsync(ct);
            held = rows.ConvertAll(r => new Held(r.Id, r.ParentId, r.AuthorName, PageViews.Date(site, r.At, r.AtLocal).Iso, PageViews.Date(site, r.At, r.AtLocal).Short, r.BodyHtml));
        }
        return TypedResults.Json(new Me(person?.Name, guest?.Name, guest?.Email, guest?.Url, held, clock.GetUtcNow().ToUnixTimeMilliseconds()), MeJson.Default.Me);
    }

    /// <param name="Person">The signed-in person's name; null for a guest.</param>
    /// <param name="Now">The server's clock, in milliseconds since 1970.</param>
    internal sealed record Me(string? Person, string? Author, string? Email, string? Url, IReadOnlyList<Held> Held, long Now);

    /// <param name="Body">Safe HTML.</param>
    internal sealed record Held(long Id, long? Parent, string Author, string Date, string When, string Body);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ShowMe.Me))]
internal sealed partial class MeJson : JsonSerializerContext;
