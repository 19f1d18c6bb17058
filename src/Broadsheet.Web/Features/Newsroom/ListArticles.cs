using System.Globalization;
using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Newsroom;

/// <summary>All articles or pages, newest first, narrowed by standing, author and words. Those who may not edit others' see their own.</summary>
internal sealed class ListArticles(IDatabaseEngine engine, ReaderSites sites, DeskPages pages)
{
    private const int PageSize = 30;

    private static readonly ArticleStatus[] Statuses = [ArticleStatus.Draft, ArticleStatus.InReview, ArticleStatus.Scheduled, ArticleStatus.Published, ArticleStatus.Private, ArticleStatus.Trashed];

    public static void Map(RouteGroupBuilder room, ArticleKind kind) => room.MapGet("/", (HttpContext http, ListArticles action) => action.ShowAsync(http, kind));

    private Task<IResult> ShowAsync(HttpContext http, ArticleKind kind) => engine.ReadListsAsync(db => ShowAsync(http, kind, db), http.RequestAborted);

    private async Task<IResult> ShowAsync(HttpContext http, ArticleKind kind, BroadsheetDb db)
    {
        var ct = http.RequestAborted;
        var (site, person, query) = (await sites.OfAsync(http), CurrentPerson.Of(http)!, http.Request.Query);
        var mayAny = person.Role.May(Permission.EditAny);
        var status = Enum.TryParse<ArticleStatus>(query["status"], ignoreCase: true, out var given) && Enum.IsDefined(given) ? given : (ArticleStatus?)null;
        var author = !mayAny ? person.Id : long.TryParse(query["author"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : (long?)null;
        var words = query["q"].ToString().Trim() is { Length: <= 200 } q ? q : "";
        var page = int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is > 0 and < 100_000 ? n : 1;
        var found = Filter(db.Articles, kind, status, author, words);
        var total = await found.CountAsync(ct);
        // Drafts have no date: they stand where they were last touched.
        var rows = await found.OrderByDescending(a => a.PublishedAt ?? a.ModifiedAt).ThenByDescending(a => a.Id).Skip((page - 1) * PageSize).Take(PageSize)
            .Select(a => new { a.Id, a.TitleText, a.Status, a.AuthorId, a.PublishedLocal, a.ModifiedAt, a.IsSticky, a.Changes, Outlet = a.Credit == null ? null : a.Credit.Outlet, a.Counters.CommentsShown }).ToListAsync(ct);
        var prefix = kind == ArticleKind.Page ? "/newsroom/pages/" : "/newsroom/articles/";
        return await pages.ShowAsync<ArticlesPage>(http, new ArticlesPage.Content
        {
            Kind = kind,
            Prefix = prefix,
            Status = status,
            Statuses = Statuses,
            Author = author,
            MayAny = mayAny,
            Words = words,
            Authors = mayAny ? [.. site.Index.Authors.Values.OrderBy(a => a.Name, StringComparer.Ordinal).Select(a => KeyValuePair.Create(a.Id, a.Name))] : [],
            Categories = kind == ArticleKind.Article ? EditorPages.Tree(site.Index) : [],
            Address = $"{http.Request.Path}{http.Request.QueryString}",
            Total = total,
            Rows = [.. rows.Select(r => new ArticlesPage.Row(r.Id, r.TitleText.Length > 0 ? r.TitleText : "Untitled", r.Status, r.AuthorId is { } by && site.Index.Authors.TryGetValue(by, out var name) ? name.Name : "",
                r.PublishedLocal is { } local ? DeskTime.Of(local) : $"changed {DeskTime.Of(site.Publication, r.ModifiedAt)}", r.IsSticky, r.Outlet, r.CommentsShown, StatusWords.Of(r.Changes)))],
            Deeds = [.. BulkDeed.Offered(person, kind, [.. rows.Select(r => (r.AuthorId, r.Status))]).Select(d => KeyValuePair.Create(d.Name, d.Words))],
            Newer = page > 1 ? Url(prefix, query, page - 1) : null,
            Older = page * PageSize < total ? Url(prefix, query, page + 1) : null,
        });
    }

    private static IQueryable<Article> Filter(IQueryable<Article> articles, ArticleKind kind, ArticleStatus? status, long? author, string words)
    {
        articles = articles.Where(a => a.Kind == kind);
        articles = status is { } one ? articles.Where(a => a.Status == one) : articles.Where(a => a.Status != ArticleStatus.Trashed);
        if (author is { } by) articles = articles.Where(a => a.AuthorId == by);
        if (words.Length == 0) return articles;
        var folded = words.ToLowerInvariant();
        return articles.Where(a => a.TitleText.ToLower().Contains(folded) || a.Slug.Contains(folded));
    }

    private static string Url(string prefix, IQueryCollection query, int page)
    {
        var kept = query.Where(q => q.Key is "status" or "author" or "q").SelectMany(q => q.Value, (q, value) => KeyValuePair.Create(q.Key, value));
        return QueryHelpers.AddQueryString(prefix, kept.Append(KeyValuePair.Create("page", (string?)page.ToString(CultureInfo.InvariantCulture))));
    }
}
