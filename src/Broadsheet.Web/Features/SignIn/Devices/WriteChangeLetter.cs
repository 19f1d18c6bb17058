using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Mail;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.SignIn.Devices;

/// <summary>Tells someone that the way in to their account was changed, or tried.</summary>
/// <param name="kind">What happened.</param>
internal sealed class WriteChangeLetter(MailKind kind, IDatabaseEngine engine, AccountLetters letters) : IWriteLetters
{
    public MailKind Kind => kind;

    public async Task<Letter?> WriteAsync(QueuedMail mail, CancellationToken ct)
    {
        await using var db = engine.Open();
        if (await db.Users.Where(p => p.Id == mail.SubscriptionId).Select(p => p.DisplayName).FirstOrDefaultAsync(ct) is not { } name) return null;
        var (subject, said, page) = Words();
        return await letters.MakeAsync(mail, p => $"{subject} at {p.Title}", (body, publication) => body
            .Say($"{said} The account: {name} at {publication.Title}. When: {DeskTime.Of(publication, mail.CreatedAt)} ({publication.TimeZone}).")
            .Say(kind switch
            {
                MailKind.ApplicationPasswordMade => "If it was you, all is well. If not, sign in by a mailed code now, revoke it there, and set a new password: that signs all other browsers out, but no program.",
                MailKind.WrongPasswords => "If it was you, a mailed code signs you in at once. If not, nothing is lost: a password that nobody guesses, a passkey or two steps keep it so. You are told of this once a day at most.",
                _ => "If it was you, all is well. If not, sign in by a mailed code now, look at it and set a new password: that signs everyone else out.",
            }), FreshSignIn.Address(page), "Sign in and look", "The code is sent to this address from the sign-in page of the publication.", ct);
    }

    private (string Subject, string Said, string Page) Words() => kind switch
    {
        MailKind.PasswordChanged => ("Your password was changed", "The password was set anew, and all other browsers were signed out.", "/account/password/"),
        MailKind.PasskeyAdded => ("A new passkey for your account", "A passkey was added: it signs in without a password.", "/account/passkeys/"),
        MailKind.TwoStepsOn => ("Two steps are on", "Signing in asks for a code of an authenticator app from now on.", "/account/two-steps/"),
        MailKind.TwoStepsOff => ("Two steps are off", "Signing in asks for no second step any more.", "/account/two-steps/"),
        MailKind.LoginAdded => ("A new way to sign in to your account", "An account elsewhere was added: it signs in here from now on. It can be taken away on the page of your account.", "/account/"),
        MailKind.PasskeyRemoved => ("A passkey was removed from your account", "A passkey was taken away: it signs in here no more.", "/account/passkeys/"),
        MailKind.LoginRemoved => ("A way to sign in was removed from your account", "An account elsewhere was taken away: it signs in here no more.", "/account/"),
        MailKind.WrongPasswords => ("Wrong passwords were tried", "Someone tried so many wrong passwords that they had to wait. None of them signed in.", "/account/password/"),
        MailKind.ApplicationPasswordMade => ("A new application password for your account", "An application password was made: a program that has it can do by the API what you may do.", BasicCredentials.Page),
        _ => throw new InvalidOperationException($"{kind} is nothing that happens to an account."),
    };
}
