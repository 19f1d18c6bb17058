using System.Collections.Concurrent;
using Broadsheet.Web.Caching;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Reads;

/// <summary>
/// What a comment needs to know of its article, without the body, so that a reader who posts costs no look at it. Remembered are only published
/// articles and pages, as long as the page cache would keep their pages: a change of the article itself is seen by the next post here, and within
/// a second on other nodes. Its comments, of which it may have many a second, change no fact of it but the counts, and those are out of date here.
/// </summary>
internal sealed class RememberedArticles : ICommitObserver
{
    /// <summary>As many are remembered; then all are forgotten.</summary>
    private const int Limit = 5_000;

    private readonly ConcurrentDictionary<long, ArticleRow> _rows = new();
    private readonly Lock _lock = new();
    private long _forgotten;

    /// <summary>Grows with each change that makes something of what is held, or is being read, out of date.</summary>
    internal long Forgotten => Volatile.Read(ref _forgotten);

    /// <returns>Its counts may be old, and it has no body; null where there is no such article.</returns>
    public async ValueTask<ArticleRow?> FindAsync(BroadsheetDb db, long id, CancellationToken ct)
    {
        if (_rows.TryGetValue(id, out var known)) return known;
        var before = Forgotten;
        var row = await db.Articles.Where(a => a.Id == id).AsRows(db).FirstOrDefaultAsync(ct);
        // What is not public may change without a word to the caches.
        if (row is not null && PubliclyVisible.HasPublicPage(row.Kind, row.Status)) Keep(row, before);
        return row;
    }

    public void Committed(IReadOnlyList<Eviction> evictions)
    {
        foreach (var eviction in evictions)
        {
            // The index: a category that is renamed or removed.
            if (eviction.Tag is SiteIndex.Tag or PublicationStore.Tag) Missed();
            else if (eviction.Hard && ArticleOf(eviction.Tag) is { } id) Forget(id);
        }
    }

    public void Missed()
    {
        lock (_lock)
        {
            Volatile.Write(ref _forgotten, _forgotten + 1);
            _rows.Clear();
        }
    }

    private void Forget(long id)
    {
        lock (_lock)
        {
            Volatile.Write(ref _forgotten, _forgotten + 1);
            _rows.TryRemove(id, out _);
        }
    }

    /// <param name="before"><see cref="Forgotten"/> from before it was read: what was read before a change is not kept after it.</param>
    internal void Keep(ArticleRow row, long before)
    {
        lock (_lock)
        {
            if (before != _forgotten) return;
            if (_rows.Count >= Limit) _rows.Clear();
            _rows[row.Id] = row;
        }
    }

    private static long? ArticleOf(string tag) =>
        tag.StartsWith("article:", StringComparison.Ordinal) && long.TryParse(tag.AsSpan("article:".Length), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id) ? id : null;
}
