using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Appeals: asked for once, answered by the next decision of a moderator on the comment.</summary>
internal static class AppealLedger
{
    /// <summary>UTF-16 code units.</summary>
    public const int MaxLength = 2_000;

    /// <summary>An answer is mailed so much later: a decision that is taken back at once is not told.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMinutes(5);

    /// <returns>False where it is shown or waits already, was deleted by its writer, or was appealed before.</returns>
    public static async Task<bool> AskAsync(WriteScope scope, long articleId, long commentId, string words, CancellationToken ct)
    {
        await CommentLedger.TakeTurnAsync(scope, articleId, ct);
        var db = scope.Db;
        if (!await db.Comments.AnyAsync(c => c.Id == commentId && (c.Standing == Standing.Spam || c.Standing == Standing.Trashed), ct)) return false;
        if (await db.Appeals.AnyAsync(a => a.CommentId == commentId, ct) || await db.TakenBack().AnyAsync(m => m.OwnerId == commentId, ct)) return false;
        db.Appeals.Add(new Appeal { CommentId = commentId, Words = words, At = scope.Now });
        QueueLedger.Count(scope, Queue.Appealed, 1);
        return true;
    }

    /// <summary>A moderator has decided on a comment: that answers its open appeal.</summary>
    public static async Task CloseAsync(WriteScope scope, Decision decision, CancellationToken ct)
    {
        if (await scope.Db.Appeals.AsTracking().FirstOrDefaultAsync(a => a.CommentId == decision.CommentId && a.State == AppealState.Open, ct) is not { } appeal) return;
        (appeal.State, appeal.DecisionId) = (decision.To == Standing.Shown ? AppealState.Granted : AppealState.Refused, decision.Id);
        QueueLedger.Count(scope, Queue.Appealed, -1);
        var email = await scope.Db.Comments.Where(c => c.Id == decision.CommentId).Select(c => c.AuthorEmail).FirstAsync(ct);
        if (FollowLedger.IsAddress(email)) scope.Db.Mails.Add(new QueuedMail { Kind = MailKind.AppealAnswered, Email = email, EmailFolded = FollowLedger.Fold(email), SubscriptionId = decision.Id, CreatedAt = scope.Now, DueAt = scope.Now + Breath });
    }

    /// <summary>Those of comments that are emptied.</summary>
    public static async Task ForgetAsync(WriteScope scope, List<long> comments, CancellationToken ct)
    {
        var appeals = scope.Db.Appeals.Where(a => comments.Contains(a.CommentId));
        QueueLedger.Count(scope, Queue.Appealed, -await appeals.CountAsync(a => a.State == AppealState.Open, ct));
        await appeals.ExecuteDeleteAsync(ct);
    }

    /// <summary>The decision is taken back: the appeal waits again.</summary>
    public static async Task ReopenAsync(WriteScope scope, Decision undone, CancellationToken ct)
    {
        var id = undone.Id;
        if (await scope.Db.Appeals.Where(a => a.DecisionId == id).ExecuteUpdateAsync(set => set.SetProperty(a => a.State, AppealState.Open).SetProperty(a => a.DecisionId, (long?)null), ct) > 0) QueueLedger.Count(scope, Queue.Appealed, 1);
    }
}
