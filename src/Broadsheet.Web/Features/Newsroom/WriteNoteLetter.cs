using System.Globalization;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Mail;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Newsroom;

/// <summary>Tells a member of the staff that a note beside an article names them. Its words go by mail too, to the staff alone.</summary>
internal sealed class WriteNoteLetter(IDatabaseEngine engine, AccountLetters letters) : IWriteLetters
{
    public MailKind Kind => MailKind.NoteNamesYou;

    public async Task<Letter?> WriteAsync(QueuedMail mail, CancellationToken ct)
    {
        await using var db = engine.Open();
        var found = await db.ArticleNotes.Where(n => n.Id == mail.SubscriptionId).Join(db.Articles, n => n.ArticleId, a => a.Id, (n, a) => new { n.Words, n.ById, a.Id, a.Kind, a.TitleText })
            .LeftJoin(db.Users, n => n.ById, p => p.Id, (n, p) => new { n.Words, n.Id, n.Kind, n.TitleText, Who = p == null ? null : p.DisplayName }).FirstOrDefaultAsync(ct);
        // The note was taken back meanwhile, or who it names is of the staff no more.
        if (found is null || !await db.Users.AnyAsync(p => p.NormalizedEmail == mail.Email.ToUpperInvariant() && p.Role != Core.People.Role.Reader, ct)) return null;
        var title = found.TitleText.Length > 0 ? found.TitleText : "Untitled";
        return await letters.MakeAsync(mail, _ => $"A note names you: {title}", (body, _) => body.Say($"{found.Who ?? "Somebody"} wrote beside “{title}”:").Say(found.Words),
            string.Create(CultureInfo.InvariantCulture, $"{(found.Kind == ArticleKind.Page ? "/newsroom/pages/" : "/newsroom/articles/")}{found.Id}/#notes"), "Open the article", "The publication does not know its own address, so this mail has no link.", ct);
    }
}
