using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Puts newly rendered bodies in the place of those of an older renderer. Words that were changed meanwhile have been rendered with them.</summary>
internal static class BodyLedger
{
    public static async Task RerenderArticleAsync(WriteScope scope, long id, ArticleText text, CancellationToken ct)
    {
        if (await scope.Db.Articles.AsTracking().FirstOrDefaultAsync(a => a.Id == id && a.Body == text.Body, ct) is not { } article) return;
        await MediaUseLedger.StoreAsync(scope, id, text.Media, ct);
        if (article.Kind == ArticleKind.Attachment && await scope.Db.Media.AsTracking().FirstOrDefaultAsync(m => m.ArticleId == id, ct) is { } media) media.File(article.TitleText, article.PublishedLocal);
        var isSame = article.BodyHtml == text.BodyHtml.Value && article.Summary == text.Summary;
        article.Rerender(text.BodyHtml, text.Summary, ArticleRenderer.Version);
        if (isSame) return;
        scope.Evict($"article:{id}");
        // Feeds have the body, lists its summary.
        scope.Evict("lists");
    }

    public static async Task RerenderCommentAsync(WriteScope scope, long id, string body, SafeHtml html, CancellationToken ct)
    {
        if (await scope.Db.Comments.AsTracking().FirstOrDefaultAsync(c => c.Id == id && c.Body == body, ct) is not { } comment) return;
        var isSame = comment.BodyHtml == html.Value;
        comment.Rerender(html);
        if (isSame) return;
        scope.Evict($"article:{comment.ArticleId}");
        scope.Evict("comments");
    }
}
