using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Mail to moderators about comments that wait: one mail for all that came since the last, never one for each.</summary>
internal static class HeldMailLedger
{
    /// <summary>Between two mails of who wishes them at once: a flood is one mail, too.</summary>
    public static readonly TimeSpan AtOnce = TimeSpan.FromMinutes(5);

    public static readonly TimeSpan Hourly = TimeSpan.FromHours(1);

    /// <summary>Of those that wait, what came after the last mail.</summary>
    public static IQueryable<Comment> Since(BroadsheetDb db, DateTimeOffset? told) => db.Comments.Where(c => c.Standing == Standing.Held && (told == null || c.At > told));

    public static Task ChooseAsync(WriteScope scope, long personId, HeldMail wish, CancellationToken ct)
    {
        // What waits now they have seen: they are at their desk.
        DateTimeOffset? now = scope.Now;
        return scope.Db.Users.Where(p => p.Id == personId).ExecuteUpdateAsync(set => set.SetProperty(p => p.HeldMail, wish).SetProperty(p => p.HeldToldAt, now), ct);
    }

    /// <summary>Writes to those who are due and for whom something waits.</summary>
    /// <returns>How many.</returns>
    public static async Task<int> TellAsync(WriteScope scope, CancellationToken ct)
    {
        var (db, now, count) = (scope.Db, scope.Now, 0);
        Role[] roles = [.. Enum.GetValues<Role>().Where(r => r.May(Permission.Moderate))];
        var (soon, hour) = (now - AtOnce, now - Hourly);
        var due = await db.Users.AsTracking().Where(p => roles.Contains(p.Role) && ((p.HeldMail == HeldMail.AtOnce && (p.HeldToldAt == null || p.HeldToldAt <= soon)) || (p.HeldMail == HeldMail.Hourly && (p.HeldToldAt == null || p.HeldToldAt <= hour)))).ToListAsync(ct);
        foreach (var person in due)
        {
            if (person.Email is not { } email || !FollowLedger.IsAddress(email) || !await Since(db, person.HeldToldAt).AnyAsync(ct)) continue;
            var since = person.HeldToldAt ?? DateTimeOffset.UnixEpoch;
            db.Mails.Add(new QueuedMail { Kind = MailKind.Held, Email = email, EmailFolded = FollowLedger.Fold(email), SubscriptionId = since.ToUnixTimeMilliseconds(), CreatedAt = now, DueAt = now });
            person.HeldToldAt = now;
            count++;
        }
        return count;
    }
}
