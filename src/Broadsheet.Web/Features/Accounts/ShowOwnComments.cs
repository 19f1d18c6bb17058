using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Accounts;

/// <summary>All that somebody has written in discussions here, newest first.</summary>
internal sealed class ShowOwnComments(IDatabaseEngine engine, ReaderSites sites, DeskPages pages)
{
    private const int Shown = 50;

    public static void Map(RouteGroupBuilder room) => room.MapGet("/comments/", (HttpContext http, ShowOwnComments action) => action.HandleAsync(http));

    private async Task<IResult> HandleAsync(HttpContext http)
    {
        var (ct, id) = (http.RequestAborted, CurrentPerson.Of(http)!.Id);
        var before = long.TryParse(http.Request.Query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var comment) ? comment : (long?)null;
        await using var db = engine.Open();
        var own = db.Comments.Where(c => c.PersonId == id && c.Kind == CommentKind.Comment);
        // By when it was written, as ids of an import need not be in that order.
        if (before is { } last && await own.Where(c => c.Id == last).Select(c => (DateTimeOffset?)c.At).FirstOrDefaultAsync(ct) is { } at) own = own.Where(c => c.At < at || (c.At == at && c.Id < last));
        var newest = own.OrderByDescending(c => c.At).ThenByDescending(c => c.Id).Take(Shown + 1);
        var ids = await newest.Select(c => c.Id).ToListAsync(ct);
        var list = await OwnCommentRows.ReadAsync(db, await sites.OfAsync(http), newest.Take(Shown), ct);
        return await pages.ShowAsync<OwnCommentsPage>(http, new OwnCommentsPage.Content(list, ids.Count > Shown ? string.Create(CultureInfo.InvariantCulture, $"/account/comments/?before={ids[Shown - 1]}") : null, before is not null));
    }
}
