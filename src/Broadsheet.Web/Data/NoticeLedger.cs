using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Legal notices: received, told of, decided with a statement of reasons.</summary>
internal static class NoticeLedger
{
    public const int MaxLaw = 500;
    public const int MaxText = 5_000;

    private const int MostReceiptsADay = 3;

    public static async Task ReceiveAsync(WriteScope scope, LegalNotice notice, CancellationToken ct)
    {
        notice.At = scope.Now;
        scope.Db.LegalNotices.Add(notice);
        QueueLedger.Count(scope, Queue.Notices, 1);
        await scope.FlushAsync(ct);
        // Article 16 (4): the receipt is confirmed without delay. Nobody can have a stranger's address written to again and again.
        var (folded, day) = (FollowLedger.Fold(notice.Email), scope.Now.AddDays(-1));
        if (notice.Email.Length > 0 && await scope.Db.Mails.CountAsync(m => m.EmailFolded == folded && m.Kind == MailKind.NoticeReceived && m.CreatedAt > day, ct) < MostReceiptsADay) Tell(scope, MailKind.NoticeReceived, notice.Email, notice.Id);
    }

    /// <summary>Decides once, and tells both sides (articles 16 (5) and 17).</summary>
    /// <param name="isByLaw">Null where the comment stays.</param>
    /// <returns>The decision on the comment; null where the notice was decided already. Where the comment stood so before, or is gone, there is none to take back: <c>Id</c> 0.</returns>
    public static async Task<Decision?> DecideAsync(WriteScope scope, long id, bool? isByLaw, string statement, long personId, CancellationToken ct)
    {
        var (db, state) = (scope.Db, isByLaw is null ? NoticeState.Refused : NoticeState.Acted);
        DateTimeOffset? now = scope.Now;
        var decided = await db.LegalNotices.Where(n => n.Id == id && n.State == NoticeState.Open).ExecuteUpdateAsync(set => set
            .SetProperty(n => n.State, state).SetProperty(n => n.IsByLaw, isByLaw).SetProperty(n => n.Statement, statement).SetProperty(n => n.DecidedAt, now).SetProperty(n => n.DecidedById, personId), ct);
        if (decided == 0) return null;
        QueueLedger.Count(scope, Queue.Notices, -1);
        var notice = await db.LegalNotices.FirstAsync(n => n.Id == id, ct);
        Tell(scope, MailKind.NoticeAnswered, notice.Email, id);
        if (isByLaw is null) return new Decision();
        var made = await DecisionLedger.DecideAsync(scope, [new SeenComment(notice.CommentId)], new DecisionWish(Standing.Trashed, personId, statement), ct);
        if (await db.Comments.Where(c => c.Id == notice.CommentId).Select(c => c.AuthorEmail).FirstOrDefaultAsync(ct) is { } author) Tell(scope, MailKind.StatementOfReasons, author, id);
        return made.Made.FirstOrDefault() ?? new Decision();
    }

    private static void Tell(WriteScope scope, MailKind kind, string email, long notice)
    {
        if (FollowLedger.IsAddress(email)) scope.Db.Mails.Add(new QueuedMail { Kind = kind, Email = email, EmailFolded = FollowLedger.Fold(email), SubscriptionId = notice, CreatedAt = scope.Now, DueAt = scope.Now });
    }
}
