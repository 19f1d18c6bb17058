using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Mail;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Following.Letters;

/// <summary>Asks an address whether it meant to follow something. It has no word of whoever asked for it: nobody can send a stranger a message by it.</summary>
internal sealed class WriteConfirmation(IDatabaseEngine engine, LetterDesk desk, TimeProvider clock) : IWriteLetters
{
    public MailKind Kind => MailKind.Confirmation;

    public async Task<Letter?> WriteAsync(QueuedMail mail, CancellationToken ct)
    {
        await using var db = engine.Open();
        var rows = await db.PendingWith(mail.SubscriptionId, clock.GetUtcNow()).ToListAsync(ct);
        if (rows.Count == 0) return null;
        var site = await desk.SiteAsync(rows[0], ct);
        var things = await FollowPages.DescribeAsync(site, db, rows, ct);
        var body = new LetterBody()
            .Say($"Someone (you, we hope) asked {site.Publication.Title} to send mail to this address about:")
            .Say(string.Join('\n', things.Select(t => $"• {t.What}")))
            .Say("If it was you, open this page and press its button. The link works for seven days.")
            .Link("Yes, I want to follow this", desk.ConfirmUrl(site, rows[0].Ask))
            .Say("If it was not you, do nothing: no mail about it will come.");
        var about = rows.Count == 1 && rows[0].Kind == SubscriptionKind.Articles ? $"new articles of {site.Publication.Title}" : rows.Count == 1 ? $"a discussion on {site.Publication.Title}" : site.Publication.Title;
        return LetterDesk.Letter(site, mail, $"Do you want to follow {about}?", body, $"confirmation-{mail.Id}");
    }
}
