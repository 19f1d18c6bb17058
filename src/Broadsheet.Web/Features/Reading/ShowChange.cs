using Broadsheet.Core.Publishing;
using Broadsheet.Web.Caching;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Theming;
using Broadsheet.Web.Theming.Views;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Reading;

/// <summary>One correction or update of a published article, with the words before and after it. Silent changes, drafts and what lies behind a password are not shown.</summary>
internal sealed class ShowChange(IDatabaseEngine engine, ReaderSites sites, PageViews views, NotFoundPages notFound, ArticleRendering rendering)
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/corrections/{id:long}/", (HttpContext http, long id, ShowChange action) => action.ShowAsync(http, id));

    private async Task<IResult> ShowAsync(HttpContext http, long id)
    {
        var (ct, site) = (http.RequestAborted, await sites.OfAsync(http));
        await using var db = engine.Open();
        var request = new PageRequest(http, site, db);
        var revision = await db.Revisions.FirstOrDefaultAsync(r => r.Id == id && r.Change != ChangeKind.Small, ct);
        var row = revision is null ? null : await db.Articles.Where(a => a.Id == revision.ArticleId && a.Status == ArticleStatus.Published && a.Password == null && (a.Kind == ArticleKind.Article || a.Kind == ArticleKind.Page)).AsRows(db).FirstOrDefaultAsync(ct);
        if (revision is null || row?.Changes?.FirstOrDefault(c => c.RevisionId == id) is not { } change) return await notFound.ShowAsync(request, ct);
        var next = await db.Revisions.Where(r => r.ArticleId == row.Id && r.Id > id).OrderBy(r => r.Id).Select(r => new { r.Title, r.Body, r.BodyFormat, r.Excerpt }).FirstOrDefaultAsync(ct)
            ?? await db.Articles.Where(a => a.Id == row.Id).Select(a => new { a.Title, a.Body, a.BodyFormat, a.Excerpt }).SingleAsync(ct);
        var before = await rendering.RenderAsync(new ArticleEdit(revision.Title, revision.Body, revision.BodyFormat) { Kind = row.Kind, Excerpt = revision.Excerpt, Language = row.Language }, row.Id, ct);
        var after = await rendering.RenderAsync(new ArticleEdit(next.Title, next.Body, next.BodyFormat) { Kind = row.Kind, Excerpt = next.Excerpt, Language = row.Language }, row.Id, ct);
        var parts = TextChanges.Spaced(TextChanges.Between(Words(before), Words(after))).Select(p => new ChangedText(p.Mark switch { '-' => "del", '+' => "ins", _ => "" }, p.Text)).ToList();
        var view = new CorrectionView(PageViews.Change(site, change), new LinkView(row.TitleText.Length > 0 ? row.TitleText : "Untitled", site.Links.To(row)), parts);
        http.MayCache(PublicationStore.Tag, SiteIndex.Tag, CacheTags.Article(row.Id));
        var head = HeadViews.Page(site, $"{view.Change.Word}: {view.Article.Text}", change.Note, null, "noindex");
        return new ThemedPage("correction", views.Site(site, view.Article.Url), head).With("correction", view);
    }

    private static string Words(ArticleText text) => $"{text.TitleText}\n{ReadableLines.Of(text.BodyHtml)}";
}
