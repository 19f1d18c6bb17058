using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Mail;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.SignIn.Devices;

/// <summary>Tells someone that the password of their account was changed.</summary>
internal sealed class WritePasswordLetter(IDatabaseEngine engine, AccountLetters letters) : IWriteLetters
{
    public MailKind Kind => MailKind.PasswordChanged;

    public async Task<Letter?> WriteAsync(QueuedMail mail, CancellationToken ct)
    {
        await using var db = engine.Open();
        if (await db.Users.Where(p => p.Id == mail.SubscriptionId).Select(p => p.DisplayName).FirstOrDefaultAsync(ct) is not { } name) return null;
        return await letters.MakeAsync(mail, p => $"Your password at {p.Title} was changed", (body, publication) => body
            .Say($"The password of {name} at {publication.Title} was set anew: {DeskTime.Of(publication, mail.CreatedAt)} ({publication.TimeZone}). All other browsers were signed out.")
            .Say("If it was you, all is well. If not, sign in by a mailed code now and set another: whoever did it is signed out by that."), "/account/sign-in/?again=1&returnUrl=%2Faccount%2Fpassword%2F", "Sign in and set another", "The code is sent to this address from the sign-in page of the publication.", ct);
    }
}
