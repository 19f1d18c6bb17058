using Broadsheet.Core.Screening;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Mail;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Moderation.Letters;

/// <summary>Tells somebody that they may not comment, why, and until when; not where the ban was lifted meanwhile.</summary>
internal sealed class WriteBanLetter(IDatabaseEngine engine, AccountLetters letters) : IWriteLetters
{
    public MailKind Kind => MailKind.Banned;

    public async Task<Letter?> WriteAsync(QueuedMail mail, CancellationToken ct)
    {
        await using var db = engine.Open();
        if (await db.Bans.FirstOrDefaultAsync(b => b.Id == mail.SubscriptionId && b.LiftedAt == null && b.Action == BanAction.Refuse, ct) is not { } ban) return null;
        return await letters.MakeAsync(mail, p => ban.Until is null ? $"You may no longer comment at {p.Title}" : $"You may not comment at {p.Title} for a while", (body, p) => body
            .Say($"A moderator at {p.Title} decided that you may not comment there {(ban.Until is { } until ? $"until {DeskTime.Of(p, until)} ({p.TimeZone})" : "any more")}.")
            .Quote(ban.Reason).Say("A person decided this; no program did. If you think that it is wrong, answer to the publication."), "/", "The publication", "Answer to the publication, by the address on its pages.", ct);
    }
}
