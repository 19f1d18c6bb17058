using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using System.Xml;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Api;

/// <summary>What another site shows of an article when someone puts its address there (oembed.com, type <c>link</c>).</summary>
/// <param name="Thumbnail">Absent where there is no picture or its size is not known.</param>
internal sealed record OEmbedView(
    string Version, string ProviderName, string ProviderUrl, string Title, string AuthorName, string AuthorUrl, string Type,
    [property: JsonPropertyName("thumbnail_url"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Thumbnail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? ThumbnailWidth, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? ThumbnailHeight);

/// <summary>oEmbed for the publication's own addresses.</summary>
internal static class OEmbed
{
    public static ApiRoute Route { get; } = new("/oembed/1.0/embed", async request => (await FindAsync(request)) switch
    {
        (null, { } problem) => problem,
        ({ } view, _) => ApiAnswer.Of(System.Text.Json.JsonSerializer.SerializeToNode(view, ApiJson.Default.OEmbedView)!),
        _ => throw new InvalidOperationException("Neither an article nor a problem."),
    })
    { Parameters = ["url", "format", "maxwidth"] };

    /// <summary>The same as XML.</summary>
    public static async Task<IResult?> XmlAsync(ApiRequest request)
    {
        var (view, _) = await FindAsync(request);
        if (view is null) return null;
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, new XmlWriterSettings { Encoding = new UTF8Encoding(false) }))
        {
            xml.WriteStartElement("oembed");
            foreach (var (name, value) in Members(view)) if (value is not null) xml.WriteElementString(name, value);
            xml.WriteEndElement();
        }
        return TypedResults.Bytes(buffer.ToArray(), "text/xml; charset=UTF-8");
    }

    private static IEnumerable<(string Name, string? Value)> Members(OEmbedView view) =>
    [
        ("version", view.Version), ("provider_name", view.ProviderName), ("provider_url", view.ProviderUrl), ("title", view.Title), ("author_name", view.AuthorName), ("author_url", view.AuthorUrl), ("type", view.Type),
        ("thumbnail_url", view.Thumbnail), ("thumbnail_width", view.ThumbnailWidth?.ToString(CultureInfo.InvariantCulture)), ("thumbnail_height", view.ThumbnailHeight?.ToString(CultureInfo.InvariantCulture)),
    ];

    private static async Task<(OEmbedView?, ApiAnswer?)> FindAsync(ApiRequest request)
    {
        if (!request.Query.Has("url")) return (null, ApiAnswer.Problem(StatusCodes.Status400BadRequest, "rest_missing_callback_param", "Give the address that is to be shown: url."));
        if (request.Query.Choice("format", "json", "json", "xml") is var _ && request.Query.Problems.Count > 0) return (null, ApiAnswer.BadParameters(request.Query.Problems));
        var row = Uri.TryCreate(request.Query.Text("url"), UriKind.Absolute, out var url) && IsOurs(request.Site, url) ? await RowAsync(request, url) : null;
        if (row is not { Status: ArticleStatus.Published, Kind: ArticleKind.Article or ArticleKind.Page }) return (null, ApiAnswer.Problem(StatusCodes.Status404NotFound, "oembed_invalid_url", "This publication has no article at that address."));
        return (ViewOf(request.Site, row), null);
    }

    private static OEmbedView ViewOf(ReaderSite site, ArticleRow row)
    {
        var (publication, links) = (site.Publication, site.Links);
        var author = row.AuthorId is { } id && site.Index.Authors.TryGetValue(id, out var person) ? (person.Name, links.Absolute(links.ToAuthor(id))) : (publication.Title, links.Absolute("/"));
        var picture = row is { IsProtected: false, Image: { IsPresent: true, Width: not null, Height: not null } image } ? image : null;
        return new OEmbedView("1.0", publication.Title, links.Absolute("/"), row.TitleText, author.Item1, author.Item2, "link", picture is null ? null : links.Absolute(picture.Path), picture?.Width, picture?.Height);
    }

    private static bool IsOurs(ReaderSite site, Uri url) => url.Scheme is "http" or "https"
        && (string.Equals(url.Authority, new Uri(site.Links.BaseUrl).Authority, StringComparison.OrdinalIgnoreCase) || site.Publication.OwnHosts.Contains(url.Host, StringComparer.OrdinalIgnoreCase));

    private static async Task<ArticleRow?> RowAsync(ApiRequest request, Uri url)
    {
        var (db, publication) = (request.Db, request.Site.Publication);
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(url.Query);
        foreach (var key in new[] { "p", "page_id" })
            if (query.TryGetValue(key, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return await db.Articles.Where(a => a.Id == id).AsRows(db).FirstOrDefaultAsync(request.Ct);
        var path = Uri.UnescapeDataString(url.AbsolutePath);
        if (path.Contains('\0', StringComparison.Ordinal) || Address.Parse(path, publication.PermalinkStructure, publication.CategoryBase, publication.TagBase) is not { Kind: AddressKind.Permalink } address) return null;
        return await ArticleFinder.FindAsync(new AddressRequest(new PageRequest(request.Http, request.Site, db), address), withBody: false, request.Ct);
    }
}
