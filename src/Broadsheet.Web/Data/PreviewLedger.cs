using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Addresses that show what is not published to whoever has them.</summary>
internal static class PreviewLedger
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>More at once would be nobody's to keep an eye on.</summary>
    public const int Most = 20;

    /// <returns>Its id; null where there are too many.</returns>
    public static async Task<long?> AddAsync(WriteScope scope, long articleId, long personId, CancellationToken ct)
    {
        await scope.Db.PreviewLinks.Where(l => l.ExpiresAt <= scope.Now).ExecuteDeleteAsync(ct);
        if (await scope.Db.PreviewLinks.CountAsync(l => l.ArticleId == articleId, ct) >= Most) return null;
        var link = new PreviewLink { ArticleId = articleId, ById = personId, At = scope.Now, ExpiresAt = scope.Now + Lifetime };
        scope.Db.PreviewLinks.Add(link);
        await scope.FlushAsync(ct);
        return link.Id;
    }

    public static Task RevokeAsync(WriteScope scope, long articleId, long id, CancellationToken ct) => scope.Db.PreviewLinks.Where(l => l.ArticleId == articleId && l.Id == id).ExecuteDeleteAsync(ct);

    public static IQueryable<PreviewLink> Open(BroadsheetDb db, DateTimeOffset now) => db.PreviewLinks.Where(l => l.ExpiresAt > now);
}
