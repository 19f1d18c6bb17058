using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Reads;

/// <summary>An article's discussion, or one comment of it, as its reader may see it.</summary>
/// <param name="Comment">Null where the article itself is meant.</param>
internal sealed record DiscussionTarget(ArticleRow Article, CommentRow? Comment);

/// <summary>Finds what a reader wants to like, report or change: only where they may read it.</summary>
internal sealed class DiscussionFinder(PostPasswords passwords)
{
    /// <summary>One statement, or two for a comment.</summary>
    /// <returns>Null where there is none, or none that this reader may see.</returns>
    public async Task<DiscussionTarget?> FindAsync(PageRequest page, long? articleId, long? commentId, CancellationToken ct)
    {
        var db = page.Db;
        CommentRow? comment = null;
        if (commentId is { } id && (comment = await db.Comments.Where(c => c.Id == id && c.Kind == CommentKind.Comment).AsRows().FirstOrDefaultAsync(ct)) is null) return null;
        var wanted = comment?.ArticleId ?? articleId;
        if (await db.Articles.Where(a => a.Id == wanted).AsRows(db).FirstOrDefaultAsync(ct) is not { } article) return null;
        return await ArticleVisibility.IsPublicAsync(db, article, ct) && (!article.IsProtected || passwords.IsOpen(page.Http, article)) ? new DiscussionTarget(article, comment) : null;
    }

    public static long? Id(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
