using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>A comment as those who tell of it need it.</summary>
/// <param name="ParentEmail">Folded; empty where the comment answers none, or nobody known.</param>
internal sealed record ToldComment(long Id, long ArticleId, string WriterEmail, long? WriterId, string ParentEmail);

/// <summary>Asks for mail to those who follow, in the write that shows something for the first time; and writes their rows, a batch at a time.</summary>
internal static class FollowNotices
{
    /// <summary>The outbox's names of the jobs; their payload is an id.</summary>
    public const string NotifyComment = "notify-comment";
    public const string NotifyArticle = "notify-article";

    /// <summary>Of one thing that is followed, an address is told at once so often within <see cref="Crowd"/>; the rest comes in one mail.</summary>
    public const int MostAtOnce = 10;

    /// <summary>Also how long the rest is gathered.</summary>
    public static readonly TimeSpan Crowd = TimeSpan.FromHours(1);

    /// <summary>The note that an article was public once: it is not new a second time.</summary>
    private const string PublishedBefore = "_broadsheet_published_before";

    /// <summary>What is dated further back is an old article that comes late (someone fills the archive): no news.</summary>
    private static readonly TimeSpan News = TimeSpan.FromDays(2);

    /// <summary>A comment has just been given its number. One look into an index where nobody follows.</summary>
    public static async Task CommentShownAsync(WriteScope scope, Comment comment, CancellationToken ct)
    {
        if (comment.Kind == CommentKind.Comment && await scope.RunAsync(CommentStatements.IsFollowed, [comment.ArticleId, (int)SubscriptionState.Active], ct) is not null)
            scope.Enqueue(NotifyComment, comment.Id.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>An article was stored. It is news where readers see it for the first time now: published by hand or by the schedule, not by an import, not again, not years late.</summary>
    public static async Task ArticleStoredAsync(WriteScope scope, Article article, bool wasPublic, CancellationToken ct)
    {
        var isPublic = article.Status == ArticleStatus.Published;
        if (article.Kind != ArticleKind.Article || wasPublic == isPublic) return;
        var id = article.Id;
        var before = scope.Db.Meta.Where(m => m.Owner == MetaOwner.Article && m.OwnerId == id && m.Key == PublishedBefore);
        if (wasPublic)
        {
            if (!await before.AnyAsync(ct)) scope.Db.Meta.Add(new Meta { Owner = MetaOwner.Article, OwnerId = id, Key = PublishedBefore, Value = "1" });
            return;
        }
        if (article.Password is not null || article.PublishedAt < scope.Now - News) return;
        if (!await scope.Db.Subscriptions.AnyAsync(s => s.ArticleId == 0 && s.State == SubscriptionState.Active, ct) || await before.AnyAsync(ct)) return;
        scope.Enqueue(NotifyArticle, id.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The one address that follows replies to the comment that was answered. It is told before the thread's followers, who may be the same: of one comment, an address is told once.</summary>
    public static async Task TellOfReplyAsync(WriteScope scope, ToldComment comment, CancellationToken ct)
    {
        if (comment.ParentEmail.Length == 0) return;
        await TellAsync(scope, comment, scope.Db.Subscriptions.Where(s => s.EmailFolded == comment.ParentEmail && s.Kind == SubscriptionKind.Replies && s.ArticleId == comment.ArticleId && s.State == SubscriptionState.Active), ct);
    }

    /// <summary>The thread's followers after <paramref name="after"/>. May run again for the same: whoever is told is passed over.</summary>
    /// <returns>The last of the batch; null where there was none.</returns>
    public static Task<long?> TellOfCommentAsync(WriteScope scope, ToldComment comment, long after, int batch, CancellationToken ct) =>
        TellAsync(scope, comment, scope.Db.Subscriptions.Where(s => s.ArticleId == comment.ArticleId && s.State == SubscriptionState.Active && s.Kind == SubscriptionKind.Thread && s.Id > after).OrderBy(s => s.Id).Take(batch), ct);

    /// <summary>The followers of new articles after <paramref name="after"/>.</summary>
    /// <returns>The last of the batch; null where there was none.</returns>
    public static async Task<long?> TellOfArticleAsync(WriteScope scope, long articleId, long after, int batch, CancellationToken ct)
    {
        var db = scope.Db;
        var rows = await db.Subscriptions.AsNoTracking().Where(s => s.ArticleId == 0 && s.State == SubscriptionState.Active && s.Kind == SubscriptionKind.Articles && s.Id > after).OrderBy(s => s.Id).Take(batch)
            .Select(s => new { Subscription = s, IsTold = db.Mails.Any(m => m.ArticleId == articleId && m.EmailFolded == s.EmailFolded) }).ToListAsync(ct);
        await AddAsync(scope, [.. rows.Where(r => !r.IsTold).Select(r => (r.Subscription, false))], MailKind.Article, mail => mail.ArticleId = articleId, ct);
        return rows.Count == 0 ? null : rows[^1].Subscription.Id;
    }

    private static async Task<long?> TellAsync(WriteScope scope, ToldComment comment, IQueryable<Subscription> followers, CancellationToken ct)
    {
        var (db, id, since) = (scope.Db, comment.Id, scope.Now - Crowd);
        var rows = await followers.AsNoTracking().Select(s => new
        {
            Subscription = s,
            IsTold = db.Mails.Any(m => m.CommentId == id && m.EmailFolded == s.EmailFolded),
            // What was gathered counts, too: while more is said than this, one mail an hour comes.
            Recent = db.Mails.Where(m => m.EmailFolded == s.EmailFolded && m.CreatedAt > since && m.SubscriptionId == s.Id && m.Kind == MailKind.Comment).Take(MostAtOnce).Count(),
        }).ToListAsync(ct);
        // Nobody is told of their own words.
        await AddAsync(scope, [.. rows.Where(r => !r.IsTold && r.Subscription.EmailFolded != comment.WriterEmail && (comment.WriterId is null || r.Subscription.PersonId != comment.WriterId)).Select(r => (r.Subscription, r.Recent >= MostAtOnce))],
            MailKind.Comment, mail => mail.CommentId = id, ct);
        return rows.Count == 0 ? null : rows[^1].Subscription.Id;
    }

    private static async Task AddAsync(WriteScope scope, List<(Subscription Row, bool IsCrowded)> followers, MailKind kind, Action<QueuedMail> about, CancellationToken ct)
    {
        if (followers.Count == 0) return;
        var ids = await scope.NewIdsAsync<QueuedMail>(followers.Count, ct);
        var mails = new List<QueuedMail>(followers.Count);
        foreach (var ((follower, isCrowded), id) in followers.Zip(ids))
        {
            var mail = new QueuedMail
            {
                Id = id,
                Kind = kind,
                Email = follower.Email,
                EmailFolded = follower.EmailFolded,
                SubscriptionId = follower.Id,
                State = follower.Frequency == MailFrequency.Daily ? MailState.Gathered : isCrowded ? MailState.Crowded : MailState.Waiting,
                CreatedAt = scope.Now,
                DueAt = scope.Now,
            };
            about(mail);
            mails.Add(mail);
        }
        await scope.InsertManyAsync(mails, ct);
    }
}
