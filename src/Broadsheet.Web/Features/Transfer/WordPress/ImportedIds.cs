using Broadsheet.Core.Discussion;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Transfer.WordPress;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Transfer.WordPress;

/// <summary>
/// Which id here stands for which of the source. Originals are kept where they are free; what differs is mapped before it is used, so that
/// whatever refers to it, earlier or later in the file, finds it.
/// </summary>
/// <remarks>Articles, terms and people have a <see cref="MappedId"/> each, also where old and new are the same: it says whose they are.
/// Of comments, which are many, only those that differ have one; the rest are recognised by their article.</remarks>
internal sealed class ImportedIds(string source)
{
    private readonly Dictionary<long, long> _articles = [];
    private readonly Dictionary<long, long> _comments = [];
    private readonly IdSet _writtenArticles = new();
    private readonly IdSet _ownArticles = new();
    private WxrSurvey _survey = null!;

    public string Source => source;

    /// <summary>By the source's user id.</summary>
    public Dictionary<long, long> People { get; } = [];

    /// <summary>By login.</summary>
    public Dictionary<string, long> Logins { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>By taxonomy and folded slug.</summary>
    public Dictionary<(string Taxonomy, string Slug), long> Terms { get; } = [];

    public async Task LoadAsync(BroadsheetDb db, WxrSurvey survey, CancellationToken ct)
    {
        _survey = survey;
        var mapped = db.MappedIds.Where(m => m.Source == source);
        await foreach (var m in mapped.Where(m => m.Kind == MappedKind.Article).Select(m => new { m.OldId, m.NewId, IsWritten = db.Articles.Any(a => a.Id == m.NewId) }).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (m.OldId != m.NewId) _articles[m.OldId] = m.NewId;
            if (m.IsWritten) { _writtenArticles.Add(m.OldId); _ownArticles.Add(m.NewId); }
        }
        await foreach (var m in mapped.Where(m => m.Kind == MappedKind.Comment).AsAsyncEnumerable().WithCancellation(ct)) _comments[m.OldId] = m.NewId;
        await foreach (var m in mapped.Where(m => m.Kind == MappedKind.Person).AsAsyncEnumerable().WithCancellation(ct)) People[m.OldId] = m.NewId;
    }

    /// <summary>An article of this source that was here when the import began.</summary>
    public bool IsWritten(long old) => _writtenArticles.Contains(old);

    public bool IsOwnArticle(long id) => _ownArticles.Contains(id);

    /// <summary>The id here of an item that refers to itself by <paramref name="old"/>.</summary>
    public long Article(long old) => _articles.TryGetValue(old, out var id) ? id : old;

    public bool IsMappedArticle(long old) => _articles.ContainsKey(old);

    /// <summary>The id here of an article that another refers to; null where neither the file nor the publication has it.</summary>
    public long? Referred(long? old) => old is not { } o ? null : _articles.TryGetValue(o, out var id) ? id : _survey.ItemIds.Contains(o) || _writtenArticles.Contains(o) ? o : null;

    /// <summary>Null where it keeps its id.</summary>
    public long? MappedComment(long old) => _comments.TryGetValue(old, out var id) ? id : null;

    /// <summary>Before anything is written: new ids for the file's items whose own are taken by others.</summary>
    public async Task MapTakenArticlesAsync(ImportWriter writer, BroadsheetDb db, CancellationToken ct)
    {
        var taken = new List<long>();
        await foreach (var id in db.Articles.Select(a => a.Id).AsAsyncEnumerable().WithCancellation(ct))
            if (_survey.ItemIds.Contains(id) && !_articles.ContainsKey(id) && !_writtenArticles.Contains(id)) taken.Add(id);
        foreach (var chunk in taken.Chunk(1_000)) await MapArticlesAsync(writer, chunk, ct);
    }

    public async Task MapArticlesAsync(ImportWriter writer, IReadOnlyList<long> olds, CancellationToken ct)
    {
        foreach (var (old, id) in await MapAsync<Article>(writer, MappedKind.Article, olds, ct)) _articles[old] = id;
    }

    public async Task MapCommentsAsync(ImportWriter writer, IReadOnlyList<long> olds, CancellationToken ct)
    {
        foreach (var chunk in olds.Chunk(1_000))
            foreach (var (old, id) in await MapAsync<Comment>(writer, MappedKind.Comment, chunk, ct)) _comments[old] = id;
    }

    private async Task<List<(long Old, long New)>> MapAsync<T>(ImportWriter writer, MappedKind kind, IReadOnlyList<long> olds, CancellationToken ct) where T : class
    {
        List<(long, long)> pairs = [];
        await writer.RunAsideAsync(async (scope, token) =>
        {
            pairs = [.. olds.Zip(await scope.NewIdsAsync<T>(olds.Count, token))];
            await scope.InsertManyAsync<MappedId>([.. pairs.Select(p => new MappedId { Kind = kind, Source = source, OldId = p.Item1, NewId = p.Item2 })], token);
        }, ct);
        return pairs;
    }
}
