using System.Globalization;
using System.Text;
using System.Xml;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Caching;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Feeds;

/// <summary>Sitemaps at WordPress's addresses (sitemaps.org 0.9), 2,000 addresses each, and a news sitemap of the last two days.</summary>
internal static class Sitemaps
{
    private const int PerMap = 2_000;

    /// <summary>A sitemap's index names at most so many (sitemaps.org).</summary>
    private const int MaxMaps = 50_000;
    private const string Ns = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private const string News = "http://www.google.com/schemas/sitemap-news/0.9";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sitemap.xml", () => TypedResults.Redirect("/wp-sitemap.xml", permanent: true));
        routes.MapGet("/wp-sitemap.xml", IndexAsync);
        routes.MapGet("/news-sitemap.xml", NewsAsync);
        routes.MapGet("/wp-sitemap-{kind:regex(^(posts-post|posts-page|taxonomies-category|taxonomies-post_tag|users)$)}-{page:int:min(1)}.xml", MapAsync);
    }

    private static async Task<IResult> IndexAsync(HttpContext http, IDatabaseEngine engine, ReaderSites sites)
    {
        var (site, ct) = (await sites.OfAsync(http), http.RequestAborted);
        await using var db = engine.Open();
        var counts = new (string Kind, int Count)[]
        {
            ("posts-post", await db.Articles.Public().CountAsync(ct)), ("posts-page", site.Index.Pages.Count), ("taxonomies-category", site.Index.Categories.Values.Count(c => c.Articles > 0)),
            ("taxonomies-post_tag", await db.Terms.CountAsync(t => t.Taxonomy == Term.Tag && t.Articles > 0, ct)), ("users", await Authors(db).CountAsync(ct)),
        };
        Cache(http);
        return Xml(xml =>
        {
            xml.WriteStartElement("sitemapindex", Ns);
            foreach (var (kind, count) in counts)
                for (var page = 1; page <= (count + PerMap - 1) / PerMap; page++)
                {
                    xml.WriteStartElement("sitemap", Ns);
                    xml.WriteElementString("loc", Ns, site.Links.Absolute(string.Create(CultureInfo.InvariantCulture, $"/wp-sitemap-{kind}-{page}.xml")));
                    xml.WriteEndElement();
                }
            xml.WriteEndElement();
        });
    }

    private static async Task<IResult> MapAsync(HttpContext http, string kind, int page, IDatabaseEngine engine, ReaderSites sites, NotFoundPages notFound)
    {
        var (site, ct) = (await sites.OfAsync(http), http.RequestAborted);
        await using var db = engine.Open();
        if (page > MaxMaps) return await notFound.ShowAsync(new PageRequest(http, site, db), ct);
        var skip = (page - 1) * PerMap;
        var entries = kind switch
        {
            "posts-post" => (await db.Articles.Public().OrderBy(a => a.PublishedLocal).ThenBy(a => a.Id).Skip(skip).Take(PerMap).AsRows(db).ToListAsync(ct)).Select(r => (site.Links.To(r), (DateTimeOffset?)r.ModifiedAt)),
            "posts-page" => (await db.Articles.Where(a => a.Kind == ArticleKind.Page && a.Status == ArticleStatus.Published).OrderBy(a => a.Id).Skip(skip).Take(PerMap).AsRows(db).ToListAsync(ct)).Select(r => (site.Links.To(r), (DateTimeOffset?)r.ModifiedAt)),
            "taxonomies-category" => site.Index.Categories.Values.Where(c => c.Articles > 0).OrderBy(c => c.Id).Skip(skip).Take(PerMap).Select(c => (site.Links.ToCategory(c.Id), (DateTimeOffset?)null)),
            "taxonomies-post_tag" => (await db.Terms.Where(t => t.Taxonomy == Term.Tag && t.Articles > 0).OrderBy(t => t.Id).Skip(skip).Take(PerMap).Select(t => t.Slug).ToListAsync(ct)).Select(s => (site.Links.ToTag(s), (DateTimeOffset?)null)),
            _ => (await Authors(db).OrderBy(id => id).Skip(skip).Take(PerMap).ToListAsync(ct)).Select(id => (site.Links.ToAuthor(id), (DateTimeOffset?)null)),
        };
        var list = entries.ToList();
        if (list.Count == 0) return await notFound.ShowAsync(new PageRequest(http, site, db), ct);
        Cache(http);
        return Xml(xml =>
        {
            xml.WriteStartElement("urlset", Ns);
            foreach (var (path, modified) in list)
            {
                xml.WriteStartElement("url", Ns);
                xml.WriteElementString("loc", Ns, site.Links.Absolute(path));
                if (modified is { } at) xml.WriteElementString("lastmod", Ns, FeedText.Rfc3339(at));
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        });
    }

    private static async Task<IResult> NewsAsync(HttpContext http, IDatabaseEngine engine, ReaderSites sites, TimeProvider clock)
    {
        var (site, ct) = (await sites.OfAsync(http), http.RequestAborted);
        await using var db = engine.Open();
        var since = clock.GetUtcNow().AddDays(-2);
        var rows = await db.Articles.Public().Where(a => a.PublishedAt >= since && a.Password == null).NewestFirst().Take(1_000).AsRows(db).ToListAsync(ct);
        return Xml(xml =>
        {
            xml.WriteStartElement("urlset", Ns);
            xml.WriteAttributeString("xmlns", "news", null, News);
            foreach (var row in rows)
            {
                xml.WriteStartElement("url", Ns);
                xml.WriteElementString("loc", Ns, site.Links.Absolute(site.Links.To(row)));
                xml.WriteStartElement("news", News);
                xml.WriteStartElement("publication", News);
                xml.WriteElementString("name", News, FeedText.Clean(site.Publication.Title));
                xml.WriteElementString("language", News, site.Publication.Language.Split('-')[0]);
                xml.WriteEndElement();
                xml.WriteElementString("publication_date", News, FeedText.Rfc3339(row.PublishedAt!.Value));
                xml.WriteElementString("title", News, FeedText.Clean(row.TitleText));
                xml.WriteEndElement();
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        });
    }

    /// <summary>Those who have something published.</summary>
    private static IQueryable<long> Authors(BroadsheetDb db) => db.Articles.Public().Where(a => a.AuthorId != null).Select(a => a.AuthorId!.Value).Distinct();

    private static void Cache(HttpContext http) => http.MayCache(PublicationStore.Tag, SiteIndex.Tag, CacheTags.Lists);

    private static IResult Xml(Action<XmlWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, new XmlWriterSettings { Encoding = new UTF8Encoding(false) }))
        {
            xml.WriteProcessingInstruction("xml-stylesheet", $"type=\"text/xsl\" href=\"{SitemapStyle.Path}\"");
            write(xml);
        }
        return TypedResults.Bytes(buffer.ToArray(), "application/xml; charset=UTF-8");
    }
}
