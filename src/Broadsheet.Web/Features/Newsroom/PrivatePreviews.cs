using System.Globalization;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Newsroom;

/// <summary>Shows an article before it is out to somebody without an account, by an address that ends after a week and can be taken back before.</summary>
internal sealed class PrivatePreviews(IDatabaseEngine engine, Writes writes, ReaderSites sites, NotFoundPages notFound, ArticlePages articles, PreviewTokens tokens, DeskPages pages, Notices notices, TimeProvider clock)
{
    public static void Map(RouteGroupBuilder room, ArticleKind kind)
    {
        room.MapPost("/{id:long}/previews/", (HttpContext http, long id, PrivatePreviews action) => action.ChangeAsync(http, kind, id, revoke: false));
        room.MapPost("/{id:long}/previews/revoke/", (HttpContext http, long id, PrivatePreviews action) => action.ChangeAsync(http, kind, id, revoke: true));
    }

    public static void MapPublic(IEndpointRouteBuilder routes) => routes.MapGet("/preview/{token}/", (HttpContext http, string token, PrivatePreviews action) => action.ShowAsync(http, token));

    private async Task<IResult> ChangeAsync(HttpContext http, ArticleKind kind, long id, bool revoke)
    {
        var (ct, person) = (http.RequestAborted, CurrentPerson.Of(http)!);
        var form = await http.Request.ReadFormAsync(ct);
        await using var db = engine.Open();
        if (await db.Articles.FirstOrDefaultAsync(a => a.Id == id && a.Kind == kind, ct) is not { } article || !ArticleRights.MayEdit(person, kind, article.AuthorId, article.Status)) return await EditArticle.GoneAsync(pages, http);
        if (revoke)
        {
            var link = long.TryParse(form["link"], NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 0;
            await writes.RunAsync((scope, token) => PreviewLedger.RevokeAsync(scope, id, link, token), ct);
            notices.Say(http, new DeskShell.Notice("The preview link leads nowhere now."));
        }
        else if (await writes.RunAsync((scope, token) => PreviewLedger.AddAsync(scope, id, person.Id, token), ct) is { } made)
            notices.Say(http, new DeskShell.Notice("Whoever has the preview link sees the article for 7 days.", LinkUrl: tokens.ToPath(made), LinkText: "Open it"));
        else notices.Say(http, new DeskShell.Notice($"There are {PreviewLedger.Most} preview links already: take one back first."));
        return TypedResults.Redirect(ArticleForm.AddressAgain(kind, id, form, "#previews"));
    }

    /// <summary>What everyone may read is read at its own address; what is in the trash, nowhere.</summary>
    private async Task<IResult> ShowAsync(HttpContext http, string token)
    {
        var (ct, site) = (http.RequestAborted, await sites.OfAsync(http));
        await using var db = engine.Open();
        var request = new PageRequest(http, site, db);
        http.Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        var link = tokens.Read(token) is { } id ? await PreviewLedger.Open(db, clock.GetUtcNow()).FirstOrDefaultAsync(l => l.Id == id, ct) : null;
        var row = link is null ? null : await db.Articles.Where(a => a.Id == link.ArticleId && (a.Kind == ArticleKind.Article || a.Kind == ArticleKind.Page)).AsRows(db, withBody: true).FirstOrDefaultAsync(ct);
        if (row is null or { Status: ArticleStatus.Trashed }) return await notFound.ShowAsync(request, ct);
        if (row.Status == ArticleStatus.Published) return TypedResults.LocalRedirect(site.Links.To(row));
        http.Response.Headers.CacheControl = "private, no-store";
        var page = int.TryParse(http.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 1;
        var view = new Theming.Views.PreviewView("not published yet, and shown to whoever has this address", $"/preview/{token}/", "");
        return await articles.ShowAsync(request, row with { CommentsOpen = false }, page, ThreadPart.Of(http.Request, site.Publication, row.LastNumber, null), ct, preview: view) ?? await notFound.ShowAsync(request, ct);
    }
}
