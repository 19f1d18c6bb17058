using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Curation.Wire;

/// <summary>One story as it came in, what its outlet lets others show, and who else tells it; its page's full text on request.</summary>
internal sealed class ShowStory(IDatabaseEngine engine, Writes writes, ReadPage reader, ReaderSites sites, DeskPages pages, Notices notices)
{
    public static void Map(RouteGroupBuilder room)
    {
        room.MapGet("/{id:long}/", (HttpContext http, long id, ShowStory action) => action.ShowAsync(http, id));
        room.MapPost("/{id:long}/text/", (HttpContext http, long id, ShowStory action) => action.ReadAsync(http, id));
    }

    public static Task<IResult> GoneAsync(DeskPages pages, HttpContext http) =>
        pages.SayAsync(http, StatusCodes.Status404NotFound, "This story is not on the wire", "It was forgotten, or its outlet was deleted.", WireNames.Page, "The wire");

    private async Task<IResult> ShowAsync(HttpContext http, long id)
    {
        var (ct, person, site) = (http.RequestAborted, CurrentPerson.Of(http)!, await sites.OfAsync(http));
        await using var db = engine.Open();
        if (await WireFilter.Visible(db).FirstOrDefaultAsync(w => w.Id == id, ct) is not { } item) return await GoneAsync(pages, http);
        var outlet = item.OutletId is { } by ? await db.Outlets.FirstOrDefaultAsync(o => o.Id == by, ct) : null;
        var others = await WireFilter.Visible(db).Where(w => w.GroupId == item.GroupId && w.Id != id).OrderBy(w => w.PublishedAt).Take(50).Select(WireRow.From).ToListAsync(ct);
        var row = await WireFilter.Visible(db).Where(w => w.Id == id).Select(WireRow.From).SingleAsync(ct);
        return await pages.ShowAsync<StoryPage>(http, new StoryPage.Content(row.ToView(site, person.Id, others), item.Url, SafeHtml.FromStore(item.FullBody ?? item.Body), item.FullBody is not null,
            outlet is null ? Outlets.TermsWords.Of(RepublishingTerms.Unknown) : Outlets.TermsWords.Of(outlet.Terms, outlet.TermsWords), outlet?.Id, outlet?.TermsOf().MayRepublish ?? true, item.Picture, WireRow.CuratorsOf(site)));
    }

    private async Task<IResult> ReadAsync(HttpContext http, long id)
    {
        var ct = http.RequestAborted;
        await using var db = engine.Open();
        if (await WireFilter.Visible(db).FirstOrDefaultAsync(w => w.Id == id, ct) is not { } item) return await GoneAsync(pages, http);
        var read = item.Url is null ? null : await GetAsync(item, ct);
        notices.Say(http, new DeskShell.Notice(read ?? "The page's text is here."));
        return TypedResults.Redirect(WireNames.PathOf(id));
    }

    /// <summary>Fetches the page's text and keeps it with the story.</summary>
    /// <returns>Null where it is kept; else why not.</returns>
    public async Task<string?> GetAsync(WireItem item, CancellationToken ct)
    {
        var read = await reader.GetAsync(item.Url!, ct);
        if (read.Problem is { } problem) return $"The page could not be read: {problem.Message}";
        if (PlainText.Of(read.Value.Body).Length == 0) return "No text was found on the page.";
        item.FullBody = read.Value.Body.Value;
        await writes.RunAsync((scope, token) => WireLedger.KeepTextAsync(scope, item.Id, item.FullBody, token), ct);
        return null;
    }
}
