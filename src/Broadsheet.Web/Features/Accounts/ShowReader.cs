using System.Globalization;
using System.Text;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Theming;
using Broadsheet.Web.Theming.Views;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Accounts;

/// <summary>The page of a reader who wished for one: what they say of themselves, what they wrote, and, where they agreed to be named, what they like.</summary>
internal sealed class ShowReader(IDatabaseEngine engine, ReaderSites sites, PageViews views, NotFoundPages notFound)
{
    private const int Comments = 20;
    private const int Likes = 20;
    private const int Words = 300;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/readers/{slug}/", (HttpContext http, string slug, ShowReader action) => action.ShowAsync(http, slug));
        routes.MapGet("/readers/{slug}/card.vcf", (HttpContext http, string slug, ShowReader action) => action.CardAsync(http, slug));
    }

    private async Task<IResult> ShowAsync(HttpContext http, string slug)
    {
        var (ct, site) = (http.RequestAborted, await sites.OfAsync(http));
        await using var db = engine.Open();
        var page = new PageRequest(http, site, db);
        if (await FindAsync(db, slug, ct) is not { } person) return await notFound.ShowAsync(page, ct);
        var before = DiscussionFinder.Id(http.Request.Query["before"]);
        var written = db.Comments.Where(c => c.PersonId == person.Id && c.Kind == CommentKind.Comment && c.Standing == Standing.Shown && db.PublicWords().Any(a => a.Id == c.ArticleId));
        if (before is { } last && await db.Comments.Where(c => c.Id == last && c.PersonId == person.Id).Select(c => (DateTimeOffset?)c.At).FirstOrDefaultAsync(ct) is { } at) written = written.Where(c => c.At < at || (c.At == at && c.Id < last));
        var rows = await written.OrderByDescending(c => c.At).ThenByDescending(c => c.Id).Take(Comments + 1).AsRows().ToListAsync(ct);
        var comments = await HitsAsync(site, db, [.. rows.Take(Comments)], ct);
        var path = Links.ToReader(person.Slug);
        var view = new ReaderView(
            person.DisplayName, AvatarViews.Of(site, AuthorKeys.OfPerson(site.Publication, person.Id), person.Id, person.DisplayName), person.Bio, person.Url.Length > 0 ? person.Url : null,
            PageViews.Date(site, person.JoinedAt, site.Publication.Local(person.JoinedAt)), $"{path}card.vcf", comments, person.ShowsLikes && before is null ? await LikesAsync(site, db, person.Id, ct) : [],
            before is null, rows.Count > Comments ? string.Create(CultureInfo.InvariantCulture, $"{path}?before={rows[Comments - 1].Id}") : null);
        return new ThemedPage("reader", views.Site(site, path), HeadViews.Page(site, person.DisplayName, "", site.Links.Absolute(path), "noindex")).With("reader", view);
    }

    /// <summary>vCard 4.0 (RFC 6350).</summary>
    private async Task<IResult> CardAsync(HttpContext http, string slug)
    {
        var (ct, site) = (http.RequestAborted, await sites.OfAsync(http));
        await using var db = engine.Open();
        if (await FindAsync(db, slug, ct) is not { } person) return await notFound.ShowAsync(new PageRequest(http, site, db), ct);
        var card = AddressCard.Write(person.DisplayName, person.Url, person.Bio, site.Links.Absolute(Links.ToReader(person.Slug)));
        http.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.File(Encoding.UTF8.GetBytes(card), "text/vcard; charset=utf-8", $"{person.Slug}.vcf");
    }

    private static Task<Person?> FindAsync(BroadsheetDb db, string slug, CancellationToken ct) => db.Users.FirstOrDefaultAsync(p => p.Slug == slug && p.HasPage, ct);

    private static async Task<List<SearchHitView>> HitsAsync(ReaderSite site, BroadsheetDb db, List<CommentRow> rows, CancellationToken ct)
    {
        var ids = rows.Select(c => c.ArticleId).Distinct().ToList();
        var articles = await db.PublicWords().Where(a => ids.Contains(a.Id)).AsRows(db).ToDictionaryAsync(a => a.Id, ct);
        return [.. rows.Where(c => articles.ContainsKey(c.ArticleId)).Select(c => new SearchHitView(
            true, TitleOf(articles[c.ArticleId]), site.Links.ToComment(site.Links.To(articles[c.ArticleId]), c.Id, c.FullNumber), c.AuthorName, PageViews.Date(site, c.At, c.AtLocal), SearchWords.Highlight(PlainText.Of(c.BodyHtml), [], Words), c.FullNumber?.ToString(), PageViews.LanguageOf(site, articles[c.ArticleId])))];
    }

    private static async Task<List<LinkView>> LikesAsync(ReaderSite site, BroadsheetDb db, long personId, CancellationToken ct)
    {
        var likes = await db.Likes.Where(l => l.PersonId == personId).OrderByDescending(l => l.At).Take(Likes).Select(l => new { l.ArticleId, l.CommentId }).ToListAsync(ct);
        var (articleIds, commentIds) = (likes.Select(l => l.ArticleId).Distinct().ToList(), likes.Where(l => l.CommentId is not null).Select(l => l.CommentId!.Value).ToList());
        var articles = await db.PublicWords().Where(a => articleIds.Contains(a.Id)).AsRows(db).ToDictionaryAsync(a => a.Id, ct);
        var comments = await db.Comments.Where(c => commentIds.Contains(c.Id) && c.Standing == Standing.Shown).AsRows().ToDictionaryAsync(c => c.Id, ct);
        var links = new List<LinkView>();
        foreach (var like in likes.Where(l => articles.ContainsKey(l.ArticleId)))
        {
            var article = articles[like.ArticleId];
            if (like.CommentId is not { } id) links.Add(new LinkView(TitleOf(article), site.Links.To(article), Language: PageViews.LanguageOf(site, article)));
            else if (comments.TryGetValue(id, out var comment)) links.Add(new LinkView($"{comment.FullNumber} by {comment.AuthorName} on {TitleOf(article)}", site.Links.ToComment(site.Links.To(article), id, comment.FullNumber)));
        }
        return links;
    }

    private static string TitleOf(ArticleRow article) => article.TitleText.Length > 0 ? article.TitleText : "Untitled";
}
