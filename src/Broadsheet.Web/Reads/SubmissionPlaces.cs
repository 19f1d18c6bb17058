using Broadsheet.Core.Screening;
using Broadsheet.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Reads;

/// <summary>What a comment stands under, told to services outside the server.</summary>
internal static class SubmissionPlaces
{
    /// <param name="address">Scheme and host of the publication.</param>
    public static async Task<SubmissionPlace> OfAsync(BroadsheetDb db, ReaderSite site, string address, ArticleRow article, long? parentId, CancellationToken ct)
    {
        var parent = parentId is { } id ? await db.Comments.Where(c => c.Id == id).Select(c => new { c.AuthorName, c.BodyHtml }).FirstOrDefaultAsync(ct) : null;
        return new SubmissionPlace($"{address}/", $"{address}{site.Links.To(article)}", article.TitleText, article.ModifiedAt, site.Publication.Language, parent?.AuthorName, parent is null ? null : PlainText.Of(parent.BodyHtml));
    }
}
