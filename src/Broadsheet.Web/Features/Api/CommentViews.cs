using System.Text.Json.Serialization;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Publishing;

namespace Broadsheet.Web.Features.Api;

/// <summary>A comment, with the members that WordPress gives. E-mail and network addresses are not even read.</summary>
internal sealed record CommentView(
    long Id, long Post, long Parent, long Author, string AuthorName, string AuthorUrl, string Date, string DateGmt, Rendered Content, string Link, string Status, string Type,
    [property: JsonPropertyName("author_avatar_urls")] IReadOnlyDictionary<string, string> Avatars, IReadOnlyList<string> Meta, string? BroadsheetNumber);

/// <summary>Makes what the API says of a comment.</summary>
internal static class CommentViews
{
    private static readonly string[] Short = ["id", "parent", "author", "author_name", "author_url", "date", "content", "link", "type", "author_avatar_urls", "broadsheet_number"];

    public static ApiItem Of(ApiRequest request, PlacedComment placed, bool isShort)
    {
        var (comment, article, site) = (placed.Comment, placed.Article, request.Site);
        var view = new CommentView(
            comment.Id, comment.ArticleId, comment.ParentId ?? 0, comment.PersonId ?? 0, comment.AuthorName, comment.AuthorUrl, ApiDates.Of(comment.AtLocal), ApiDates.Utc(comment.At),
            new Rendered(PostViews.Rooted(site, comment.BodyHtml)), site.Links.Absolute(site.Links.ToComment(site.Links.To(article), comment.Id, comment.FullNumber)), "approved",
            comment.Kind switch { CommentKind.Pingback => "pingback", CommentKind.Trackback => "trackback", _ => "comment" }, Avatars.Of(site, comment.PersonId, comment.AuthorName), [], comment.FullNumber?.ToString());
        return ApiItem.Of(comment.Id, view, ApiJson.Default.CommentView, LinksOf(request, placed), isShort ? Short : null);
    }

    private static SortedDictionary<string, ApiLink[]> LinksOf(ApiRequest request, PlacedComment placed)
    {
        var (comment, article) = (placed.Comment, placed.Article);
        var type = WordPressNames.Of(article.Kind);
        var posts = article.Kind switch { ArticleKind.Page => "pages", ArticleKind.Attachment => "media", _ => "posts" };
        var links = new SortedDictionary<string, ApiLink[]>(StringComparer.Ordinal)
        {
            ["self"] = [new(request.To($"/wp/v2/comments/{comment.Id}"))],
            ["collection"] = [new(request.To("/wp/v2/comments"))],
            ["up"] = [new(request.To($"/wp/v2/{posts}/{article.Id}"), new EmbedTarget(article.Kind == ArticleKind.Attachment ? EmbedKind.Media : EmbedKind.Post, article.Id)) { PostType = type }],
        };
        if (comment.PersonId is { } person) links["author"] = [new(request.To($"/wp/v2/users/{person}"), new EmbedTarget(EmbedKind.Person, person))];
        if (comment.ParentId is { } parent and > 0) links["in-reply-to"] = [new(request.To($"/wp/v2/comments/{parent}"), new EmbedTarget(EmbedKind.Comment, parent))];
        if (comment.ShownReplies > 0) links["children"] = [new(request.To($"/wp/v2/comments?parent={comment.Id}"))];
        return links;
    }
}
