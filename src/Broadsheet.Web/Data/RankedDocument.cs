using Broadsheet.Web.Data.Records;

namespace Broadsheet.Web.Data;

/// <summary>A search document that an engine's index found.</summary>
/// <param name="Rank">The larger, the better.</param>
internal sealed record RankedDocument(long Id, double Rank);

internal static class RankedDocuments
{
    /// <summary>Of what was found, the part that everyone may read, best first, the newer first among equals.</summary>
    /// <param name="comments">Null: articles and comments; else only these.</param>
    public static IQueryable<SearchDocument> PublicBest(this IQueryable<RankedDocument> found, BroadsheetDb db, bool? comments, int skip, int take)
    {
        var words = db.PublicWords();
        var documents = found.Join(db.SearchDocuments, f => f.Id, d => d.Id, (f, d) => new { f.Rank, Document = d }).Where(f => words.Any(a => a.Id == f.Document.ArticleId));
        if (comments is { } wanted) documents = documents.Where(f => (f.Document.CommentId != null) == wanted);
        return documents.OrderByDescending(f => f.Rank).ThenByDescending(f => f.Document.Id).Skip(skip).Take(take).Select(f => f.Document);
    }
}
