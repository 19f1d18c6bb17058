using System.Globalization;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Newsroom.Terms;

/// <summary>Adds, changes, merges and deletes categories and tags.</summary>
internal sealed class ChangeTerms(IDatabaseEngine engine, Writes writes, PublicationStore publications, ShowTerms page, DeskPages pages, Notices notices)
{
    public static void Map(RouteGroupBuilder room, TermKind kind)
    {
        room.MapPost("/", (HttpContext http, ChangeTerms action) => action.SaveAsync(http, kind, 0));
        room.MapPost("/{id:long}/", (HttpContext http, long id, ChangeTerms action) => action.SaveAsync(http, kind, id));
        room.MapPost("/{id:long}/merge/", (HttpContext http, long id, ChangeTerms action) => action.MergeAsync(http, kind, id));
        room.MapPost("/{id:long}/delete/", (HttpContext http, long id, ChangeTerms action) => action.DeleteAsync(http, kind, id));
    }

    private async Task<IResult> SaveAsync(HttpContext http, TermKind kind, long id)
    {
        var ct = http.RequestAborted;
        var form = await http.Request.ReadFormAsync(ct);
        var edit = new TermEdit(form["name"].ToString(), form["slug"].ToString(), DiscussionFinder.Id(form["parent"]), form["description"].ToString());
        var publication = await publications.GetAsync(ct);
        var by = CurrentPerson.Of(http)!.Id;
        var saved = await writes.RunAsync(async (scope, token) =>
        {
            var done = await TermEditLedger.SaveAsync(scope, publication, kind.Taxonomy, id, edit, token);
            if (done.Problem is not null) return done;
            if (id == 0) AuditLedger.Note(scope, by, kind.Many, $"“{edit.Name.Trim()}” was added.");
            else AuditLedger.NoteChanges(scope, by, kind.Many, done.Value.Changes.Select(c => ($"{c.Name} of “{done.Value.Changes[0].Before}”", c.Before, c.After)));
            return done;
        }, ct);
        if (saved.Problem is { } problem) return id == 0 ? await page.ListAsync(http, kind, edit, problem) : await page.ShowAsync(http, kind, id, edit, problem);
        notices.Say(http, new DeskShell.Notice(id == 0 ? $"“{edit.Name.Trim()}” is there: articles can be filed under it." : $"Saved: readers see it now.{(saved.Value.HasMoved ? " Its former address leads to the new one." : "")}", LinkUrl: string.Create(CultureInfo.InvariantCulture, $"{kind.Page}{saved.Value.Id}/"), LinkText: "Change it"));
        return TypedResults.Redirect(kind.Page);
    }

    private async Task<IResult> MergeAsync(HttpContext http, TermKind kind, long id)
    {
        var ct = http.RequestAborted;
        var form = await http.Request.ReadFormAsync(ct);
        var publication = await publications.GetAsync(ct);
        if (await OtherAsync(kind, form["into"].ToString().Trim(), ct) is not { } other) return await page.ShowAsync(http, kind, id, null, new Core.Problem("into", $"There is no {kind.One} of this name."));
        if (form["sure"] != "1") return await AskAsync(http, kind, id, other.Id, other.Name);
        var by = CurrentPerson.Of(http)!.Id;
        var merged = await writes.RunAsync(async (scope, token) =>
        {
            var name = await scope.Db.Terms.Where(t => t.Id == id).Select(t => t.Name).FirstOrDefaultAsync(token);
            var done = await TermEditLedger.MergeAsync(scope, publication, kind.Taxonomy, id, other.Id, token);
            if (done.Problem is null) AuditLedger.Note(scope, by, kind.Many, $"“{name}” was merged into “{other.Name}”.");
            return done;
        }, ct);
        if (merged.Problem is { } problem) return await page.ShowAsync(http, kind, id, null, problem);
        notices.Say(http, new DeskShell.Notice($"Merged into “{other.Name}”: {(merged.Value == 1 ? "one article was" : $"{merged.Value:N0} articles were")} filed anew. The old address leads there."));
        return TypedResults.Redirect(kind.Page);
    }

    /// <summary>What the merger would do, before it is done: it cannot be undone.</summary>
    private async Task<IResult> AskAsync(HttpContext http, TermKind kind, long id, long into, string name)
    {
        await using var db = engine.Open();
        var counted = await TermEditLedger.CountMergeAsync(db, kind.Taxonomy, id, into, http.RequestAborted);
        return counted.Problem is { } problem ? await page.ShowAsync(http, kind, id, null, problem) : await page.ShowAsync(http, kind, id, null, null, new TermPage.Merger(into, name, counted.Value.Moved, counted.Value.Both));
    }

    private async Task<IResult> DeleteAsync(HttpContext http, TermKind kind, long id)
    {
        var ct = http.RequestAborted;
        var publication = await publications.GetAsync(ct);
        var by = CurrentPerson.Of(http)!.Id;
        var name = await writes.RunAsync(async (scope, token) =>
        {
            var gone = await TermEditLedger.DeleteAsync(scope, publication, kind.Taxonomy, id, token);
            if (gone is not null) AuditLedger.Note(scope, by, kind.Many, $"“{gone}” was deleted.");
            return gone;
        }, ct);
        if (name is null) return await pages.SayAsync(http, StatusCodes.Status404NotFound, $"This {kind.One} is not here any more", "It was deleted already.", kind.Page, kind.Title);
        notices.Say(http, new DeskShell.Notice($"“{name}” is deleted."));
        return TypedResults.Redirect(kind.Page);
    }

    /// <summary>By its id, as a list gives it, or by its name, as it is typed.</summary>
    private async Task<(long Id, string Name)?> OtherAsync(TermKind kind, string typed, CancellationToken ct)
    {
        if (typed.Length is 0 or > Term.MaxNameLength || typed.Contains('\0', StringComparison.Ordinal)) return null;
        await using var db = engine.Open();
        var (folded, slug, id) = (typed.ToLowerInvariant(), Slug.From(typed, fallback: "-"), kind.IsTree ? DiscussionFinder.Id(typed) ?? 0 : 0);
        var found = await db.Terms.Where(t => t.Taxonomy == kind.Taxonomy && (t.Id == id || (id == 0 && (t.Name.ToLower() == folded || t.Slug == slug)))).OrderBy(t => t.Slug == slug ? 0 : 1).Select(t => new { t.Id, t.Name }).FirstOrDefaultAsync(ct);
        return found is null ? null : (found.Id, found.Name);
    }
}
