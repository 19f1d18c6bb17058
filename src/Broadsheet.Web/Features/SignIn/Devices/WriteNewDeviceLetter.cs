using Broadsheet.Core.People;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Mail;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.SignIn.Devices;

/// <summary>Tells someone that their account was signed in to from a browser that it did not know.</summary>
internal sealed class WriteNewDeviceLetter(IDatabaseEngine engine, AccountLetters letters) : IWriteLetters
{
    public MailKind Kind => MailKind.NewDevice;

    public async Task<Letter?> WriteAsync(QueuedMail mail, CancellationToken ct)
    {
        await using var db = engine.Open();
        if (await db.Sessions.Where(s => s.Id == mail.SubscriptionId).Join(db.Users, s => s.PersonId, p => p.Id, (s, p) => new { s.BeganAt, s.UserAgent, s.WayLabel, p.DisplayName }).FirstOrDefaultAsync(ct) is not { } row) return null;
        return await letters.MakeAsync(mail, p => $"A new sign-in at {p.Title}", (body, publication) => body
            .Say($"Someone signed in to {publication.Title} as {row.DisplayName}, from a browser that has not done so before.")
            .Say($"When: {DeskTime.Of(publication, row.BeganAt)} ({publication.TimeZone})\nWith: {DeviceName.Of(row.UserAgent)}\nBy: {row.WayLabel}")
            .Say("If it was you, all is well. If not, sign that browser out and set a new password."), ShowSessions.Page, "Where you are signed in", "You find both at the publication, on the page of your account.", ct);
    }
}
