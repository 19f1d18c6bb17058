using System.Globalization;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Puts articles into the trash and takes them out again, to where they stood (WordPress: <c>_wp_trash_meta_status</c>, which imports bring too).</summary>
internal static class TrashLedger
{
    private const string StatusKey = "_wp_trash_meta_status";
    private const string TimeKey = "_wp_trash_meta_time";

    public static async Task TrashAsync(WriteScope scope, Article article, long? by, CancellationToken ct)
    {
        if (article.Status == ArticleStatus.Trashed) return;
        await ForgetAsync(scope, article.Id, ct);
        scope.Db.Meta.Add(Note(article.Id, StatusKey, WordPressNames.Of(article.Status)));
        scope.Db.Meta.Add(Note(article.Id, TimeKey, scope.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
        await ArticleLedger.StandAsync(scope, article, ArticleStatus.Trashed, by, ct);
    }

    /// <param name="mayPublish">Else what was published comes back as a draft.</param>
    public static async Task RestoreAsync(WriteScope scope, Article article, bool mayPublish, long? by, CancellationToken ct)
    {
        if (article.Status != ArticleStatus.Trashed) return;
        var before = WordPressNames.Status(await scope.Db.Meta.Where(m => m.Owner == MetaOwner.Article && m.OwnerId == article.Id && m.Key == StatusKey).Select(m => m.Value).FirstOrDefaultAsync(ct));
        // Without a date it cannot be public; what was due meanwhile goes out at once, as it would have.
        var isDraft = article.PublishedAt is null || !mayPublish || before is ArticleStatus.Trashed or ArticleStatus.AutoDraft;
        await ArticleLedger.RestoreAsync(scope, article, isDraft ? ArticleStatus.Draft : before, by, ct);
        await ForgetAsync(scope, article.Id, ct);
    }

    /// <summary>Ids of what lies in the trash and can be taken out of it.</summary>
    public static IQueryable<long> Trashed(BroadsheetDb db) =>
        db.Articles.Where(a => a.Status == ArticleStatus.Trashed && db.Meta.Any(m => m.Owner == MetaOwner.Article && m.OwnerId == a.Id && m.Key == TimeKey)).Select(a => a.Id);

    /// <summary>When something came into the trash; null for what never did.</summary>
    public static async Task<DateTimeOffset?> SinceAsync(BroadsheetDb db, long articleId, CancellationToken ct) =>
        long.TryParse(await db.Meta.Where(m => m.Owner == MetaOwner.Article && m.OwnerId == articleId && m.Key == TimeKey).Select(m => m.Value).FirstOrDefaultAsync(ct), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <summary>An attachment is never a draft: it comes back as what it was.</summary>
    public static async Task RestoreFileAsync(WriteScope scope, Article attachment, long? by, CancellationToken ct)
    {
        if (attachment.Status != ArticleStatus.Trashed) return;
        await ArticleLedger.StandAsync(scope, attachment, ArticleStatus.Inherit, by, ct);
        await ForgetAsync(scope, attachment.Id, ct);
    }

    /// <summary>It cannot be taken out again; nor was it ever put in, as far as the list of the trash tells.</summary>
    public static Task ForgetAsync(WriteScope scope, long articleId, CancellationToken ct) =>
        scope.Db.Meta.Where(m => m.Owner == MetaOwner.Article && m.OwnerId == articleId && (m.Key == StatusKey || m.Key == TimeKey)).ExecuteDeleteAsync(ct);

    private static Meta Note(long articleId, string key, string value) => new() { Owner = MetaOwner.Article, OwnerId = articleId, Key = key, Value = value };
}
