using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Mail;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Moderation.Letters;

/// <summary>A moderator's word to a commenter.</summary>
internal sealed class WriteWarningLetter(IDatabaseEngine engine, AccountLetters letters) : IWriteLetters
{
    public MailKind Kind => MailKind.Warned;

    public async Task<Letter?> WriteAsync(QueuedMail mail, CancellationToken ct)
    {
        await using var db = engine.Open();
        if (await db.Warnings.FirstOrDefaultAsync(w => w.Id == mail.SubscriptionId && w.ReadAt == null, ct) is not { } warning) return null;
        return await letters.MakeAsync(mail, p => $"A word from a moderator at {p.Title}", (body, p) => body
            .Say($"A moderator at {p.Title} says to you about your comments:").Quote(warning.Words)
            .Say("Before you comment again, say on your account's page that you have read it."), "/account/warnings/", "I have read it", "The page is /account/warnings/ at the publication.", ct);
    }
}
