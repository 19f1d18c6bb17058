using System.Globalization;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Mail;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Following.Letters;

/// <summary>All that came for an address since yesterday, by article: new articles first, then what was said. What is not shown any more is left out; where nothing is left, no mail goes.</summary>
internal sealed class WriteDigest(IDatabaseEngine engine, LetterDesk desk) : IWriteLetters
{
    private const int MaxWords = 600;

    /// <summary>Comments with their words; of more, only the number is told.</summary>
    private const int MaxComments = 60;

    public MailKind Kind => MailKind.Digest;

    public async Task<Letter?> WriteAsync(QueuedMail mail, CancellationToken ct)
    {
        await using var db = engine.Open();
        var items = await db.Mails.Where(m => m.DigestId == mail.Id && db.Subscriptions.Any(s => s.Id == m.SubscriptionId && s.State == SubscriptionState.Active)).OrderBy(m => m.Id).ToListAsync(ct);
        if (items.Count == 0 || await db.Subscriptions.FirstOrDefaultAsync(s => s.Id == items[0].SubscriptionId, ct) is not { } subscription) return null;
        var site = await desk.SiteAsync(subscription, ct);
        var comments = await LetterDesk.CommentsAsync(db, site, subscription, [.. items.Select(i => i.CommentId).OfType<long>()], ct);
        var articles = await LetterDesk.ArticlesAsync(db, [.. items.Select(i => i.ArticleId).OfType<long>().Concat(comments.Select(c => c.ArticleId)).Distinct()], ct);
        comments.RemoveAll(c => !articles.ContainsKey(c.ArticleId));
        List<ArticleRow> fresh = [.. items.Select(i => i.ArticleId).OfType<long>().Where(articles.ContainsKey).Select(id => articles[id])];
        if (fresh.Count == 0 && comments.Count == 0) return null;
        var body = new LetterBody();
        foreach (var article in fresh) body.Heading(FollowPages.TitleOf(article)).Say(article.Summary.Length > 0 ? article.Summary : "A new article.").Link("Read it", site.Links.Absolute(site.Links.To(article)));
        Discussions(body, site, articles, comments);
        return desk.OfList(site, mail, $"{site.Publication.Title}: {Count(fresh.Count, comments.Count)}", body, $"digest-{mail.Id}", $"You get this once a day because you follow {site.Publication.Title}, and only when there is something new.", "daily", isDaily: true);
    }

    public static void Discussions(LetterBody body, ReaderSite site, Dictionary<long, ArticleRow> articles, List<CommentRow> comments)
    {
        var told = 0;
        foreach (var thread in comments.GroupBy(c => c.ArticleId).OrderBy(g => g.Min(c => c.Id)))
        {
            var article = articles[thread.Key];
            body.Heading($"On “{FollowPages.TitleOf(article)}”");
            var shown = thread.OrderBy(c => c.Number).ThenBy(c => c.Reply).Take(Math.Max(1, MaxComments - told)).ToList();
            foreach (var comment in shown)
                body.Say($"{comment.AuthorName} ({comment.FullNumber}):").Quote(PlainLines.Of(SafeHtml.FromStore(comment.BodyHtml), MaxWords)).Link("In the discussion", LetterDesk.UrlOf(site, article, comment));
            if (thread.Count() - shown.Count is > 0 and var more) body.Say($"… and {Number(more, "more comment")}.");
            told += shown.Count;
        }
    }

    private static string Count(int articles, int comments) => (articles, comments) switch
    {
        (_, 0) => Number(articles, "new article"),
        (0, _) => Number(comments, "new comment"),
        _ => $"{Number(articles, "new article")}, {Number(comments, "new comment")}",
    };

    public static string Number(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}{(count == 1 ? "" : "s")}");
}
