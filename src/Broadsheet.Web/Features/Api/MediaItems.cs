using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;
using MediaFile = Broadsheet.Core.Publishing.Media;

namespace Broadsheet.Web.Features.Api;

/// <summary>Uploaded files (WordPress: media), as visible as what they are attached to.</summary>
internal static class MediaItems
{
    private const string Uploads = "/wp-content/uploads/";

    private static readonly string[] Short = ["id", "date", "slug", "type", "link", "title", "author", "featured_media", "caption", "alt_text", "media_type", "mime_type", "media_details", "source_url"];

    public static IEnumerable<ApiRoute> Routes { get; } =
    [
        new ApiRoute("/wp/v2/media", ListAsync)
        {
            Parameters = ["context", "page", "per_page", "search", "after", "modified_after", "author", "author_exclude", "before", "modified_before", "exclude", "include", "offset", "order", "orderby", "parent", "parent_exclude", "slug", "status", "media_type", "mime_type"],
            Writing = Refusals.Create,
        },
        new ApiRoute("/wp/v2/media/{id}", ShowAsync) { Parameters = ["context"], Writing = Refusals.Change },
    ];

    public static Task<List<ApiItem>> ShortAsync(ApiRequest request, List<long> ids) => ItemsAsync(request, Public(request).Where(a => ids.Contains(a.Id)), isShort: true);

    private static async Task<ApiAnswer> ListAsync(ApiRequest request)
    {
        var (page, filter) = (ApiPage.Read(request.Query), new PostFilter(request, ArticleKind.Attachment));
        var media = OfType(request, Public(request));
        if (request.Refusal() is { } refusal) return refusal;
        var articles = await filter.ApplyAsync(media);
        var (ids, total) = await filter.PageAsync(articles, page);
        if (page.IsPastEnd(total)) return ApiAnswer.Problem(StatusCodes.Status400BadRequest, "rest_post_invalid_page_number", $"There are fewer pages: {page.Pages(total)}.");
        var items = (await ItemsAsync(request, request.Db.Articles.Where(a => ids.Contains(a.Id)), request.IsShort)).ToDictionary(i => i.Id);
        return page.Answer(request, "/wp/v2/media", await ApiItems.FinishAsync(request, [.. ids.Where(items.ContainsKey).Select(id => items[id])]), total);
    }

    private static async Task<ApiAnswer> ShowAsync(ApiRequest request)
    {
        if (request.Refusal() is { } refusal) return refusal;
        var id = request.Id;
        return await ItemsAsync(request, Public(request).Where(a => a.Id == id), request.IsShort) is [var item] ? await ApiItems.FinishOneAsync(request, item) : await Posts.AbsentAsync(request, ArticleKind.Attachment);
    }

    private static IQueryable<Article> Public(ApiRequest request)
    {
        var db = request.Db;
        return db.PublicPages().Where(a => a.Kind == ArticleKind.Attachment && db.Media.Any(m => m.ArticleId == a.Id));
    }

    private static IQueryable<Article> OfType(ApiRequest request, IQueryable<Article> articles)
    {
        var (query, db) = (request.Query, request.Db);
        if (query.Has("media_type") && query.Choice("media_type", "image", "image", "video", "text", "application", "audio") is var family)
            articles = articles.Where(a => db.Media.Any(m => m.ArticleId == a.Id && m.MimeType.StartsWith(family + "/")));
        if (query.Words("mime_type") is { } types) articles = articles.Where(a => db.Media.Any(m => m.ArticleId == a.Id && types.Contains(m.MimeType)));
        return articles;
    }

    /// <summary>Two statements.</summary>
    private static async Task<List<ApiItem>> ItemsAsync(ApiRequest request, IQueryable<Article> articles, bool isShort)
    {
        var rows = await articles.AsRows(request.Db, withBody: !isShort).ToListAsync(request.Ct);
        if (rows.Count == 0) return [];
        var ids = rows.ConvertAll(r => r.Id);
        var files = await request.Db.Media.Where(m => ids.Contains(m.ArticleId)).ToDictionaryAsync(m => m.ArticleId, request.Ct);
        return [.. rows.Where(r => files.ContainsKey(r.Id)).Select(r => Of(request, r, files[r.Id], isShort))];
    }

    private static ApiItem Of(ApiRequest request, ArticleRow row, MediaFile file, bool isShort)
    {
        var site = request.Site;
        var view = new MediaView
        {
            Id = row.Id,
            Date = ApiDates.Of(row.PublishedLocal ?? site.Publication.Local(row.ModifiedAt)),
            DateGmt = ApiDates.Utc(row.PublishedAt ?? row.ModifiedAt),
            Guid = new Rendered(PostViews.Html.Encode(row.Guid)),
            Modified = ApiDates.Of(site.Publication.Local(row.ModifiedAt)),
            ModifiedGmt = ApiDates.Utc(row.ModifiedAt),
            Slug = Slug.Escape(row.Slug).ToLowerInvariant(),
            Link = site.Links.Absolute(site.Links.To(row)),
            Title = new Rendered(row.TitleHtml),
            Author = row.AuthorId ?? 0,
            CommentStatus = row.CommentsOpen && site.Publication.CommentsOpen ? "open" : "closed",
            PingStatus = row.PingsOpen ? "open" : "closed",
            ClassList = PageViews.Article(site, row, []).Classes.Split(' '),
            Description = new Rendered(PostViews.Rooted(site, row.BodyHtml)),
            Caption = new Rendered(file.Caption.Length > 0 ? $"<p>{file.Caption}</p>\n" : ""),
            AltText = file.Alt,
            MediaType = file.MimeType.StartsWith("image/", StringComparison.Ordinal) ? "image" : "file",
            MimeType = file.MimeType,
            MediaDetails = Details(site, file),
            Post = row.ParentId is > 0 ? row.ParentId : null,
            SourceUrl = site.Links.Absolute(Escape(file.Path)),
        };
        return ApiItem.Of(row.Id, view, ApiJson.Default.MediaView, LinksOf(request, row), isShort ? Short : null);
    }

    private static MediaDetails Details(ReaderSite site, MediaFile file)
    {
        var path = file.Path.StartsWith(Uploads, StringComparison.Ordinal) ? file.Path[Uploads.Length..] : file.Path.TrimStart('/');
        var sizes = new Dictionary<string, MediaSize>(StringComparer.Ordinal);
        if (file is { Width: { } width, Height: { } height })
        {
            if (file.IsPresent && file.Moves != true && Rendition.AreMadeOf(file.MimeType))
                foreach (var rendition in Rendition.Of(width, height)) sizes[rendition.Name] = Size(rendition.AddressOf(file.Path), rendition.Width, rendition.Height);
            sizes["full"] = Size(file.Path, width, height);
        }
        return new MediaDetails(file.Width, file.Height, path, file.Bytes, sizes);

        MediaSize Size(string address, int width, int height) => new(address[(address.LastIndexOf('/') + 1)..], width, height, file.MimeType, site.Links.Absolute(Escape(address)));
    }

    private static SortedDictionary<string, ApiLink[]> LinksOf(ApiRequest request, ArticleRow row)
    {
        var links = new SortedDictionary<string, ApiLink[]>(StringComparer.Ordinal)
        {
            ["self"] = [new(request.To($"/wp/v2/media/{row.Id}"))],
            ["collection"] = [new(request.To("/wp/v2/media"))],
            ["about"] = [new(request.To("/wp/v2/types/attachment"))],
            ["replies"] = [new(request.To($"/wp/v2/comments?post={row.Id}"), new EmbedTarget(EmbedKind.RepliesTo, row.Id))],
        };
        if (row.AuthorId is { } author) links["author"] = [new(request.To($"/wp/v2/users/{author}"), new EmbedTarget(EmbedKind.Person, author))];
        return links;
    }

    private static string Escape(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
