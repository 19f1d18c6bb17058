using Broadsheet.Core;
using Broadsheet.Core.People;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Who joins the staff, and in which role.</summary>
internal static class InvitationLedger
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>Open ones at one time: an account that was taken over sends no flood.</summary>
    public const int MostOpen = 50;

    public static IQueryable<Invitation> Open(BroadsheetDb db, DateTimeOffset now) => db.Invitations.Where(i => i.EndedAt == null && i.ExpiresAt > now);

    /// <summary>An earlier one to the same address ends with it.</summary>
    public static async Task<Problem?> InviteAsync(WriteScope scope, string email, Role role, long by, CancellationToken ct)
    {
        var (db, folded, now) = (scope.Db, PeopleLedger.Fold(email), (DateTimeOffset?)scope.Now);
        if (await db.Users.AnyAsync(p => p.NormalizedEmail == folded && p.Role != Role.Reader, ct)) return new Problem("email", "Someone with this address is on the staff already: change their role above.");
        await db.Invitations.Where(i => i.EmailFolded == folded && i.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(i => i.EndedAt, now), ct);
        if (await Open(db, scope.Now).CountAsync(ct) >= MostOpen) return new Problem("email", $"{MostOpen} invitations are open. Withdraw some first.");
        var invitation = new Invitation { Email = email, EmailFolded = folded, Role = role, InvitedBy = by, At = scope.Now, ExpiresAt = scope.Now + Lifetime };
        db.Invitations.Add(invitation);
        await scope.FlushAsync(ct);
        db.Mails.Add(new QueuedMail { Kind = MailKind.Invitation, Email = email, EmailFolded = FollowLedger.Fold(email), SubscriptionId = invitation.Id, CreatedAt = scope.Now, DueAt = scope.Now - SignInLedger.Ahead });
        return null;
    }

    public static Task<int> WithdrawAsync(WriteScope scope, long id, CancellationToken ct)
    {
        DateTimeOffset? now = scope.Now;
        return scope.Db.Invitations.Where(i => i.Id == id && i.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(i => i.EndedAt, now), ct);
    }

    /// <summary>Uses an invitation up. Of two who come at once, one gets it.</summary>
    /// <param name="name">Of somebody new; not looked at for whoever has an account.</param>
    /// <param name="isProven">They came by the mail to the address, not by a link that was handed over.</param>
    /// <returns>Who has joined. Or the problem: of the invitation (<c>invitation</c>), or of the name.</returns>
    public static async Task<Outcome<Person>> AcceptAsync(WriteScope scope, Publication publication, long id, string name, bool isProven, CancellationToken ct)
    {
        var (db, now) = (scope.Db, (DateTimeOffset?)scope.Now);
        var gone = new Problem("invitation", "It was accepted or withdrawn already, or its week is over.");
        if (await Open(db, scope.Now).FirstOrDefaultAsync(i => i.Id == id, ct) is not { } invitation) return gone;
        var known = await SignInLedger.OfAddressAsync(db.Users, invitation.EmailFolded, ct);
        // On the staff by another way meanwhile: an invitation takes no role away.
        if (known?.Role.IsStaff() == true) return gone;
        var tidy = PersonName.Tidy(name);
        if (known is null && await NameLedger.CheckAsync(db, publication, tidy, invitation.Role, null, scope.Now, ct) is { } problem) return problem;
        if (await db.Invitations.Where(i => i.Id == id && i.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(i => i.EndedAt, now), ct) != 1) return gone;
        var (person, _) = await PeopleLedger.SaveAsync(scope, new PersonEdit(invitation.Email, known is null ? tidy : null, invitation.Role, null), null, nameIsChosen: known is null, ct);
        person.EmailConfirmed |= isProven;
        await scope.FlushAsync(ct);
        return person;
    }
}
