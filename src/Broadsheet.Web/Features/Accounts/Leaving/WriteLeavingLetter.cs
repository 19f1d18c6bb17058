using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Mail;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Accounts.Leaving;

/// <summary>Tells someone that their account will be deleted, while they can still keep it.</summary>
internal sealed class WriteLeavingLetter(IDatabaseEngine engine, AccountLetters letters) : IWriteLetters
{
    public MailKind Kind => MailKind.Leaving;

    public async Task<Letter?> WriteAsync(QueuedMail mail, CancellationToken ct)
    {
        await using var db = engine.Open();
        if (await db.Users.Where(p => p.Id == mail.SubscriptionId && p.LeavesAt != null).Select(p => new { p.DisplayName, p.LeavesAt, p.LeavesNothing }).FirstOrDefaultAsync(ct) is not { } person) return null;
        return await letters.MakeAsync(mail, p => $"Your account at {p.Title} will be deleted", (body, publication) => body
            .Say($"Somebody who was signed in as {person.DisplayName} asked for this account to be deleted. That happens on {DeskTime.Of(publication, person.LeavesAt!.Value)} ({publication.TimeZone}). {(person.LeavesNothing ? "What you wrote in discussions goes with it." : $"What you wrote in discussions stays, by “{LeavingLedger.FormerReader}”.")}")
            .Say("Until then you can keep it: sign in and press the button on your account's page. If it was not you, do that now, and set another password."), AccountsRoom.Page, "My account", "The page is /account/ at the publication.", ct);
    }
}
