using System.Globalization;
using Broadsheet.Core.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>A file that has been stored, as its record will tell.</summary>
/// <param name="Path">Root-relative: <c>/wp-content/uploads/2020/02/a.jpg</c>.</param>
internal sealed record NewMedia(string Path, string Title, string MimeType, string Alt, long Bytes, int? Width, int? Height, bool Moves = false);

/// <summary>Records of uploaded files: an attachment in the id space of articles, and what is known of the file.</summary>
internal static class MediaLedger
{
    /// <summary>The job that renders anew the bodies that show a medium; its payload is the medium's id.</summary>
    public const string RenderUsers = "render-users-of-medium";

    public static async Task<long> AddAsync(WriteScope scope, Publication publication, NewMedia file, long personId, CancellationToken ct)
    {
        var article = Article.Create(ArticleKind.Attachment, ArticleStatus.Inherit, scope.Now, personId);
        article.Write(TextOf(file.Title), scope.Now);
        article.Date(ArticleStatus.Inherit, scope.Now, publication.Local(scope.Now));
        var wanted = Slug.From(file.Title, fallback: "file");
        var slug = wanted;
        for (var n = 2; await scope.Db.Articles.AnyAsync(a => a.Path == slug || (a.Kind == ArticleKind.Article && a.Slug == slug), ct); n++) slug = string.Create(CultureInfo.InvariantCulture, $"{wanted}-{n}");
        article.Place(slug, slug);
        scope.Db.Articles.Add(article);
        await scope.FlushAsync(ct);
        article.Identify(string.Create(CultureInfo.InvariantCulture, $"urn:broadsheet:article:{article.Id}"));
        var media = new Media(article.Id, file.Path, file.MimeType, file.Alt);
        media.Arrived(file.Bytes, file.MimeType, file.Width, file.Height, file.Moves);
        media.File(article.TitleText, article.PublishedLocal);
        scope.Db.Media.Add(media);
        scope.Evict($"article:{article.Id}");
        return article.Id;
    }

    /// <param name="caption">Made by the sanitiser.</param>
    public static async Task<bool> DescribeAsync(WriteScope scope, long id, string title, string alt, SafeHtml caption, CancellationToken ct)
    {
        var article = await scope.Db.Articles.AsTracking().FirstOrDefaultAsync(a => a.Id == id && a.Kind == ArticleKind.Attachment, ct);
        var media = await scope.Db.Media.AsTracking().FirstOrDefaultAsync(m => m.ArticleId == id, ct);
        if (article is null || media is null) return false;
        article.Write(TextOf(title) with { Format = article.BodyFormat, Body = article.Body, BodyHtml = SafeHtml.FromStore(article.BodyHtml), Excerpt = article.Excerpt, Summary = article.Summary, Version = article.BodyVersion }, scope.Now);
        (media.Alt, media.Caption) = (alt, caption.Value);
        media.File(article.TitleText, article.PublishedLocal);
        // Pages of articles that have it as their picture show the alt text; bodies may, once they are rendered anew.
        await MediaUseLedger.EvictUsersAsync(scope, id, ct);
        scope.Enqueue(RenderUsers, id.ToString(CultureInfo.InvariantCulture));
        return true;
    }

    private static ArticleText TextOf(string title)
    {
        var html = Sanitiser.CleanInline(title);
        return new ArticleText(title, html, PlainText.Of(html.Value).Trim(), BodyFormat.Html, "", SafeHtml.Empty, ArticleRenderer.Version, "", "");
    }
}
