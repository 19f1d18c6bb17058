using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Mail;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Moderation.Letters;

/// <summary>Tells whoever reported a comment what came of it, unless the decision was taken back meanwhile, or they left or have another address by now. Neither the comment's words nor who decided are said.</summary>
internal sealed class WriteReportLetter(IDatabaseEngine engine, AccountLetters letters) : IWriteLetters
{
    public MailKind Kind => MailKind.ReportAnswered;

    public async Task<Letter?> WriteAsync(QueuedMail mail, CancellationToken ct)
    {
        await using var db = engine.Open();
        var found = await db.CommentReports.Where(r => r.Id == mail.SubscriptionId && r.WantsAnswer && r.IsUpheld != null).Join(db.Users.Where(p => p.EmailConfirmed), r => r.PersonId, p => p.Id, (r, p) => new { r.CommentId, p.Email, IsUpheld = r.IsUpheld == true }).FirstOrDefaultAsync(ct);
        if (found is null || FollowLedger.Fold(found.Email ?? "") != mail.EmailFolded) return null;
        var article = await db.Comments.Where(c => c.Id == found.CommentId).Join(db.Articles, c => c.ArticleId, a => a.Id, (_, a) => new { a.Id, a.TitleText }).FirstOrDefaultAsync(ct);
        if (article is null) return null;
        var title = article.TitleText.Length > 0 ? $"“{article.TitleText}”" : "an article";
        var outcome = found.IsUpheld ? "the comment was taken down" : "the comment stays";
        return await letters.MakeAsync(mail, p => $"What you reported at {p.Title}: {outcome}", (body, _) => body
            .Say($"You reported a comment on {title}. It was looked at: {outcome}. Thank you for pointing it out.")
            .Foot("You asked for this when you reported it. All your reports stand on your account’s page."),
            FormattableString.Invariant($"/?p={article.Id}"), "The article", "The article is at the publication.", ct);
    }
}
