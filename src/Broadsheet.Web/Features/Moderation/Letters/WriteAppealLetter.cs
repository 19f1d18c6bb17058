using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Mail;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Moderation.Letters;

/// <summary>Tells whoever asked for another look at their comment what came of it, unless the decision was taken back meanwhile.</summary>
internal sealed class WriteAppealLetter(IDatabaseEngine engine, AccountLetters letters) : IWriteLetters
{
    public MailKind Kind => MailKind.AppealAnswered;

    public async Task<Letter?> WriteAsync(QueuedMail mail, CancellationToken ct)
    {
        await using var db = engine.Open();
        var decided = mail.SubscriptionId;
        var found = await db.Appeals.Where(a => a.DecisionId == decided).Join(db.Comments, a => a.CommentId, c => c.Id, (a, c) => new { a.State, c.BodyHtml, c.ArticleId, Reason = db.Decisions.Where(d => d.Id == decided).Select(d => d.Reason).First() }).FirstOrDefaultAsync(ct);
        if (found is null) return null;
        var title = await db.Articles.Where(a => a.Id == found.ArticleId).Select(a => a.TitleText).FirstOrDefaultAsync(ct) is { Length: > 0 } text ? text : "an article";
        var isGranted = found.State == AppealState.Granted;
        return await letters.MakeAsync(mail, p => isGranted ? $"Your comment at {p.Title} is published" : $"Your comment at {p.Title}: another look was taken", (body, _) => body
            .Say($"You asked for another look at your comment on “{title}”:")
            .Say(Excerpt.Of(SafeHtml.FromStore(found.BodyHtml), 80))
            .Say(isGranted ? "A moderator has looked at it once more: it is published now." : $"A moderator has looked at it once more: it stays unpublished.{(found.Reason.Length > 0 ? $" {found.Reason}" : "")}"),
            FormattableString.Invariant($"/?p={found.ArticleId}"), "The article", "The article is at the publication.", ct);
    }
}
