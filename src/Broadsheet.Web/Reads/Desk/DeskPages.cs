using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Reads.Desk;

/// <summary>Where the newsroom's own style sheet and scripts are, with their content's hash.</summary>
/// <param name="PictureScript">For choosing a part of a picture; on the page of one's account only.</param>
/// <param name="PasskeyScript">For forms that a passkey fills in.</param>
/// <param name="ModerationScript">For the moderators' queues.</param>
/// <param name="Editor">For rich text.</param>
/// <param name="LibraryScript">For bringing files in.</param>
internal sealed record DeskAssets(string Stylesheet, string Script, string PictureScript, string PasskeyScript, string ModerationScript, DeskShell.Pair Editor, string LibraryScript);

/// <summary>Shows pages of the newsroom and of accounts: a Razor component, rendered once on the server.</summary>
internal sealed class DeskPages(PublicationStore publications, IDatabaseEngine engine, Notices notices, DeskAssets assets)
{
    /// <summary>The rooms, by what they are about; a room that one may not enter is not named.</summary>
    private static readonly (string Text, (string Text, string Url, Permission? Needs)[] Rooms)[] Sections =
    [
        ("Front desk", [("Front desk", "/newsroom/", null)]),
        ("Articles", [("Articles", "/newsroom/articles/", Permission.WriteDrafts), ("Corrections", "/newsroom/corrections/", Permission.WriteDrafts), ("Pages", "/newsroom/pages/", Permission.EditAny), ("Categories", "/newsroom/categories/", Permission.ManageTerms), ("Tags", "/newsroom/tags/", Permission.ManageTerms), ("Redirects", "/newsroom/redirects/", Permission.EditAny)]),
        ("Wire", [("Wire", "/newsroom/wire/", Permission.Curate), ("Outlets", "/newsroom/outlets/", Permission.Curate)]),
        ("Media", [("Media", "/newsroom/media/", Permission.UploadMedia)]),
        ("Comments", [("Comments", "/newsroom/comments/", Permission.Moderate)]),
        ("Statistics", [("Statistics", "/newsroom/statistics/", Permission.WriteDrafts)]),
        ("Settings", [("Settings", "/newsroom/settings/", Permission.ChangeSettings), ("Appearance", "/newsroom/appearance/", Permission.ChangeSettings), ("Menu", "/newsroom/menu/", Permission.ChangeSettings), ("People", "/newsroom/people/", Permission.ManagePeople), ("Import", "/newsroom/import/", Permission.ChangeSettings), ("How it runs", "/newsroom/running/", Permission.ChangeSettings)]),
    ];

    /// <typeparam name="T">A component with the parameters <c>Frame</c> and <c>View</c>.</typeparam>
    public async Task<IResult> ShowAsync<T>(HttpContext http, object view, int status = StatusCodes.Status200OK) where T : IComponent =>
        new RazorComponentResult<T>(new Dictionary<string, object?>(StringComparer.Ordinal) { ["Frame"] = await FrameAsync(http), ["View"] = view }) { StatusCode = status };

    /// <summary>A page that says one thing, such as why something was refused.</summary>
    public Task<IResult> SayAsync(HttpContext http, int status, string heading, string message, string? elsewhere = null, string? elsewhereText = null) =>
        ShowAsync<KeptWords>(http, new KeptWords.Content(heading, message, "", [], false, elsewhere, elsewhereText), status);

    private async Task<DeskShell.Look> FrameAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        var publication = await publications.GetAsync(ct);
        var person = CurrentPerson.Of(http);
        var held = person?.May(Permission.Moderate, publication) == true ? await HeldAsync(ct) : 0;
        var path = http.Request.Path.Value ?? "";
        var (links, within) = LinksOf(person, path, held);
        return new DeskShell.Look(publication.Title, assets.Stylesheet, assets.Script, person?.Name ?? "", person?.Role.ToString() ?? "", links, within, person is null ? null : notices.Take(http), assets.PasskeyScript, assets.ModerationScript, assets.Editor, assets.LibraryScript);
    }

    private static (List<DeskShell.Link> Sections, List<DeskShell.Link> Within) LinksOf(CurrentPerson? person, string path, int held)
    {
        (List<DeskShell.Link> links, List<DeskShell.Link> within) = ([], []);
        foreach (var (text, rooms) in Sections)
        {
            var open = rooms.Where(r => person is not null && (r.Needs is not { } needs || person.Role.May(needs))).Select(r => new DeskShell.Link(r.Text, r.Url, IsAt(path, r.Url))).ToList();
            if (open.Count == 0) continue;
            var isHere = open.Exists(r => r.IsCurrent);
            links.Add(new DeskShell.Link(open.Count == 1 ? open[0].Text : text, open[0].Url, isHere, text == "Comments" ? held : 0, $"{held} held"));
            if (isHere && open.Count > 1) within = open;
        }
        return (links, within);
    }

    private static bool IsAt(string path, string url) => url == "/newsroom/" ? path.TrimEnd('/') == "/newsroom" : path.StartsWith(url.TrimEnd('/'), StringComparison.Ordinal);

    private async Task<int> HeldAsync(CancellationToken ct)
    {
        await using var db = engine.Open();
        return (await QueueLedger.LengthsAsync(db, ct)).GetValueOrDefault(Queue.Held);
    }
}
