using Broadsheet.Core.Discussion;
using Broadsheet.Core.Publishing;

namespace Broadsheet.Web.Data;

/// <summary>
/// What everyone may see, written once for pages, feeds, the search, the API and the comment form: what is published and of a kind that has
/// pages; an attachment where what it is attached to is so, or is not here.
/// </summary>
internal static class PubliclyVisible
{
    /// <summary>Articles, pages and attachments whose address everyone may open. One behind a password asks for it there.</summary>
    public static IQueryable<Article> PublicPages(this BroadsheetDb db) => db.Articles.Where(a =>
        ((a.Kind == ArticleKind.Article || a.Kind == ArticleKind.Page) && a.Status == ArticleStatus.Published)
        || (a.Kind == ArticleKind.Attachment && (a.Status == ArticleStatus.Inherit || a.Status == ArticleStatus.Published)
            && !db.Articles.Any(p => p.Id == a.ParentId && !((p.Kind == ArticleKind.Article || p.Kind == ArticleKind.Page) && p.Status == ArticleStatus.Published))));

    /// <summary>Those of them whose words need no password.</summary>
    public static IQueryable<Article> PublicWords(this BroadsheetDb db) => db.PublicPages().Where(a => a.Password == null);

    /// <summary>Shown comments and pings that stand under words which need no password.</summary>
    public static IQueryable<Comment> PublicComments(this BroadsheetDb db)
    {
        var words = db.PublicWords();
        return db.Comments.Where(c => c.Standing == Standing.Shown && words.Any(a => a.Id == c.ArticleId));
    }

    /// <summary><see cref="PublicPages"/> for what needs no look at another row: articles and pages.</summary>
    public static bool HasPublicPage(ArticleKind kind, ArticleStatus status) => kind is ArticleKind.Article or ArticleKind.Page && status == ArticleStatus.Published;
}
