using System.Globalization;
using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;

namespace Broadsheet.Web.Features.Curation.Wire;

/// <summary>A story by its address: pasted, from the bookmarklet, or shared with the newsroom from a telephone. Every writer may nominate.</summary>
internal sealed class NominateStory(Writes writes, ReadPage reader, PublicationStore publications, DeskPages pages, Notices notices)
{
    private const int MaxNote = 500;
    private const string Page = $"{WireNames.Page}nominate/";

    public static void Map(RouteGroupBuilder room)
    {
        room.MapGet("/", (HttpContext http, NominateStory action) => action.OpenAsync(http));
        room.MapPost("/", (HttpContext http, NominateStory action) => action.TakeAsync(http));
    }

    /// <summary>What a browser keeps among its bookmarks: opens the form with the page's address, title and selected words.</summary>
    public static string Bookmarklet(string origin) =>
        $"javascript:void(open('{origin}{Page}?url='+encodeURIComponent(location.href)+'&title='+encodeURIComponent(document.title)+'&text='+encodeURIComponent(getSelection())))";

    /// <summary>What a telephone asks of a page that can be installed (W3C Web App Manifest, Web Share Target).</summary>
    public static void MapManifest(RouteGroupBuilder room) => room.MapGet("/newsroom.webmanifest", async (PublicationStore store, HttpContext http) =>
        TypedResults.Json(new NewsroomManifest($"{(await store.GetAsync(http.RequestAborted)).Title}: newsroom", "Newsroom", "/newsroom/", "/newsroom/", "standalone", [IconOf(192), IconOf(512)], new ShareTarget(Page, "GET", new ShareFields("title", "text", "url"))), ManifestJson.Default.NewsroomManifest, "application/manifest+json"));

    /// <summary>Drawn by <c>eng/make-icons.mjs</c>.</summary>
    private static ManifestIcon IconOf(int side) => new(string.Create(CultureInfo.InvariantCulture, $"/assets/icons/newsroom-{side}.png"), string.Create(CultureInfo.InvariantCulture, $"{side}x{side}"), "image/png", "any maskable");

    private Task<IResult> OpenAsync(HttpContext http)
    {
        var query = http.Request.Query;
        // Some telephones share the address as text.
        var url = query["url"].ToString() is { Length: > 0 } given ? given : query["text"].ToString().Split((char[]?)null).FirstOrDefault(static w => w.StartsWith("http", StringComparison.OrdinalIgnoreCase)) ?? "";
        var note = query["text"].ToString() is var text && text != url ? text : "";
        return ShowAsync(http, Cut(url, 2_000), Cut(note, MaxNote), null);
    }

    private async Task<IResult> TakeAsync(HttpContext http)
    {
        var (ct, person) = (http.RequestAborted, CurrentPerson.Of(http)!);
        var form = await http.Request.ReadFormAsync(ct);
        var (url, note) = (form["url"].ToString().Trim(), form["note"].ToString().ReplaceLineEndings("\n").Trim());
        if (note.Length > MaxNote) return await ShowAsync(http, url, note, $"The note is too long: up to {MaxNote} characters fit.");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || url.Length > 2_000) return await ShowAsync(http, url, note, "Give the story's address: it begins with https:// or http://.");
        var read = await reader.GetAsync(address.AbsoluteUri, ct);
        if (read.Problem is { } problem) return await ShowAsync(http, url, note, problem.Message);
        var page = read.Value;
        var site = page.SiteName ?? page.Address.Host;
        var story = PrepareStory.OfPage(page.Address.AbsoluteUri, page.Title, page.Author, page.Published, page.Body, site, page.Language);
        var id = await writes.RunAsync((scope, token) => WireLedger.NominateAsync(scope, site, story, person.Id, note.Length > 0 ? note : null, token), ct);
        var publication = await publications.GetAsync(ct);
        notices.Say(http, new DeskShell.Notice($"“{story.Title}” is on the wire of {publication.Title}."));
        return TypedResults.Redirect(person.Role.May(Permission.Curate) ? WireNames.PathOf(id) : Page);
    }

    private Task<IResult> ShowAsync(HttpContext http, string url, string note, string? problem) =>
        pages.ShowAsync<NominatePage>(http, new NominatePage.Content(url, note, problem), problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static string Cut(string text, int longest) => text.Length <= longest ? text : text[..longest];
}
