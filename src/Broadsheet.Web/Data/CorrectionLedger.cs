using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Readers' requests for corrections: taken in, answered, opened again, and forgotten as far as they name anybody.</summary>
internal static class CorrectionLedger
{
    public const int MaxAnswer = 2_000;

    /// <summary>So many may wait at one article: more of them say the same, or nothing.</summary>
    public const int MostWaiting = 50;

    /// <summary>Names and addresses of those who asked, after their request was closed.</summary>
    public static readonly TimeSpan KeepsAskers = TimeSpan.FromDays(30);

    /// <summary>An answer waits so long before it goes, so that it can be taken back.</summary>
    private static readonly TimeSpan AnswersWait = TimeSpan.FromMinutes(1);

    /// <returns>False where enough wait at this article already. The same words of the same reader are one request.</returns>
    public static async Task<bool> ReceiveAsync(WriteScope scope, CorrectionRequest request, CancellationToken ct)
    {
        var waiting = await scope.Db.CorrectionRequests.Where(r => r.ArticleId == request.ArticleId && r.State == CorrectionState.Open).Select(r => new { r.Words, r.Email }).Take(MostWaiting).ToListAsync(ct);
        if (waiting.Exists(r => r.Words == request.Words && r.Email == request.Email)) return true;
        if (waiting.Count >= MostWaiting) return false;
        request.At = scope.Now;
        scope.Db.CorrectionRequests.Add(request);
        return true;
    }

    /// <summary>Answers once; who asked is mailed where there are words for them, and an address.</summary>
    /// <returns>False where it was answered already.</returns>
    public static async Task<bool> CloseAsync(WriteScope scope, long id, CorrectionState state, string answer, long personId, CancellationToken ct)
    {
        DateTimeOffset? now = scope.Now;
        var closed = await scope.Db.CorrectionRequests.Where(r => r.Id == id && r.State == CorrectionState.Open).ExecuteUpdateAsync(set => set
            .SetProperty(r => r.State, state).SetProperty(r => r.Answer, answer).SetProperty(r => r.ClosedAt, now).SetProperty(r => r.ClosedById, personId), ct);
        if (closed == 0) return false;
        var email = await scope.Db.CorrectionRequests.Where(r => r.Id == id).Select(r => r.Email).FirstAsync(ct);
        if (answer.Length > 0 && FollowLedger.IsAddress(email))
            scope.Db.Mails.Add(new QueuedMail { Kind = MailKind.CorrectionAnswered, Email = email, EmailFolded = FollowLedger.Fold(email), SubscriptionId = id, CreatedAt = scope.Now, DueAt = scope.Now + AnswersWait });
        return true;
    }

    /// <summary>It waits again. An answer that has not gone out yet does not go.</summary>
    public static async Task<bool> ReopenAsync(WriteScope scope, long id, CancellationToken ct)
    {
        var opened = await scope.Db.CorrectionRequests.Where(r => r.Id == id && r.State != CorrectionState.Open).ExecuteUpdateAsync(set => set
            .SetProperty(r => r.State, CorrectionState.Open).SetProperty(r => r.ClosedAt, (DateTimeOffset?)null).SetProperty(r => r.ClosedById, (long?)null), ct);
        if (opened == 0) return false;
        var now = scope.Now;
        await scope.Db.Mails.Where(m => m.Kind == MailKind.CorrectionAnswered && m.SubscriptionId == id && m.State == MailState.Waiting && m.Claim == null)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MailState.Skipped).SetProperty(m => m.DoneAt, now), ct);
        return true;
    }

    /// <summary>Who asked, when it was closed before <paramref name="until"/>; with the mail that went to them.</summary>
    public static async Task ForgetAskersAsync(WriteScope scope, DateTimeOffset until, CancellationToken ct)
    {
        var closed = scope.Db.CorrectionRequests.Where(r => r.ClosedAt < until).Select(r => r.Id);
        await scope.Db.Mails.Where(m => m.Kind == MailKind.CorrectionAnswered && closed.Contains(m.SubscriptionId)).ExecuteDeleteAsync(ct);
        await scope.Db.CorrectionRequests.Where(r => r.ClosedAt < until && (r.Name != "" || r.Email != "")).ExecuteUpdateAsync(set => set.SetProperty(r => r.Name, "").SetProperty(r => r.Email, ""), ct);
    }
}
