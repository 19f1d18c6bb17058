using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Moderation.Commenters;

/// <summary>Somebody with an account as a commenter: their numbers, what became of what they wrote, bans, words to them, notes about them, and whether their comments wait.</summary>
internal sealed class ShowCommenter(IDatabaseEngine engine, Writes writes, PublicationStore publications, WriterLevels levels, DeskPages pages, Notices notices, TimeProvider clock)
{
    private const int Most = 30;

    public static void Map(RouteGroupBuilder room)
    {
        room.MapGet("/people/{id:long}/", (HttpContext http, long id, ShowCommenter action) => action.ShowAsync(http, id, null));
        room.MapPost("/people/{id:long}/warn/", (HttpContext http, long id, ShowCommenter action) => action.WarnAsync(http, id));
        room.MapPost("/people/{id:long}/note/", (HttpContext http, long id, ShowCommenter action) => action.NoteAsync(http, id));
        room.MapPost("/people/{id:long}/trust/", (HttpContext http, long id, ShowCommenter action) => action.TrustAsync(http, id));
    }

    public static string Address(long id) => string.Create(CultureInfo.InvariantCulture, $"{QueueNames.Page}people/{id}/");

    private async Task<IResult> ShowAsync(HttpContext http, long id, CommenterPage.Refused? refused)
    {
        var ct = http.RequestAborted;
        var (publication, now) = (await publications.GetAsync(ct), clock.GetUtcNow());
        await using var db = engine.Open();
        if (await db.Users.FirstOrDefaultAsync(p => p.Id == id, ct) is not { } person) return await pages.SayAsync(http, StatusCodes.Status404NotFound, "There is nobody of this number", "The account was deleted, or the address is mistyped.", QueueNames.Page, "Comments");
        var counts = await db.Comments.Where(c => c.PersonId == id).GroupBy(c => c.Standing).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var comments = await db.Comments.Where(c => c.PersonId == id).OrderByDescending(c => c.At).Take(Most).ToListAsync(ct);
        var warnings = await db.Warnings.Where(w => w.PersonId == id).OrderByDescending(w => w.Id).Take(Most).LeftJoin(db.Users, w => w.ById, p => p.Id, (w, p) => new { Warning = w, By = p == null ? "somebody who is gone" : p.DisplayName }).ToListAsync(ct);
        var notes = await db.StaffNotes.Where(n => n.PersonId == id).OrderByDescending(n => n.Id).Take(Most).LeftJoin(db.Users, n => n.ById, p => p.Id, (n, p) => new { Note = n, By = p == null ? "somebody who is gone" : p.DisplayName }).ToListAsync(ct);
        var (number, keys) = (id.ToString(CultureInfo.InvariantCulture), BanTarget.KeysOf(id, person.Email ?? "", ""));
        var bans = await db.Bans.Where(b => keys.Contains(b.Key) || (b.Kind == BanKind.Person && b.Value == number)).OrderByDescending(b => b.Id).Take(Most).ToListAsync(ct);
        return await pages.ShowAsync<CommenterPage>(http, new CommenterPage.Content
        {
            Id = id,
            Name = person.DisplayName,
            Facts = [.. new[] { person.Role == Role.Reader ? "reader" : person.Role.ToString().ToLowerInvariant(), $"since {DeskTime.Of(publication, person.JoinedAt)}", person.Email ?? "", person.Url }.Where(f => f.Length > 0)],
            Numbers = string.Create(CultureInfo.InvariantCulture, $"{counts.GetValueOrDefault(Standing.Shown):N0} shown, {counts.GetValueOrDefault(Standing.Held):N0} held, {counts.GetValueOrDefault(Standing.Spam):N0} spam, {counts.GetValueOrDefault(Standing.Trashed):N0} in the trash"),
            Level = (await levels.OfAsync(publication, person, person.DisplayName, person.Email ?? "", now, ct))?.Why,
            IsStaff = person.Role.IsStaff(),
            Trust = person.Trust.ToString(),
            Bans = [.. bans.Select(b => $"{b.Value}: {b.Reason} ({DeskTime.Of(publication, b.Since)}, {(b.LiftedAt is { } lifted ? $"lifted {DeskTime.Of(publication, lifted)}" : b.Until is { } until ? $"{(until > now ? "until" : "ended")} {DeskTime.Of(publication, until)}" : "for ever")})")],
            Warnings = [.. warnings.Select(w => new CommenterPage.Said(w.Warning.Words, $"{w.By}, {DeskTime.Of(publication, w.Warning.At)}, {(w.Warning.ReadAt is { } read ? $"read {DeskTime.Of(publication, read)}" : "not read yet")}"))],
            Notes = [.. notes.Select(n => new CommenterPage.Said(n.Note.Words, $"{n.By}, {DeskTime.Of(publication, n.Note.At)}"))],
            Comments = [.. comments.Select(c => new CommentPage.Line(c.Id, c.AuthorName, DeskTime.Of(c.AtLocal), QueueNames.Of(c.Standing), MaskedWords.OriginalExcerpt(c, publication, 60)))],
            About = long.TryParse(http.Request.Query["comment"], NumberStyles.None, CultureInfo.InvariantCulture, out var about) ? about : null,
            Refused = refused,
        }, refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private async Task<IResult> WarnAsync(HttpContext http, long id)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (words, about) = (form["words"].ToString(), long.TryParse(form["comment"], NumberStyles.None, CultureInfo.InvariantCulture, out var comment) ? comment : (long?)null);
        var problem = await writes.RunAsync((scope, ct) => CommenterLedger.WarnAsync(scope, id, about, words, CurrentPerson.Of(http)!.Id, ct), http.RequestAborted);
        return problem is not null ? await ShowAsync(http, id, new CommenterPage.Refused("warn", words, problem.Message)) : Done(http, id, "Said: they read it before they comment again, and get it by mail.");
    }

    private async Task<IResult> NoteAsync(HttpContext http, long id)
    {
        var words = (await http.Request.ReadFormAsync(http.RequestAborted))["words"].ToString();
        var problem = await writes.RunAsync((scope, ct) => CommenterLedger.NoteAsync(scope, id, words, CurrentPerson.Of(http)!.Id, ct), http.RequestAborted);
        return problem is not null ? await ShowAsync(http, id, new CommenterPage.Refused("note", words, problem.Message)) : Done(http, id, "Noted.");
    }

    private async Task<IResult> TrustAsync(HttpContext http, long id)
    {
        var wish = (await http.Request.ReadFormAsync(http.RequestAborted))["trust"].ToString();
        var trust = Enum.TryParse<CommenterTrust>(wish, out var parsed) && Enum.IsDefined(parsed) && !char.IsAsciiDigit(wish[0]) ? parsed : CommenterTrust.Usual;
        var problem = await writes.RunAsync((scope, ct) => BanLedger.TrustAsync(scope, id, trust, ct), http.RequestAborted);
        return problem is not null ? await ShowAsync(http, id, new CommenterPage.Refused("trust", "", problem.Message)) : Done(http, id, "Saved.");
    }

    private IResult Done(HttpContext http, long id, string words)
    {
        notices.Say(http, new DeskShell.Notice(words));
        return TypedResults.Redirect(Address(id));
    }
}
