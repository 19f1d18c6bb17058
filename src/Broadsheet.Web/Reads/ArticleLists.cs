using System.Globalization;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Caching;
using Broadsheet.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Reads;

/// <summary>A list of articles that an address names: its heading, its address, and what is in it.</summary>
/// <param name="Heading">Null for the home page.</param>
/// <param name="Tag">The page cache's tag for it.</param>
internal sealed record ArticleList(string Kind, string? Heading, SafeHtml Description, string Path, IQueryable<Article> Articles, string Tag)
{
    public bool IsHome => Kind == "home";
}

/// <summary>Finds the list that an address names: for pages and feeds alike.</summary>
internal static class ArticleLists
{
    private const int Few = 1_000;

    /// <returns>Null where there is no such list.</returns>
    public static async Task<ArticleList?> FindAsync(AddressRequest request, CancellationToken ct) => request.Address.Kind switch
    {
        AddressKind.Home => new ArticleList("home", null, SafeHtml.Empty, "/", request.Db.Articles.Public(), CacheTags.Lists),
        AddressKind.Category => Category(request),
        AddressKind.Tag => await TagAsync(request, ct),
        AddressKind.Author => Author(request),
        AddressKind.Date => Date(request),
        _ => null,
    };

    private static ArticleList? Category(AddressRequest request)
    {
        var index = request.Site.Index;
        if (index.CategoryByPath(request.Address.Name) is not { } category) return null;
        var ids = index.WithDescendants(category.Id);
        var articles = Filed(request.Db, ids, ids.Sum(id => index.Categories[id].Articles));
        return new ArticleList("category", category.Name, category.Description, request.Site.Links.ToCategory(category.Id), articles, CacheTags.Lists);
    }

    private static async Task<ArticleList?> TagAsync(AddressRequest request, CancellationToken ct)
    {
        var db = request.Db;
        var slug = request.Address.Name;
        var tag = await db.Terms.Where(t => t.Taxonomy == Term.Tag && t.Slug == slug).Select(t => new { t.Id, t.Name, t.Slug, t.DescriptionHtml, t.Articles }).FirstOrDefaultAsync(ct);
        if (tag is null) return null;
        return new ArticleList("tag", tag.Name, SafeHtml.FromStore(tag.DescriptionHtml), request.Site.Links.ToTag(tag.Slug), Filed(db, [tag.Id], tag.Articles), CacheTags.Lists);
    }

    /// <summary>
    /// Articles with one of these terms. Of many, the newest are found soon by looking at the newest of all; of few, they are found by the term:
    /// the other way, a rare tag would have all articles looked at.
    /// </summary>
    private static IQueryable<Article> Filed(BroadsheetDb db, IReadOnlyList<long> terms, int count)
    {
        if (count > Few) return db.Articles.Public().Where(a => db.ArticleTerms.Any(t => t.ArticleId == a.Id && terms.Contains(t.TermId)));
        var ids = db.ArticleTerms.Where(t => terms.Contains(t.TermId)).Select(t => t.ArticleId);
        return db.Articles.Where(a => ids.Contains(a.Id)).Public();
    }

    private static ArticleList? Author(AddressRequest request)
    {
        var author = request.Site.Index.Authors.Values.FirstOrDefault(a => a.Slug == request.Address.Name);
        return author is null ? null : new ArticleList("author", author.Name, SafeHtml.Empty, request.Site.Links.ToAuthor(author.Id), request.Db.Articles.Public().Where(a => a.AuthorId == author.Id), CacheTags.Lists);
    }

    private static ArticleList Date(AddressRequest request)
    {
        var (year, month, day) = (request.Address.Year!.Value, request.Address.Month, request.Address.Day);
        var from = new DateTime(year, month ?? 1, day ?? 1, 0, 0, 0, DateTimeKind.Unspecified);
        // The last year, month and day that a date can have have none after them.
        var isLast = from.Year == DateTime.MaxValue.Year && month is null or 12 && day is null or 31;
        var until = isLast ? DateTime.MaxValue : day is not null ? from.AddDays(1) : month is not null ? from.AddMonths(1) : from.AddYears(1);
        var links = request.Site.Links;
        var culture = request.Site.Culture;
        var (heading, path) = day is not null ? (PageViews.LongDate(from, culture), links.ToDay(from))
            : month is not null ? (from.ToString("MMMM yyyy", culture), links.ToMonth(from))
            : (from.ToString("yyyy", CultureInfo.InvariantCulture), links.ToYear(from));
        return new ArticleList("date", heading, SafeHtml.Empty, path, request.Db.Articles.Public().Where(a => a.PublishedLocal >= from && a.PublishedLocal < until), CacheTags.Lists);
    }
}
