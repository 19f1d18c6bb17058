using System.Globalization;
using System.Text;
using Broadsheet.Core.Curation.Feeds;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Curation.Outlets;

/// <summary>Lists of outlets in OPML: out for other programs, in by a file whose outlets are shown first and added as chosen.</summary>
internal sealed class OutletLists(IDatabaseEngine engine, Writes writes, PublicationStore publications, SiteIndexStore indexes, DeskPages pages, Notices notices, TimeProvider clock)
{
    /// <summary>Browsers send, and the program takes, about a thousand fields.</summary>
    private const int Most = 500;

    private const string Page = $"{ShowOutlets.Page}import/";

    public static void Map(RouteGroupBuilder room)
    {
        room.MapGet("/outlets.opml", (HttpContext http, OutletLists action) => action.ExportAsync(http));
        room.MapGet("/import/", (HttpContext http, OutletLists action) => action.ShowAsync(http, null, []));
        room.MapPost("/import/", (HttpContext http, OutletLists action) => action.TakeAsync(http));
    }

    private async Task<IResult> ExportAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        var publication = await publications.GetAsync(ct);
        var index = await indexes.GetAsync(ct);
        await using var db = engine.Open();
        var outlets = await OutletLedger.Kept(db).OrderBy(o => o.Name).ThenBy(o => o.Id).ToListAsync(ct);
        var list = Opml.Write($"Outlets of {publication.Title}", clock.GetUtcNow(), outlets.Select(o => new OpmlOutlet(o.Name, new Uri(o.FeedUrl), o.SiteUrl is { } site ? new Uri(site) : null, o.Language,
            OutletForm.CategoriesOf(o) is [var first, ..] && index.Categories.TryGetValue(first, out var category) ? [category.Name] : [])));
        return TypedResults.File(Encoding.UTF8.GetBytes(list), "text/x-opml", "outlets.opml");
    }

    private async Task<IResult> TakeAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form.Files["list"] is not { Length: > 0 } file) return form["pick"].Count > 0 ? await AddAsync(http, form) : await ShowAsync(http, "Choose a file.", []);
        if (file.Length > FeedReader.MaxBytes) return await ShowAsync(http, "The list is larger than 10 MB.", []);
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, http.RequestAborted);
        var read = Opml.Read(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        return read.Problem is { } problem ? await ShowAsync(http, problem.Message, []) : read.Value.Count == 0 ? await ShowAsync(http, "There is no feed in this list.", []) : await ShowAsync(http, null, [.. read.Value.Take(Most)]);
    }

    private async Task<IResult> ShowAsync(HttpContext http, string? problem, IReadOnlyList<OpmlOutlet> outlets)
    {
        await using var db = engine.Open();
        var known = outlets.Count == 0 ? [] : (await OutletLedger.Kept(db).Select(o => o.FeedUrl).ToListAsync(http.RequestAborted)).ToHashSet(StringComparer.Ordinal);
        return await pages.ShowAsync<ImportPage>(http, new ImportPage.Content(problem,
            [.. outlets.Select(o => new ImportPage.Row(o.Title, o.Feed.AbsoluteUri, string.Join(" · ", o.Group), Pack(o), known.Contains(o.Feed.AbsoluteUri)))]), problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private async Task<RedirectHttpResult> AddAsync(HttpContext http, IFormCollection form)
    {
        var (index, by) = (await indexes.GetAsync(http.RequestAborted), CurrentPerson.Of(http)!.Id);
        var edits = form["pick"].Take(Most).Select(p => Unpack(p ?? "", index)).OfType<OutletEdit>().ToList();
        var added = await writes.RunAsync(async (scope, ct) =>
        {
            var count = 0;
            foreach (var edit in edits)
                if ((await OutletLedger.AddAsync(scope, edit, ct)).Problem is null) count++;
            if (count > 0) AuditLedger.Note(scope, by, "outlets", string.Create(CultureInfo.InvariantCulture, $"{count} were added from a list."));
            return count;
        }, http.RequestAborted);
        notices.Say(http, new DeskShell.Notice($"{(added == 1 ? "One outlet is" : $"{added.ToString(CultureInfo.InvariantCulture)} outlets are")} added, and asked within minutes. Say of each what it lets others show: until then, only a link."));
        return TypedResults.Redirect(ShowOutlets.Page);
    }

    /// <summary>What the second step needs of the first, a line each.</summary>
    private static string Pack(OpmlOutlet outlet) => string.Join('\n', outlet.Feed.AbsoluteUri, outlet.Title, outlet.Site?.AbsoluteUri, outlet.Language, outlet.Group.Count > 0 ? outlet.Group[^1] : "");

    /// <summary>A group becomes the category of its name, where there is one.</summary>
    private static OutletEdit? Unpack(string packed, SiteIndex index)
    {
        var parts = packed.ReplaceLineEndings("\n").Split('\n');
        if (parts.Length < 5) return null;
        var category = index.Categories.Values.FirstOrDefault(c => parts[4].Length > 0 && string.Equals(c.Name, parts[4], StringComparison.OrdinalIgnoreCase));
        var form = new OutletPage.Form { Name = parts[1].Length > Data.Records.Outlet.MaxNameLength ? parts[1][..Data.Records.Outlet.MaxNameLength] : parts[1], Feed = parts[0], Site = parts[2], Language = parts[3], Canonical = true, ChecksOriginals = true, Categories = category is null ? [] : [category.Id] };
        return OutletForm.ToEdit(form, index, new Dictionary<string, string>(StringComparer.Ordinal));
    }
}
