using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Features.Accounts;

/// <summary>Takes somebody's own picture away, for good.</summary>
internal sealed class RemovePicture(Writes writes, PublicationStore publications)
{
    public const string Done = "removed";

    public static void Map(RouteGroupBuilder room) => room.MapPost("/picture/remove/", (HttpContext http, RemovePicture action) => action.HandleAsync(http));

    private async Task<IResult> HandleAsync(HttpContext http)
    {
        var (person, publication) = (CurrentPerson.Of(http)!.Id, await publications.GetAsync(http.RequestAborted));
        await writes.RunAsync((scope, token) => PictureLedger.RemoveAsync(scope, person, AuthorKeys.OfPerson(publication, person), token), http.RequestAborted);
        return TypedResults.Redirect($"{AccountsRoom.Page}?said={Done}");
    }
}
