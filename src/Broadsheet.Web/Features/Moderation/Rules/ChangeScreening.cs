using System.Security.Cryptography;
using System.Text;
using Broadsheet.Core.Screening;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;

namespace Broadsheet.Web.Features.Moderation.Rules;

/// <summary>The rules on comments: who may write, what waits for a moderator, how far each check counts; and a box to try them.</summary>
internal sealed class ChangeScreening(Writes writes, PublicationStore publications, Screen screen, TryComment trying, AttackWatch attack, DeskPages pages, Notices notices)
{
    public const string Address = "/newsroom/settings/screening/";

    public static void Map(RouteGroupBuilder room)
    {
        room.MapGet("/", (HttpContext http, ChangeScreening action) => action.ShowAsync(http, null));
        room.MapPost("/", (HttpContext http, ChangeScreening action) => action.HandleAsync(http));
        room.MapPost("/try/", (HttpContext http, ChangeScreening action) => action.TryAsync(http));
    }

    private async Task<IResult> TryAsync(HttpContext http) => await ShowAsync(http, await trying.RunAsync(await http.Request.ReadFormAsync(http.RequestAborted), http.RequestAborted));

    private async Task<IResult> ShowAsync(HttpContext http, ScreeningPage.Trial? trial)
    {
        var publication = await publications.GetAsync(http.RequestAborted);
        return await pages.ShowAsync<ScreeningPage>(http, new ScreeningPage.Content(ScreeningFields.Of(publication), NoProblems(), Modes(publication), trial ?? new ScreeningPage.Trial()) { Seen = SeenOf(publication), Flood = attack.Words(publication.Rules) });
    }

    private async Task<IResult> HandleAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        var (form, problems) = (await http.Request.ReadFormAsync(ct), NoProblems());
        var added = await ListFiles.ReadAsync(form.Files, ScreeningFields.ListNames, problems, ct);
        var stored = await publications.GetAsync(ct);
        var wished = ScreeningFields.Apply(form, added, screen.Checks, stored, problems);
        if (form["seen"].ToString() is { Length: > 0 } seen && seen != SeenOf(stored)) problems["seen"] = "somebody, or another window of yours, has changed the rules since this page was opened. What you typed is below; saved once more, it takes the place of theirs.";
        foreach (var problem in PublicationCheck.Check(wished)) problems.TryAdd(problem.Field, problem.Message);
        if (problems.Count > 0)
        {
            var kept = ScreeningFields.Of(wished);
            foreach (var key in kept.Keys.Where(form.ContainsKey).ToList()) kept[key] = form[key].ToString();
            return await pages.ShowAsync<ScreeningPage>(http, new ScreeningPage.Content(kept, problems, Modes(wished), new ScreeningPage.Trial()) { Seen = SeenOf(stored) }, StatusCodes.Status422UnprocessableEntity);
        }
        // On what is stored at that moment, so that what this form does not show is left alone.
        var by = CurrentPerson.Of(http)!.Id;
        await writes.RunAsync((scope, token) => PublicationStore.ChangeAsync(scope, p =>
        {
            var changed = ScreeningFields.Apply(form, added, screen.Checks, p, []);
            var (before, after) = (ScreeningFields.Of(p), ScreeningFields.Of(changed));
            AuditLedger.NoteChanges(scope, by, "comment rules", before.Keys.Select(k => (k, before[k], after[k])).Concat(screen.Checks.Select(c => (c.Title, $"{p.Rules.ModeOf(c)}", $"{changed.Rules.ModeOf(c)}"))));
            return changed;
        }, token), ct);
        notices.Say(http, new DeskShell.Notice("Saved: the next comment is judged by these rules."));
        return TypedResults.Redirect(Address);
    }

    /// <summary>Of all that the form shows.</summary>
    private string SeenOf(Publication publication)
    {
        var shown = ScreeningFields.Of(publication).OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}={f.Value}").Concat(Modes(publication).Select(m => $"{m.Field}={m.Chosen}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', shown))).AsSpan(0, 8));
    }

    private List<ScreeningPage.Mode> Modes(Publication publication) => [.. screen.Checks.Select(c => new ScreeningPage.Mode(ScreeningFields.ModeField(c), c.Title, publication.Rules.ModeOf(c), c.LeavesServer))];

    private static Dictionary<string, string> NoProblems() => new(StringComparer.Ordinal);
}
