using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Mail to whoever reported a comment and asked what comes of it: once for each report, and only to an address that they proved.</summary>
internal static class ReportAnswers
{
    /// <summary>An answer is mailed so much later: a decision that is taken back at once is not told.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMinutes(5);

    /// <param name="decided">The decision that answers the reports.</param>
    public static async Task TellAsync(WriteScope scope, long decided, CancellationToken ct)
    {
        var wishes = await WishesAsync(scope.Db, decided, ct);
        if (wishes.Count == 0) return;
        var told = await Of(scope.Db, wishes).Where(m => m.State == MailState.Sent || m.State == MailState.Waiting).Select(m => m.SubscriptionId).ToHashSetAsync(ct);
        foreach (var (report, email) in wishes.Where(w => !told.Contains(w.Report)))
            scope.Db.Mails.Add(new QueuedMail { Kind = MailKind.ReportAnswered, Email = email, EmailFolded = FollowLedger.Fold(email), SubscriptionId = report, CreatedAt = scope.Now, DueAt = scope.Now + Breath });
    }

    /// <summary>The decision is taken back: what has not gone yet does not go. What a sender has in its hands, its writer looks at once more.</summary>
    public static async Task WithdrawAsync(WriteScope scope, long undone, CancellationToken ct)
    {
        if (await WishesAsync(scope.Db, undone, ct) is { Count: > 0 } wishes) await Of(scope.Db, wishes).Where(m => m.State == MailState.Waiting && m.ClaimedUntil == null).ExecuteDeleteAsync(ct);
    }

    private static async Task<List<(long Report, string Email)>> WishesAsync(BroadsheetDb db, long decided, CancellationToken ct)
    {
        var found = await db.CommentReports.Where(r => r.DecisionId == decided && r.WantsAnswer).Join(db.Users.Where(p => p.EmailConfirmed && p.Email != null), r => r.PersonId, p => p.Id, (r, p) => new { r.Id, p.Email }).ToListAsync(ct);
        return [.. found.Where(f => FollowLedger.IsAddress(f.Email!)).Select(f => (f.Id, f.Email!))];
    }

    private static IQueryable<QueuedMail> Of(BroadsheetDb db, List<(long Report, string Email)> wishes)
    {
        var (reports, addresses) = (wishes.ConvertAll(w => w.Report), wishes.ConvertAll(w => FollowLedger.Fold(w.Email)));
        return db.Mails.Where(m => addresses.Contains(m.EmailFolded) && m.Kind == MailKind.ReportAnswered && reports.Contains(m.SubscriptionId));
    }
}
