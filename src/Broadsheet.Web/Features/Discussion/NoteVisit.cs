using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Discussion;

/// <summary>Our script says that someone who is signed in has read a discussion: what comes later is new to them. A guest's browser remembers by itself.</summary>
internal static class NoteVisit
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/wp-json/broadsheet/v1/visits", HandleAsync).DisableAntiforgery();

    private static async Task<IResult> HandleAsync(HttpContext http, Writes writes)
    {
        if (CurrentPerson.Of(http) is not { } person) return TypedResults.NoContent();
        if (await PostedForm.ReadAsync(http) is not { } form || DiscussionFinder.Id(form["post"]) is not { } article) return TypedResults.BadRequest();
        await writes.RunAsync(async (scope, ct) =>
        {
            if (await scope.Db.Visits.Where(v => v.PersonId == person.Id && v.ArticleId == article).ExecuteUpdateAsync(set => set.SetProperty(v => v.At, scope.Now), ct) > 0) return;
            if (await scope.Db.Articles.AnyAsync(a => a.Id == article, ct)) scope.Db.Visits.Add(new Visit { PersonId = person.Id, ArticleId = article, At = scope.Now });
        }, http.RequestAborted);
        return TypedResults.NoContent();
    }
}
