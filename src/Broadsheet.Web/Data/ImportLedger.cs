using Broadsheet.Core.Discussion;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>What an import changes of rows that are there already: counters, standings, settled places. The rows that it adds are whole from the start.</summary>
internal static class ImportLedger
{
    /// <summary>Shows an article to readers, or puts it where it stood.</summary>
    public static async Task StandAsync(WriteScope scope, long articleId, ArticleStatus status, CancellationToken ct)
    {
        await scope.Db.Articles.Where(a => a.Id == articleId).ExecuteUpdateAsync(set => set.SetProperty(a => a.Status, status), ct);
        if (status == ArticleStatus.Published) await CountTermsAsync(scope, articleId, ct);
        scope.Db.SearchPending.Add(new SearchPending { ArticleId = articleId });
    }

    /// <summary>A published article counts for its categories and tags; pages and attachments do not (as in WordPress).</summary>
    public static Task CountTermsAsync(WriteScope scope, long articleId, CancellationToken ct) => scope.Db.Terms
        .Where(t => scope.Db.ArticleTerms.Any(a => a.TermId == t.Id && a.ArticleId == articleId) && scope.Db.Articles.Any(a => a.Id == articleId && a.Kind == ArticleKind.Article))
        .ExecuteUpdateAsync(set => set.SetProperty(t => t.Articles, t => t.Articles + 1), ct);

    public static Task CountAsync(WriteScope scope, long articleId, int shown, int topLevel, int pings, CancellationToken ct) => shown == 0 && pings == 0 ? Task.CompletedTask
        : scope.Db.ThreadCounters.Where(c => c.ArticleId == articleId).ExecuteUpdateAsync(set => set.SetProperty(c => c.CommentsShown, c => c.CommentsShown + shown)
            .SetProperty(c => c.CommentsTopLevel, c => c.CommentsTopLevel + topLevel).SetProperty(c => c.PingsShown, c => c.PingsShown + pings), ct);

    public static async Task CountRepliesAsync(WriteScope scope, IReadOnlyDictionary<long, int> repliesByParent, CancellationToken ct)
    {
        foreach (var (parent, count) in repliesByParent)
            await scope.Db.Comments.Where(c => c.Id == parent).ExecuteUpdateAsync(set => set.SetProperty(c => c.ShownReplies, c => c.ShownReplies + count), ct);
    }

    /// <summary>Takes numbers for comments that come later, so that those of readers meanwhile are others.</summary>
    /// <param name="replies">By the id of a numbered top-level comment: how many.</param>
    /// <returns>The last numbers given before.</returns>
    public static async Task<(int LastNumber, Dictionary<long, int> LastReplies)> ReserveNumbersAsync(WriteScope scope, long articleId, int tops, IReadOnlyDictionary<long, int> replies, CancellationToken ct)
    {
        var counters = scope.Db.ThreadCounters.Where(c => c.ArticleId == articleId);
        // The update comes first: it holds the row until the commit.
        await counters.ExecuteUpdateAsync(set => set.SetProperty(c => c.LastNumber, c => c.LastNumber + tops), ct);
        var last = await counters.AsNoTracking().Select(c => c.LastNumber).SingleAsync(ct) - tops;
        var lastReplies = new Dictionary<long, int>();
        foreach (var (top, count) in replies)
        {
            var row = scope.Db.Comments.Where(c => c.Id == top);
            await row.ExecuteUpdateAsync(set => set.SetProperty(c => c.LastReply, c => c.LastReply + count).SetProperty(c => c.RepliesBelow, c => c.RepliesBelow + count), ct);
            lastReplies[top] = await row.AsNoTracking().Select(c => c.LastReply).SingleAsync(ct) - count;
        }
        return (last, lastReplies);
    }

    public static Task ForgetMetaAsync(WriteScope scope, long articleId, string key, CancellationToken ct) =>
        scope.Db.Meta.Where(m => m.Owner == MetaOwner.Article && m.OwnerId == articleId && m.Key == key).ExecuteDeleteAsync(ct);

    /// <summary>WordPress's way where a slug is taken: <c>-2</c>, <c>-3</c> … An article's by others of its day, a page's by others of its parent.</summary>
    public static async Task<string> FreeSlugAsync(BroadsheetDb db, ArticleKind kind, string slug, DateTime? local, long? parentId, CancellationToken ct)
    {
        if (slug.Length == 0 || kind == ArticleKind.Other) return slug;
        var (from, until) = (local?.Date, local?.Date < DateTime.MaxValue.Date ? local?.Date.AddDays(1) : null);
        for (var n = 1; ; n++)
        {
            var ending = n == 1 ? "" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"-{n}");
            var tried = Slug.Fold(slug.Length + ending.Length > Slug.MaxLength ? slug[..(Slug.MaxLength - ending.Length)] : slug) + ending;
            var taken = db.Articles.Where(a => a.Slug == tried && a.Kind == kind && a.Status != ArticleStatus.Trashed);
            taken = kind == ArticleKind.Article ? taken.Where(a => a.PublishedLocal >= from && a.PublishedLocal < until) : taken.Where(a => a.ParentId == parentId);
            if (!await taken.AnyAsync(ct)) return tried;
        }
    }
}
