using Broadsheet.Core.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>How an article stood before it was changed among others: enough to bring it back.</summary>
/// <param name="At">Its date; null for none.</param>
internal sealed record StoodBefore(long Id, ArticleStatus Status, DateTimeOffset? At);

/// <summary>Does one thing to several articles, and takes it back.</summary>
internal static class ArticleBulkLedger
{
    /// <summary>Two of these works at once hold their articles in the same order, and never wait in a circle.</summary>
    public static async Task<List<Article>> HoldAsync(WriteScope scope, ArticleKind kind, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        foreach (var id in ids.Order())
        {
            await CommentLedger.TakeTurnAsync(scope, id, ct);
            await ArticleLedger.HoldAsync(scope, id, ct);
        }
        return await scope.Db.Articles.AsTracking().Where(a => a.Kind == kind && ids.Contains(a.Id)).OrderBy(a => a.Id).ToListAsync(ct);
    }

    /// <summary>Out now, with its own date where that has come.</summary>
    /// <returns>False for one without a headline: readers could not find it.</returns>
    public static async Task<bool> PublishAsync(WriteScope scope, Publication publication, Article article, long by, CancellationToken ct)
    {
        if (article.Slug.Length == 0 || article.TitleText.Length == 0) return false;
        if (article.PublishedAt is not { } at || at > scope.Now) article.Date(article.Status, scope.Now, publication.Local(scope.Now));
        await ArticleLedger.StandAsync(scope, article, ArticleStatus.Published, by, ct);
        return true;
    }

    public static async Task StandAgainAsync(WriteScope scope, Publication publication, Article article, StoodBefore before, long by, CancellationToken ct)
    {
        await ArticleLedger.StandAsync(scope, article, before.Status, by, ct);
        // A draft that had no date has none again.
        if (article.PublishedAt != before.At && before.Status is not ArticleStatus.Published) article.Date(before.Status, before.At, before.At is { } at ? publication.Local(at) : null);
    }
}
