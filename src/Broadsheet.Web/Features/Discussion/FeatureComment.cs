using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Discussion;

/// <summary>A moderator puts a comment on top of its discussion, or takes it from there.</summary>
internal sealed class FeatureComment(IDatabaseEngine engine, ReaderSites sites, Writes writes, DiscussionFinder finder, DiscussionPages pages)
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/discussion/feature/", (HttpContext http, FeatureComment action) => action.HandleAsync(http)).DisableAntiforgery();

    private async Task<IResult> HandleAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        await using var db = engine.Open();
        var page = new PageRequest(http, await sites.OfAsync(http), db);
        if (CurrentPerson.Of(http)?.May(Permission.Moderate, page.Site.Publication) != true) return pages.Say(page, "Only moderators choose what stands on top of a discussion.", StatusCodes.Status403Forbidden);
        var form = await PostedForm.ReadAsync(http);
        var isFeatured = form?.ContainsKey("feature") == true;
        if (DiscussionFinder.Id(form?[isFeatured ? "feature" : "unfeature"]) is not { } id || await finder.FindAsync(page, null, id, ct) is not { Comment: { Standing: Standing.Shown } comment } target)
            return pages.Say(page, "There is no such comment here (any more).", StatusCodes.Status404NotFound);
        await writes.RunAsync(async (scope, token) =>
        {
            await CommentLedger.TakeTurnAsync(scope, target.Article.Id, token);
            await CommentLedger.FeatureAsync(scope, await scope.Db.Comments.AsTracking().SingleAsync(c => c.Id == id, token), isFeatured, token);
        }, ct);
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = page.Site.Links.ToComment(page.Site.Links.To(target.Article), comment.Id, comment.FullNumber);
        return TypedResults.Empty;
    }
}
