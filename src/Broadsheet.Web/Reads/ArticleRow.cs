using System.Linq.Expressions;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;

namespace Broadsheet.Web.Reads;

/// <summary>An article as lists, feeds and links need it.</summary>
/// <param name="Image">The featured picture; null for none.</param>
/// <param name="Language">Null for the publication's.</param>
/// <param name="CategoryId">Its first category (lowest id, as WordPress chooses for permalinks); null for none.</param>
internal sealed record ArticleRow(
    long Id, ArticleKind Kind, ArticleStatus Status, string Slug, string? Path, long? ParentId, string TitleHtml, string TitleText, string Summary, DateTimeOffset? PublishedAt, DateTime? PublishedLocal,
    DateTimeOffset ModifiedAt, long? AuthorId, SourceCredit? Credit, int CommentsShown, int CommentsTopLevel, int PingsShown, int LastNumber, int Likes, int Featured, DiscussionRules? Discussion, bool CommentsOpen, bool PingsOpen, bool IsSticky,
    long? FeaturedImageId, string? Password, string? PostFormat, string Guid, long? CategoryId, Media? Image, string BodyHtml, IReadOnlyList<PublishedChange>? Changes, string? Canonical, string? Language, FocalPoint? Focus)
{
    public bool IsProtected => Password is not null;
}

internal static class ArticleRows
{
    /// <summary>Rows for lists: without the body.</summary>
    public static IQueryable<ArticleRow> AsRows(this IQueryable<Article> articles, BroadsheetDb db, bool withBody = false) => articles.LeftJoin(db.Media, a => a.FeaturedImageId, m => m.ArticleId, (a, image) => new ArticleRow(
        a.Id, a.Kind, a.Status, a.Slug, a.Path, a.ParentId, a.TitleHtml, a.TitleText, a.Summary, a.PublishedAt, a.PublishedLocal, a.ModifiedAt, a.AuthorId, a.Credit, a.Counters.CommentsShown,
        a.Counters.CommentsTopLevel, a.Counters.PingsShown, a.Counters.LastNumber, a.Counters.Likes, a.Counters.Featured, a.Discussion, a.CommentsOpen, a.PingsOpen, a.IsSticky, a.FeaturedImageId, a.Password, a.PostFormat, a.Guid,
        db.ArticleTerms.Where(t => t.ArticleId == a.Id).Join(db.Terms.Where(t => t.Taxonomy == Term.Category), t => t.TermId, t => t.Id, (_, t) => (long?)t.Id).Min(), image,
        withBody ? a.BodyHtml : "", a.Changes, a.Canonical, a.Language, a.Focus));

    /// <summary>Articles (not pages) that everyone may read.</summary>
    public static IQueryable<Article> Public(this IQueryable<Article> articles) => articles.Where(a => a.Kind == ArticleKind.Article && a.Status == ArticleStatus.Published);

    public static IOrderedQueryable<Article> NewestFirst(this IQueryable<Article> articles) => articles.OrderByDescending(a => a.PublishedLocal).ThenByDescending(a => a.Id);
}
