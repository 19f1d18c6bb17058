using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Who gives or takes back a like.</summary>
/// <param name="PersonId">Null for a guest, and for someone known only to an imported file.</param>
/// <param name="Mark">Says that it is the same guest or the same name again; null for a person.</param>
/// <param name="ExpiresAt">When a guest's mark is forgotten; null for never.</param>
internal sealed record Liker(long? PersonId, string? Mark, DateTimeOffset? ExpiresAt);

/// <summary>Likes and their counts: one a person and thing, whatever comes at the same time.</summary>
internal static class LikeLedger
{
    /// <param name="commentId">Null likes the article.</param>
    /// <returns>Null where it was liked already.</returns>
    public static async Task<Like?> AddAsync(WriteScope scope, long articleId, long? commentId, Liker who, DateTimeOffset at, CancellationToken ct)
    {
        // Those who like under one article come one after the other: none is counted twice.
        await CommentLedger.TakeTurnAsync(scope, articleId, ct);
        if (await FindAsync(scope.Db, articleId, commentId, who, ct) is not null) return null;
        var like = new Like { ArticleId = articleId, CommentId = commentId, PersonId = who.PersonId, Mark = who.Mark, At = at, ExpiresAt = who.ExpiresAt };
        scope.Db.Likes.Add(like);
        await CountAsync(scope, articleId, commentId, 1, who.ExpiresAt is null, ct);
        await scope.FlushAsync(ct);
        return like;
    }

    /// <returns>Whether there was one to take back.</returns>
    public static async Task<bool> RemoveAsync(WriteScope scope, long articleId, long? commentId, Liker who, long? id, CancellationToken ct)
    {
        await CommentLedger.TakeTurnAsync(scope, articleId, ct);
        var like = id is { } row ? await scope.Db.Likes.FirstOrDefaultAsync(l => l.Id == row && l.ArticleId == articleId && l.CommentId == commentId && l.PersonId == null, ct) : await FindAsync(scope.Db, articleId, commentId, who, ct);
        if (like is null || await scope.Db.Likes.Where(l => l.Id == like.Id).ExecuteDeleteAsync(ct) == 0) return false;
        await CountAsync(scope, articleId, commentId, -1, like.ExpiresAt is null, ct);
        return true;
    }

    /// <summary>Forgets who the guests were whose day is over. What they liked stays counted.</summary>
    /// <returns>How many were forgotten.</returns>
    public static Task<int> ForgetExpiredAsync(WriteScope scope, CancellationToken ct) => scope.Db.Likes.Where(l => l.ExpiresAt < scope.Now).ExecuteDeleteAsync(ct);

    private static Task<Like?> FindAsync(BroadsheetDb db, long articleId, long? commentId, Liker who, CancellationToken ct) => who.PersonId is { } person
        ? db.Likes.AsNoTracking().FirstOrDefaultAsync(l => l.PersonId == person && l.ArticleId == articleId && l.CommentId == commentId, ct)
        : db.Likes.AsNoTracking().FirstOrDefaultAsync(l => l.Mark == who.Mark, ct);

    /// <param name="isByName">Counts for <c>most liked</c>.</param>
    private static async Task CountAsync(WriteScope scope, long articleId, long? commentId, int by, bool isByName, CancellationToken ct)
    {
        var byName = isByName ? by : 0;
        if (commentId is { } comment)
            await scope.Db.Comments.Where(c => c.Id == comment).ExecuteUpdateAsync(set => set.SetProperty(c => c.Likes, c => c.Likes + by).SetProperty(c => c.PersonLikes, c => c.PersonLikes + byName), ct);
        else
            await scope.Db.ThreadCounters.Where(c => c.ArticleId == articleId).ExecuteUpdateAsync(set => set.SetProperty(c => c.Likes, c => c.Likes + by), ct);
        scope.EvictSoon($"article:{articleId}");
        // No page hangs on this one: those who watch the discussion are told which comment it was.
        if (commentId is { } liked) scope.EvictSoon($"likes:{articleId}:{liked}");
    }
}
