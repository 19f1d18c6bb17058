using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Hosting;

/// <summary>Every public address that no other route takes: it is taken apart once, and the room that knows it answers.</summary>
internal static class AddressRouter
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/{**path}", [HttpMethods.Get, HttpMethods.Head], ShowAsync).WithOrder(int.MaxValue);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, IDatabaseEngine engine, ReaderSites sites, IEnumerable<IShowAddress> rooms, LegacyQueries queries, NotFoundPages notFound)
    {
        var ct = http.RequestAborted;
        var site = await sites.OfAsync(http);
        await using var db = engine.Open();
        var page = new PageRequest(http, site, db);
        var publication = site.Publication;
        var path = http.Request.Path.Value ?? "/";
        if (HasNul(path) || http.Request.Query.Any(q => q.Value.Any(HasNul))) return await notFound.ShowAsync(page, ct);
        if (await queries.AnswerAsync(page, ct) is { } answer) return answer;
        // Both spellings work in WordPress; the one with index.php is canonical only where the structure has it.
        if (publication.PermalinkStructure.Front.Length == 0 && http.Request.Path.StartsWithSegments("/index.php", StringComparison.Ordinal, out var rest)) return Redirect.To(http, rest.HasValue ? rest.ToUriComponent() : "/");
        if (Address.Parse(path, publication.PermalinkStructure, publication.CategoryBase, publication.TagBase) is not { } address) return await notFound.ShowAsync(page, ct);
        var request = new AddressRequest(page, LegacyQueries.Apply(address, http.Request.Query));
        foreach (var room in rooms)
            if (room.Takes(request.Address) && await room.ShowAsync(request, ct) is { } result) return result;
        return await notFound.ShowAsync(page, ct);
    }

    /// <summary>No text holds the character NUL, and PostgreSQL takes none.</summary>
    private static bool HasNul(string? text) => text?.Contains('\0', StringComparison.Ordinal) == true;
}
