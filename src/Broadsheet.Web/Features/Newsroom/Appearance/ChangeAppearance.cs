using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Broadsheet.Web.Theming;

namespace Broadsheet.Web.Features.Newsroom.Appearance;

/// <summary>Which theme readers see, and which of its looks: tried on the front page first.</summary>
internal sealed class ChangeAppearance(Writes writes, PublicationStore publications, ThemeStore themes, DeskPages pages, Notices notices)
{
    public const string Page = "/newsroom/appearance/";

    public static void Map(RouteGroupBuilder room)
    {
        room.MapGet("/", (HttpContext http, ChangeAppearance action) => action.ShowAsync(http));
        room.MapPost("/", (HttpContext http, ChangeAppearance action) => action.HandleAsync(http));
    }

    private async Task<IResult> ShowAsync(HttpContext http)
    {
        var publication = await publications.GetAsync(http.RequestAborted);
        return await ShowAsync(http, publication.Theme, publication.Look, null);
    }

    /// <param name="problem">Null for nothing.</param>
    private async Task<IResult> ShowAsync(HttpContext http, string theme, string look, string? problem)
    {
        var publication = await publications.GetAsync(http.RequestAborted);
        var isHere = themes.Offers.Any(o => o.Id == theme && o.Manifest is not null);
        var chosen = isHere ? theme : ThemeStore.Usual;
        var classes = look.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        return await pages.ShowAsync<AppearancePage>(http, new AppearancePage.Content
        {
            Theme = chosen,
            Themes = [.. themes.Offers.Where(o => o.Manifest is not null).Select(o => new AppearancePage.Offer(o.Id, o.Manifest!.Name, o.Manifest.Description,
                [.. (o.Manifest.Looks ?? []).Select(l => new AppearancePage.Look(l.Id, l.Label, [.. l.Choices.Select((c, i) => new AppearancePage.Choice(c.Id, c.Label, i == 0 ? !l.Choices.Any(x => IsChosen(o.Id, l.Id, x.Id)) : IsChosen(o.Id, l.Id, c.Id)))]))]))],
            Broken = [.. themes.Offers.Where(o => o.Problem is not null).Select(o => o.Problem!)],
            Gone = isHere ? null : theme,
            Preview = $"/{TriedAppearance.QueryOf(chosen, look)}",
            IsTried = (theme, look) != (publication.Theme, publication.Look),
            Problem = problem,
        }, problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

        bool IsChosen(string id, string of, string choice) => id == chosen && classes.Contains($"{of}-{choice}");
    }

    private async Task<IResult> HandleAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        var form = await http.Request.ReadFormAsync(ct);
        var publication = await publications.GetAsync(ct);
        if (themes.Offers.FirstOrDefault(o => o.Id == form["theme"].ToString() && o.Manifest is not null) is not { Manifest: { } manifest } offer)
            return await ShowAsync(http, publication.Theme, publication.Look, "Choose one of the themes that are here.");
        var look = form.ContainsKey("look") ? manifest.ClassesOf(l => Array.Find(form["look"].ToString().Split(' '), c => c.StartsWith($"{l}-", StringComparison.Ordinal))?[(l.Length + 1)..]) : manifest.ClassesOf(l => form[$"{offer.Id}-{l}"]);
        if (form["deed"] == "preview") return await ShowAsync(http, offer.Id, look, null);
        var by = CurrentPerson.Of(http)!.Id;
        await writes.RunAsync((scope, token) => PublicationStore.ChangeAsync(scope, p =>
        {
            AuditLedger.NoteChanges(scope, by, "settings", [("theme", p.Theme, offer.Id), ("look", p.Look, look)]);
            return p with { Theme = offer.Id, Look = look };
        }, token), ct);
        notices.Say(http, new DeskShell.Notice("Saved: readers see it now.", Page, [KeyValuePair.Create("theme", publication.Theme), KeyValuePair.Create("look", publication.Look)], "/", "View it"));
        return TypedResults.Redirect(Page);
    }
}
