using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Mail;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Newsroom.Corrections;

/// <summary>Tells whoever asked for a correction what came of it.</summary>
internal sealed class WriteCorrectionLetter(IDatabaseEngine engine, ReaderSites sites, AccountLetters letters) : IWriteLetters
{
    public MailKind Kind => MailKind.CorrectionAnswered;

    public async Task<Letter?> WriteAsync(QueuedMail mail, CancellationToken ct)
    {
        await using var db = engine.Open();
        // Opened again meanwhile, or the article is not for readers any more.
        if (await db.CorrectionRequests.FirstOrDefaultAsync(r => r.Id == mail.SubscriptionId && r.State != CorrectionState.Open, ct) is not { } request) return null;
        if (await db.Articles.Where(a => a.Id == request.ArticleId).Public().AsRows(db).FirstOrDefaultAsync(ct) is not { } article) return null;
        var (title, site) = (article.TitleText.Length > 0 ? article.TitleText : "Untitled", await sites.OfAsync("", ct));
        return await letters.MakeAsync(mail, p => $"You asked {p.Title} for a correction", (body, _) => body.Say($"You wrote to us about “{title}”:").Quote(request.Words)
            .Say(request.State == CorrectionState.Corrected ? "The article is corrected." : "The article stays as it is.").Say(request.Answer), site.Links.To(article), "Read the article", "The publication does not know its own address, so this mail has no link.", ct);
    }
}
