using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Accounts;

/// <summary>Somebody's own comments as a list for themselves: where, when, what became of them.</summary>
internal static class OwnCommentRows
{
    private const int Words = 240;

    /// <param name="comments">In the order in which they are shown. Two statements.</param>
    public static async Task<IReadOnlyList<OwnCommentList.Row>> ReadAsync(BroadsheetDb db, ReaderSite site, IQueryable<Comment> comments, CancellationToken ct)
    {
        var found = await comments.AsRows().ToListAsync(ct);
        var ids = found.Select(c => c.ArticleId).Distinct().ToList();
        var articles = await db.Articles.Where(a => ids.Contains(a.Id)).AsRows(db).ToDictionaryAsync(a => a.Id, ct);
        var fates = await OwnFate.ReadAsync(db, found, ct);
        return [.. found.Select(c => Of(site, c, articles.GetValueOrDefault(c.ArticleId), fates.GetValueOrDefault(c.Id) ?? OwnFate.Unknown))];
    }

    private static OwnCommentList.Row Of(ReaderSite site, CommentRow c, ArticleRow? article, OwnFate fate)
    {
        var date = PageViews.Date(site, c.At, c.AtLocal);
        var title = article is null ? "An article that is gone" : article.TitleText.Length > 0 ? article.TitleText : "Untitled";
        var isPublic = article?.Status == ArticleStatus.Published;
        var url = isPublic && c.Standing == Standing.Shown ? site.Links.ToComment(site.Links.To(article!), c.Id, c.FullNumber) : isPublic ? site.Links.To(article!) : null;
        return new OwnCommentList.Row(c.FullNumber is { } n ? string.Create(CultureInfo.InvariantCulture, $"{n} on {title}") : title, url, Excerpt(PlainText.Of(c.BodyHtml)), date.Iso, date.Long, StateOf(c.Standing, fate, c.Likes), c.Standing is Standing.Spam or Standing.Trashed && fate.MayAppeal && isPublic ? OwnFate.AppealUrl(c.Id) : null);
    }

    private static string StateOf(Standing standing, OwnFate fate, int likes) => standing switch
    {
        Standing.Shown => LikeWords.OfComment(likes) is { Length: > 0 } liked ? liked : "Published",
        Standing.Held => "Awaiting review",
        _ => fate.Words(""),
    };

    private static string Excerpt(string text) => text.Length <= Words ? text : $"{text[..(char.IsHighSurrogate(text[Words - 1]) ? Words - 1 : Words)].TrimEnd()}…";
}
