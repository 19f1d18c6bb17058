using System.Collections.Concurrent;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Caching;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Reads;

/// <summary>What stands around an article on its page, and is not its discussion.</summary>
/// <param name="Of">The article's date, by which its neighbours were found; null where it has none.</param>
/// <param name="Previous">The article published just before; null for none.</param>
/// <param name="Next">The article published just after; null for none.</param>
internal sealed record Surroundings(DateTime? Of, IReadOnlyList<TermRow> Terms, NeighbourRow? Previous, NeighbourRow? Next);

/// <summary>As much of an article as a link to it needs.</summary>
internal sealed record NeighbourRow(long Id, string Slug, string TitleText, DateTime PublishedLocal, long? AuthorId, long? CategoryId, string? Language);

/// <summary>
/// Held in memory as long as the page cache would keep a page that shows it, so that a comment, which changes nothing of it, costs no look at it. Of
/// published articles only: what is not public may change without a word to the caches.
/// </summary>
internal sealed class ArticleSurroundings : ICommitObserver
{
    /// <summary>As many are held; then all are forgotten.</summary>
    private const int Limit = 2_000;

    private readonly ConcurrentDictionary<long, (Surroundings Found, string[] Tags)> _held = new();
    private readonly TagIndex<long> _tags = new();
    private readonly EvictedTags _evicted = new();
    private readonly Lock _lock = new();
    private long _generation;

    /// <summary>Grows with each commit that evicts something.</summary>
    internal long Generation => Volatile.Read(ref _generation);

    internal bool Holds(long id) => _held.ContainsKey(id);

    public async ValueTask<Surroundings> FindAsync(BroadsheetDb db, ArticleRow row, CancellationToken ct)
    {
        var isPublic = row.Status is ArticleStatus.Published or ArticleStatus.Inherit;
        // The row was read before this began, and may be older than what is held, or what is held be made of one that was.
        if (isPublic && _held.TryGetValue(row.Id, out var known) && known.Found.Of == row.PublishedLocal) return known.Found;
        var before = Generation;
        var terms = await TermRow.OfAsync(db, [row.Id], ct);
        var (previous, next) = await NeighboursAsync(db, row, ct);
        var found = new Surroundings(row.PublishedLocal, terms, previous, next);
        if (isPublic) Keep(row.Id, found, before);
        return found;
    }

    /// <param name="before"><see cref="Generation"/> from before it was read: what was read before a change is not kept after it.</param>
    internal void Keep(long id, Surroundings found, long before)
    {
        List<string> tags = [PublicationStore.Tag, SiteIndex.Tag, CacheTags.Article(id)];
        if (found.Previous is { } previous) tags.Add(CacheTags.Link(previous.Id));
        if (found.Next is { } next) tags.Add(CacheTags.Link(next.Id));
        string[] all = [.. tags];
        lock (_lock)
        {
            if (!_evicted.IsFresh(all, before) || _evicted.IsStale(all, before)) return;
            if (_held.Count >= Limit) Clear();
            Forget(id);
            _held[id] = (found, all);
            _tags.Add(id, all);
        }
    }

    public void Committed(IReadOnlyList<Eviction> evictions)
    {
        lock (_lock)
        {
            var generation = _generation + 1;
            Volatile.Write(ref _generation, generation);
            foreach (var eviction in evictions)
            {
                _evicted.Add(eviction, generation);
                foreach (var id in _tags.Under(eviction.Tag)) Forget(id);
            }
        }
    }

    public void Missed()
    {
        lock (_lock)
        {
            Volatile.Write(ref _generation, _generation + 1);
            _evicted.Forget(_generation);
            Clear();
        }
    }

    private void Forget(long id)
    {
        if (_held.TryRemove(id, out var held)) _tags.Remove(id, held.Tags);
    }

    private void Clear()
    {
        _held.Clear();
        _tags.Clear();
    }

    /// <summary>The articles published just before and after: one statement.</summary>
    private static async Task<(NeighbourRow? Previous, NeighbourRow? Next)> NeighboursAsync(BroadsheetDb db, ArticleRow row, CancellationToken ct)
    {
        if (row.Kind != ArticleKind.Article || row.PublishedLocal is not { } local) return (null, null);
        var before = db.Articles.Public().Where(a => a.PublishedLocal < local || (a.PublishedLocal == local && a.Id < row.Id)).NewestFirst().Take(1).Select(a => a.Id);
        var after = db.Articles.Public().Where(a => a.PublishedLocal > local || (a.PublishedLocal == local && a.Id > row.Id)).OrderBy(a => a.PublishedLocal).ThenBy(a => a.Id).Take(1).Select(a => a.Id);
        var both = before.Concat(after);
        var found = await db.Articles.Where(a => both.Contains(a.Id)).Select(a => new NeighbourRow(
            a.Id, a.Slug, a.TitleText, a.PublishedLocal!.Value, a.AuthorId, db.ArticleTerms.Where(t => t.ArticleId == a.Id).Join(db.Terms.Where(t => t.Taxonomy == Term.Category), t => t.TermId, t => t.Id, (_, t) => (long?)t.Id).Min(), a.Language)).ToListAsync(ct);
        return (found.Find(IsBefore), found.Find(f => !IsBefore(f)));

        bool IsBefore(NeighbourRow other) => other.PublishedLocal < local || (other.PublishedLocal == local && other.Id < row.Id);
    }
}
