using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Mail;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Following.Letters;

/// <summary>Tells of one comment, where it is still shown: who, where, the words, and the way to them. Mail programs thread it under its article.</summary>
internal sealed class WriteOfComment(IDatabaseEngine engine, LetterDesk desk) : IWriteLetters
{
    private const int MaxWords = 2_000;

    public MailKind Kind => MailKind.Comment;

    public async Task<Letter?> WriteAsync(QueuedMail mail, CancellationToken ct)
    {
        await using var db = engine.Open();
        if (mail.CommentId is not { } id || await LetterDesk.ActiveAsync(db, mail, ct) is not { } subscription) return null;
        var site = await desk.SiteAsync(subscription, ct);
        if ((await LetterDesk.CommentsAsync(db, site, subscription, [id], ct)) is not [var comment] || !(await LetterDesk.ArticlesAsync(db, [comment.ArticleId], ct)).TryGetValue(comment.ArticleId, out var article)) return null;
        var answered = comment.ParentId is { } parent ? await db.Comments.Where(c => c.Id == parent && c.ArticleId == comment.ArticleId && c.Standing == Standing.Shown).AsRows().FirstOrDefaultAsync(ct) : null;
        var title = FollowPages.TitleOf(article);
        var isReply = subscription.Kind == SubscriptionKind.Replies;
        var body = new LetterBody()
            .Say(isReply ? $"{comment.AuthorName} replied to you on “{title}” ({comment.FullNumber}):" : answered is null ? $"{comment.AuthorName} wrote on “{title}” ({comment.FullNumber}):" : $"{comment.AuthorName} replied to {answered.AuthorName} on “{title}” ({comment.FullNumber}, in reply to {answered.FullNumber}):")
            .Quote(PlainLines.Of(SafeHtml.FromStore(comment.BodyHtml), MaxWords))
            .Link("Read it in the discussion, or answer", LetterDesk.UrlOf(site, article, comment));
        var why = isReply ? $"You get this because you asked for replies to your comments on this article of {site.Publication.Title}." : $"You get this because you follow this discussion on {site.Publication.Title}.";
        return desk.OfList(site, mail, $"Re: {title}", body, LetterDesk.CommentKey(id), why, $"discussion-{article.Id}") with { Above = Above(mail, article, comment) };
    }

    private static List<string> Above(QueuedMail mail, ArticleRow article, CommentRow comment)
    {
        List<string> above = [LetterDesk.Key(LetterDesk.ArticleKey(article.Id), mail.EmailFolded)];
        if (comment.ParentId is { } parent) above.Add(LetterDesk.Key(LetterDesk.CommentKey(parent), mail.EmailFolded));
        return above;
    }
}
