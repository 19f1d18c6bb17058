using Broadsheet.Core.Discussion;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Moderation;

/// <summary>One comment in its conversation: what it answers up to the top, what answers it, what it said before, what was decided, and what else its writer wrote.</summary>
internal sealed class ShowComment(IDatabaseEngine engine, ReaderSites sites, WriterLevels levels, DeskPages pages, TimeProvider clock)
{
    private const int MostAbove = 20;
    private const int MostBelow = 30;
    private const int MostOthers = 15;
    private const int MostDecisions = 50;

    public static void Map(RouteGroupBuilder room) => room.MapGet("/{id:long}/", (HttpContext http, long id, ShowComment action) => action.ShowAsync(http, id));

    public static string Address(long id) => FormattableString.Invariant($"{QueueNames.Page}{id}/");

    private async Task<IResult> ShowAsync(HttpContext http, long id)
    {
        var ct = http.RequestAborted;
        var site = await sites.OfAsync(http);
        await using var db = engine.Open();
        if (await db.Comments.FirstOrDefaultAsync(c => c.Id == id, ct) is not { } comment)
            return await pages.SayAsync(http, StatusCodes.Status404NotFound, "There is no such comment", "It was removed for good, or the address is mistyped.", QueueNames.Page, "Comments");
        var below = await db.Comments.Where(c => c.ParentId == id).OrderBy(c => c.Id).Take(MostBelow).ToListAsync(ct);
        var revisions = await db.CommentRevisions.Where(r => r.CommentId == id).OrderByDescending(r => r.Id).ToListAsync(ct);
        return await pages.ShowAsync<CommentPage>(http, new CommentPage.Content
        {
            Card = (await CardMaker.MakeAsync(db, site, [comment], QueueSearch.None, ct))[0],
            Level = await LevelAsync(db, site.Publication, comment, ct),
            Above = [.. (await AboveAsync(db, comment, ct)).Select(c => Line(c, site.Publication))],
            Below = [.. below.Select(c => Line(c, site.Publication))],
            Earlier = [.. revisions.Select(r => new CommentPage.Earlier(DeskTime.Of(site.Publication, r.At), CommentText.Render(r.Body, site.Publication.Language)))],
            Decisions = await DecisionsAsync(db, id, site.Publication, ct),
            Others = [.. (await OthersAsync(db, comment, ct)).Select(c => Line(c, site.Publication))],
            OthersSearch = comment.PersonId is null && comment.EmailFolded.Length > 0 ? QueueSearch.Term("email", comment.EmailFolded) : null,
            Here = http.Request.Path,
        });
    }

    private async Task<string?> LevelAsync(BroadsheetDb db, Publication publication, Comment comment, CancellationToken ct)
    {
        var person = comment.PersonId is { } id ? await db.Users.FirstOrDefaultAsync(p => p.Id == id, ct) : null;
        return comment.Kind != CommentKind.Comment ? null : (await levels.OfAsync(publication, person, comment.AuthorName, comment.AuthorEmail, clock.GetUtcNow(), ct))?.Why;
    }

    /// <summary>From the top down.</summary>
    private static async Task<List<Comment>> AboveAsync(BroadsheetDb db, Comment comment, CancellationToken ct)
    {
        var above = new List<Comment>();
        for (var next = comment.ParentId; next is { } id && above.Count < MostAbove;)
        {
            if (await db.Comments.FirstOrDefaultAsync(c => c.Id == id, ct) is not { } parent) break;
            above.Insert(0, parent);
            next = parent.ParentId;
        }
        return above;
    }

    private static Task<List<Comment>> OthersAsync(BroadsheetDb db, Comment comment, CancellationToken ct)
    {
        var (id, person, email) = (comment.Id, comment.PersonId, comment.EmailFolded);
        if (person is null && email.Length == 0) return Task.FromResult(new List<Comment>());
        return db.Comments.Where(c => c.Id != id && (person != null ? c.PersonId == person : c.EmailFolded == email)).OrderByDescending(c => c.At).Take(MostOthers).ToListAsync(ct);
    }

    private static async Task<IReadOnlyList<string>> DecisionsAsync(BroadsheetDb db, long id, Publication publication, CancellationToken ct)
    {
        var rows = await db.Decisions.Where(d => d.CommentId == id).OrderByDescending(d => d.Id).Take(MostDecisions).LeftJoin(db.Users, d => d.PersonId, p => p.Id, (d, p) => new { Decision = d, Who = p == null ? null : p.DisplayName }).ToListAsync(ct);
        return [.. rows.OrderByDescending(r => r.Decision.Id).Select(r => CardMaker.Words(new LastDecision(r.Decision, r.Who ?? (r.Decision.PersonId is null ? "the program" : "somebody who is gone")), publication))];
    }

    private static CommentPage.Line Line(Comment c, Publication publication) =>
        new(c.Id, c.AuthorName.Length > 0 ? c.AuthorName : "Anonymous", DeskTime.Of(c.AtLocal), QueueNames.Of(c.Standing), MaskedWords.OriginalExcerpt(c, publication, 60));
}
