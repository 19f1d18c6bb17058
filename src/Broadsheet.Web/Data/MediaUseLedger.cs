using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Keeps which media the bodies of articles show or link to.</summary>
internal static class MediaUseLedger
{
    /// <summary>Of an article whose uses are none yet.</summary>
    public static void Add(WriteScope scope, long articleId, IReadOnlyList<long> media) => scope.Db.MediaUses.AddRange(media.Select(id => new MediaUse { ArticleId = articleId, MediaId = id }));

    /// <summary>Of an article that is stored, in place of what was noted before.</summary>
    public static async Task StoreAsync(WriteScope scope, long articleId, IReadOnlyList<long> media, CancellationToken ct)
    {
        var had = await scope.Db.MediaUses.AsTracking().Where(u => u.ArticleId == articleId).ToListAsync(ct);
        scope.Db.MediaUses.RemoveRange(had.Where(u => !media.Contains(u.MediaId)));
        Add(scope, articleId, [.. media.Where(id => !had.Exists(u => u.MediaId == id))]);
    }

    /// <summary>Articles and pages whose body names a medium, or whose picture it is.</summary>
    public static IQueryable<long> UsersOf(BroadsheetDb db, long mediaId) =>
        db.MediaUses.Where(u => u.MediaId == mediaId).Select(u => u.ArticleId).Union(db.Articles.Where(a => a.FeaturedImageId == mediaId).Select(a => a.Id));

    /// <summary>No page that shows it stays in the cache.</summary>
    public static async Task EvictUsersAsync(WriteScope scope, long mediaId, CancellationToken ct)
    {
        foreach (var user in await UsersOf(scope.Db, mediaId).ToListAsync(ct)) scope.Evict($"article:{user}");
        scope.Evict($"article:{mediaId}");
        scope.Evict("lists");
    }
}
