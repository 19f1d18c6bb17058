using Broadsheet.Core.Text;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Puts newly rendered bodies in the place of those of an older renderer. Words that were changed meanwhile have been rendered with them.</summary>
internal static class BodyLedger
{
    public static async Task RerenderArticleAsync(WriteScope scope, long id, string body, SafeHtml html, string summary, CancellationToken ct)
    {
        if (await scope.Db.Articles.AsTracking().FirstOrDefaultAsync(a => a.Id == id && a.Body == body, ct) is not { } article) return;
        var isSame = article.BodyHtml == html.Value;
        article.Rerender(html, summary, ArticleRenderer.Version);
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
