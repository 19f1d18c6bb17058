using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Mail;

namespace Broadsheet.Web.Features.Following.Letters;

/// <summary>Tells of a new article, where it is still public: its headline, what it is about, and the way to it.</summary>
internal sealed class WriteOfArticle(IDatabaseEngine engine, LetterDesk desk) : IWriteLetters
{
    public MailKind Kind => MailKind.Article;

    public async Task<Letter?> WriteAsync(QueuedMail mail, CancellationToken ct)
    {
        await using var db = engine.Open();
        if (mail.ArticleId is not { } id || await LetterDesk.ActiveAsync(db, mail, ct) is not { } subscription) return null;
        if (!(await LetterDesk.ArticlesAsync(db, [id], ct)).TryGetValue(id, out var article)) return null;
        var site = await desk.SiteAsync(subscription, ct);
        var body = new LetterBody().Heading(FollowPages.TitleOf(article));
        if (article.Credit is { } credit) body.Say(credit.Outlet);
        if (article.Summary.Length > 0) body.Say(article.Summary);
        body.Link("Read it", site.Links.Absolute(site.Links.To(article)));
        return desk.OfList(site, mail, FollowPages.TitleOf(article), body, LetterDesk.ArticleKey(id), $"You get this because you follow the new articles of {site.Publication.Title}.", "articles");
    }
}
