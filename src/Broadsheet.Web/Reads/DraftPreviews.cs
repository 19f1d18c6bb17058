using System.Globalization;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Theming.Views;

namespace Broadsheet.Web.Reads;

/// <summary>What readers do not see yet, as it will look, for those who may edit it (WordPress: <c>/?p=42&amp;preview=true</c>). Never stored, never indexed.</summary>
internal sealed class DraftPreviews(ArticlePages pages)
{
    /// <summary>Query keys that ask for a preview.</summary>
    public static readonly string[] Keys = ["preview", "preview_id", "preview_nonce"];

    public static bool IsAskedFor(HttpContext http) => http.Request.Query.ContainsKey(Keys[0]);

    /// <param name="row">With its body.</param>
    /// <returns>Null where none is asked for, where it is no draft, and for everyone else.</returns>
    public async Task<IResult?> ShowAsync(PageRequest request, ArticleRow row, CancellationToken ct)
    {
        var http = request.Http;
        if (!IsAskedFor(http) || row.Kind is not (ArticleKind.Article or ArticleKind.Page) || Standing(request.Site, row) is not { } standing) return null;
        if (CurrentPerson.Of(http) is not { } person || person.LacksStep(request.Site.Publication) || !ArticleRights.MayEdit(person, row.Kind, row.AuthorId, row.Status)) return null;
        http.Response.Headers.CacheControl = "private, no-store";
        http.Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        var page = int.TryParse(http.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 1;
        var view = new PreviewView(standing, string.Create(CultureInfo.InvariantCulture, $"/?p={row.Id}&preview=true"), string.Create(CultureInfo.InvariantCulture, $"/newsroom/{(row.Kind == ArticleKind.Page ? "pages" : "articles")}/{row.Id}/"));
        return await pages.ShowAsync(request, row, page, ThreadPart.Of(request.Http.Request, request.Site.Publication, row.LastNumber, null), ct, preview: view);
    }

    private static string? Standing(ReaderSite site, ArticleRow row) => row.Status switch
    {
        ArticleStatus.Draft or ArticleStatus.AutoDraft => "a draft",
        ArticleStatus.InReview => "waiting for review",
        ArticleStatus.Scheduled when row.PublishedLocal is { } local => $"scheduled for {PageViews.LongDate(local, site.Culture)}, {local.ToString("t", site.Culture)}",
        ArticleStatus.Scheduled => "scheduled",
        _ => null,
    };
}
