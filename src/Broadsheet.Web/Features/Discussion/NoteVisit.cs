using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Features.Discussion;

/// <summary>Our script says that someone who is signed in has read a discussion: what comes later is new to them. A guest's browser remembers by itself.</summary>
internal static class NoteVisit
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/wp-json/broadsheet/v1/visits", HandleAsync).DisableAntiforgery();

    private static async Task<IResult> HandleAsync(HttpContext http, Writes writes)
    {
        if (CurrentPerson.Of(http) is not { } person) return TypedResults.NoContent();
        if (await PostedForm.ReadAsync(http) is not { } form || DiscussionFinder.Id(form["post"]) is not { } article) return TypedResults.BadRequest();
        await writes.RunAsync((scope, ct) => ReaderLedger.VisitAsync(scope, person.Id, article, ct), http.RequestAborted);
        return TypedResults.NoContent();
    }
}
