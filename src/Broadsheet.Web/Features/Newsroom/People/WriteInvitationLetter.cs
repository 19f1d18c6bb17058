using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Mail;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Newsroom.People;

/// <summary>Asks somebody to join the staff. It has no word of whoever invites but their name.</summary>
internal sealed class WriteInvitationLetter(IDatabaseEngine engine, AccountLetters letters, InvitationTokens tokens, TimeProvider clock) : IWriteLetters
{
    public MailKind Kind => MailKind.Invitation;

    public async Task<Letter?> WriteAsync(QueuedMail mail, CancellationToken ct)
    {
        await using var db = engine.Open();
        var found = await InvitationLedger.Open(db, clock.GetUtcNow()).Where(i => i.Id == mail.SubscriptionId).LeftJoin(db.Users, i => i.InvitedBy, p => p.Id, (i, p) => new { i.Role, i.ExpiresAt, By = p == null ? null : p.DisplayName }).FirstOrDefaultAsync(ct);
        if (found is null) return null;
        return await letters.MakeAsync(mail, p => $"Join the newsroom of {p.Title}", (body, publication) => body
            .Say($"{found.By ?? "The publication"} invites you to {publication.Title} as {found.Role.ToString().ToLowerInvariant()}. The invitation works once, until {DeskTime.Of(publication, found.ExpiresAt)} ({publication.TimeZone}).")
            .Say("If you do not know what this is about, do nothing."), tokens.ToPath(mail.SubscriptionId, isMailed: true), "Look at the invitation", "The publication does not know its own address, so this mail has no link: whoever invites you can give you one.", ct);
    }
}
