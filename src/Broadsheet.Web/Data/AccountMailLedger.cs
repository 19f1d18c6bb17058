using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Mail that tells people of what happened to their own account, so that what was not them is noticed.</summary>
internal static class AccountMailLedger
{
    /// <summary>Of one kind, to one address, in a day: more would only help who wishes to bury the first.</summary>
    public const int MostADay = 5;

    /// <summary>Mails that tell an address of an account: with those about what somebody follows, all that it was sent.</summary>
    public static IQueryable<QueuedMail> OfAccount(IQueryable<QueuedMail> mails, string folded) => mails.Where(m => m.EmailFolded == folded && m.Kind >= MailKind.NewDevice && m.Kind <= MailKind.Leaving);

    /// <param name="about">The session, or the person, that it tells of.</param>
    /// <param name="most">Of this kind in a day.</param>
    public static async Task TellAsync(WriteScope scope, Person person, MailKind kind, long about, CancellationToken ct, int most = MostADay)
    {
        if (person.Email is not { Length: > 0 } email || !FollowLedger.IsAddress(email)) return;
        var (folded, day) = (FollowLedger.Fold(email), scope.Now.AddDays(-1));
        if (await scope.Db.Mails.CountAsync(m => m.EmailFolded == folded && m.CreatedAt > day && m.Kind == kind, ct) >= most) return;
        scope.Db.Mails.Add(new QueuedMail { Kind = kind, Email = email, EmailFolded = folded, SubscriptionId = about, CreatedAt = scope.Now, DueAt = scope.Now - SignInLedger.Ahead });
    }
}
