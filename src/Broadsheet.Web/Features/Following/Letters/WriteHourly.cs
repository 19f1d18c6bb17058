using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Mail;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Following.Letters;

/// <summary>What was said in an hour of a busy discussion after the first comments, which came one by one. What is not shown any more is left out.</summary>
internal sealed class WriteHourly(IDatabaseEngine engine, LetterDesk desk) : IWriteLetters
{
    public MailKind Kind => MailKind.Hourly;

    public async Task<Letter?> WriteAsync(QueuedMail mail, CancellationToken ct)
    {
        await using var db = engine.Open();
        if (await LetterDesk.ActiveAsync(db, mail, ct) is not { } subscription) return null;
        var ids = await db.Mails.Where(m => m.DigestId == mail.Id && m.CommentId != null).Select(m => m.CommentId!.Value).ToListAsync(ct);
        var site = await desk.SiteAsync(subscription, ct);
        var comments = await LetterDesk.CommentsAsync(db, site, subscription, ids, ct);
        var articles = await LetterDesk.ArticlesAsync(db, [subscription.ArticleId], ct);
        if (comments.Count == 0 || !articles.TryGetValue(subscription.ArticleId, out var article)) return null;
        var isReplies = subscription.Kind == SubscriptionKind.Replies;
        var body = new LetterBody()
            .Say($"Much is being said here. The first {FollowNotices.MostAtOnce} comments of an hour come to you one by one; these came after them, in one mail.")
            .Link("Change how often mail comes, or end it", desk.ManageUrl(site, mail.SubscriptionId));
        WriteDigest.Discussions(body, site, articles, comments);
        var why = isReplies ? $"You get this because you asked for replies to your comments on this article of {site.Publication.Title}." : $"You get this because you follow this discussion on {site.Publication.Title}.";
        return desk.OfList(site, mail, $"{WriteDigest.Number(comments.Count, "new comment")} on “{FollowPages.TitleOf(article)}”", body, $"hourly-{mail.Id}", why, $"discussion-{article.Id}") with { Above = [LetterDesk.Key(LetterDesk.ArticleKey(article.Id), mail.EmailFolded)] };
    }
}
