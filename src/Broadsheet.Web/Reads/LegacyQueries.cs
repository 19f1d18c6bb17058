using System.Globalization;
using Broadsheet.Core.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Reads;

/// <summary>WordPress's plain addresses (<c>/?p=42</c>, <c>?cat=3</c>, <c>?m=202002</c> …): each leads to its pretty one.</summary>
internal sealed class LegacyQueries(DraftPreviews previews, NotFoundPages notFound)
{
    /// <summary>A feed, a list page or search words asked for by query are the same as by path.</summary>
    public static Address Apply(Address address, IQueryCollection query)
    {
        if (query["feed"].ToString() is { Length: > 0 } feed)
            address = address with { Feed = feed switch { "atom" => FeedFormat.Atom, "rdf" => FeedFormat.Rdf, "rss" => FeedFormat.Rss, _ => FeedFormat.Rss2 }, Kind = feed.StartsWith("comments-", StringComparison.Ordinal) && address.Kind == AddressKind.Home ? AddressKind.Comments : address.Kind };
        if (address.Kind == AddressKind.Home && query.ContainsKey("s")) address = address with { Kind = AddressKind.Search, Name = query["s"].ToString() };
        return address;
    }

    /// <returns>Null where the query asks for nothing of the kind.</returns>
    public async Task<IResult?> AnswerAsync(PageRequest page, CancellationToken ct)
    {
        var (http, site, db) = page;
        var query = http.Request.Query;
        if (query.Count == 0 || http.Request.Path.Value is not ("/" or "/index.php")) return null;
        if (Number(query, "p") is { } p) return await ToArticleAsync(page, p, "p", ct);
        if (Number(query, "page_id") is { } pageId) return await ToArticleAsync(page, pageId, "page_id", ct);
        if (Number(query, "attachment_id") is { } attachment) return await ToArticleAsync(page, attachment, "attachment_id", ct);
        if (Text(query, "name") is { } name) return await ToSlugAsync(page, name, ArticleKind.Article, "name", ct);
        if (Text(query, "pagename") is { } pageName) return await ToSlugAsync(page, pageName, ArticleKind.Page, "pagename", ct);
        if (Number(query, "cat") is { } cat && site.Index.Categories.ContainsKey(cat)) return Redirect.To(http, site.Links.ToCategory(cat), "cat");
        if (Text(query, "category_name") is { } category && site.Index.CategoryByPath(Slug.Fold(category)) is { } node) return Redirect.To(http, site.Links.ToCategory(node.Id), "category_name");
        if (Text(query, "tag") is { } tag && await db.Terms.AnyAsync(t => t.Taxonomy == Term.Tag && t.Slug == Slug.Fold(tag), ct)) return Redirect.To(http, site.Links.ToTag(Slug.Fold(tag)), "tag");
        if (Number(query, "author") is { } author && site.Index.Authors.ContainsKey(author) && await db.Articles.Public().AnyAsync(a => a.AuthorId == author, ct)) return Redirect.To(http, site.Links.ToAuthor(author), "author");
        if (Text(query, "author_name") is { } authorName && site.Index.Authors.Values.FirstOrDefault(a => a.Slug == Slug.Fold(authorName)) is { } person) return Redirect.To(http, site.Links.ToAuthor(person.Id), "author_name");
        if (Text(query, "m") is { } moment && ToDate(site, moment) is { } archive) return Redirect.To(http, archive, "m");
        return null;
    }

    /// <summary>An id names one thing: what is not there, or not for this reader, is not found (and the home page is not a second answer to it).</summary>
    private async Task<IResult> ToArticleAsync(PageRequest page, long id, string key, CancellationToken ct)
    {
        var (http, site, db) = page;
        var withBody = DraftPreviews.IsAskedFor(http);
        var row = await db.Articles.Where(a => a.Id == id).AsRows(db, withBody).FirstOrDefaultAsync(ct);
        if (row is null && await db.MappedIds.Where(m => m.Kind == Data.Records.MappedKind.Article && m.OldId == id).Select(m => (long?)m.NewId).FirstOrDefaultAsync(ct) is { } mapped)
            row = await db.Articles.Where(a => a.Id == mapped).AsRows(db, withBody).FirstOrDefaultAsync(ct);
        if (row is null) return await notFound.ShowAsync(page, ct);
        if (await previews.ShowAsync(page, row, ct) is { } preview) return preview;
        if (!await ArticleVisibility.IsVisibleAsync(new AddressRequest(page, Home), row, ct)) return await notFound.ShowAsync(page, ct);
        var address = site.Links.To(row);
        if (!address.StartsWith("/?", StringComparison.Ordinal)) return Redirect.To(http, address, [key, .. DraftPreviews.Keys]);
        // What has no address of its own would lead here again: an attachment without a path is its file.
        return await db.Media.Where(m => m.ArticleId == row.Id && m.Bytes != null).Select(m => m.Path).FirstOrDefaultAsync(ct) is { } file ? TypedResults.Redirect(file, permanent: true) : await notFound.ShowAsync(page, ct);
    }

    private static async Task<IResult?> ToSlugAsync(PageRequest page, string slug, ArticleKind kind, string key, CancellationToken ct)
    {
        var folded = Slug.Fold(slug).Trim('/');
        var row = await page.Db.Articles.Where(a => a.Kind == kind && a.Status == ArticleStatus.Published && (kind == ArticleKind.Page ? a.Path == folded : a.Slug == folded)).AsRows(page.Db).FirstOrDefaultAsync(ct);
        return row is null ? null : Redirect.To(page.Http, page.Site.Links.To(row), key);
    }

    /// <summary><c>2020</c>, <c>202002</c> or <c>20200220</c>.</summary>
    private static string? ToDate(ReaderSite site, string text)
    {
        if (text.Length is not (4 or 6 or 8)) return null;
        var padded = text.Length == 4 ? $"{text}0101" : text.Length == 6 ? $"{text}01" : text;
        if (!DateTime.TryParseExact(padded, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return null;
        return text.Length switch { 4 => site.Links.ToYear(date), 6 => site.Links.ToMonth(date), _ => site.Links.ToDay(date) };
    }

    private static Address Home => Address.Parse("/", PermalinkStructure.Parse(PermalinkStructure.Default).Value, "category", "tag")!;

    private static long? Number(IQueryCollection query, string key) => long.TryParse(query[key], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    private static string? Text(IQueryCollection query, string key) => query[key].ToString() is { Length: > 0 } text ? text : null;
}
