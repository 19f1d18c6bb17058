using System.Globalization;
using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Transfer.Likes;

/// <summary>What an import of likes did, or would do.</summary>
internal sealed record LikesReport(KindCount Count, ImportNotes Notes);

/// <summary>
/// Takes likes from elsewhere. Reads the file whole first, so that a damaged one changes nothing; then writes in short transactions.
/// Who liked is found here by address, or kept as a keyed hash: the same file again, or a later one, doubles nothing.
/// </summary>
internal sealed class LikesImport(IDatabaseEngine engine, Writes writes, PublicationStore publications)
{
    private const int Batch = 200;

    public async Task<LikesReport> RunAsync(string file, bool isDryRun, IImportWatcher watcher, CancellationToken ct)
    {
        var (count, notes) = (new KindCount(), new ImportNotes());
        var length = new FileInfo(file).Length;
        await using (var first = File.OpenRead(file))
            foreach (var _ in LikesFile.Read(first, watcher.Reading("Looking the file through", length, null)))
            {
                ct.ThrowIfCancellationRequested();
                count.Read++;
            }
        if (isDryRun) return new LikesReport(count, notes);
        await publications.EnsureSecretAsync(writes, ct);
        var publication = await publications.GetAsync(ct);
        await using var second = File.OpenRead(file);
        foreach (var lines in LikesFile.Read(second, watcher.Reading("Likes", length, null)).Chunk(Batch))
        {
            var found = await FindAsync(lines, publication, count, notes, ct);
            await writes.RunAsync((scope, token) => WriteAsync(scope, found, token), ct);
            count.Written += found.Count(f => f.IsNew);
            count.Present += found.Count(f => !f.IsNew);
            await writes.YieldAsync(ct);
        }
        return new LikesReport(count, notes);
    }

    /// <summary>A place under one article after the other, each locked by the ledger in turn: in one order, so that no two writers wait for each other.</summary>
    private static async Task WriteAsync(WriteScope scope, List<Found> found, CancellationToken ct)
    {
        foreach (var like in found.OrderBy(f => f.ArticleId))
            like.IsNew = await LikeLedger.AddAsync(scope, like.ArticleId, like.CommentId, like.Who, like.At ?? scope.Now, ct) is not null;
    }

    /// <summary>What the lines mean here; what is not here is noted and left out.</summary>
    private async Task<List<Found>> FindAsync(LikeLine[] lines, Publication publication, KindCount count, ImportNotes notes, CancellationToken ct)
    {
        await using var db = engine.Open();
        var articles = await PlacesAsync(db, MappedKind.Article, lines, l => l.PostId, ct);
        var comments = await PlacesAsync(db, MappedKind.Comment, lines, l => l.CommentId, ct);
        var articleIds = articles.Values.ToList();
        var commentIds = comments.Values.ToList();
        var knownArticles = (await db.Articles.Where(a => articleIds.Contains(a.Id)).Select(a => a.Id).ToListAsync(ct)).ToHashSet();
        var knownComments = await db.Comments.Where(c => commentIds.Contains(c.Id) && c.Kind == CommentKind.Comment).ToDictionaryAsync(c => c.Id, c => c.ArticleId, ct);
        var addresses = lines.Where(l => l.Email.Length > 0).Select(l => l.Email.ToUpperInvariant()).Distinct(StringComparer.Ordinal).ToList();
        var people = (await db.Users.Where(u => u.NormalizedEmail != null && addresses.Contains(u.NormalizedEmail)).Select(u => new { u.NormalizedEmail, u.Id }).ToListAsync(ct)).GroupBy(u => u.NormalizedEmail!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Id, StringComparer.Ordinal);
        var found = new List<Found>(lines.Length);
        foreach (var line in lines)
        {
            long? comment = line.CommentId is { } c ? comments[c] : null;
            var article = line.PostId is { } p ? articles[p] : knownComments.GetValueOrDefault(comment!.Value);
            if (article == 0 || (line.PostId is not null && !knownArticles.Contains(article)))
            {
                count.Skipped++;
                notes.Add(line.Line, "like", line.CommentId is { } gone ? string.Create(CultureInfo.InvariantCulture, $"there is no comment {gone} here") : string.Create(CultureInfo.InvariantCulture, $"there is no article {line.PostId} here"));
                continue;
            }
            found.Add(new Found(article, comment, Who(line, article, comment, publication, people), line.At));
        }
        return found;
    }

    private static Liker Who(LikeLine line, long article, long? comment, Publication publication, Dictionary<string, long> people)
    {
        if (line.Email.Length > 0 && people.TryGetValue(line.Email.ToUpperInvariant(), out var person)) return new Liker(person, null, null);
        var name = line.User.Length > 0 ? line.User : line.Email.ToLowerInvariant();
        return new Liker(null, publication.Mark(string.Create(CultureInfo.InvariantCulture, $"imported like of {(comment is { } c ? $"comment {c}" : $"article {article}")} by {name}"), 16), null);
    }

    /// <summary>By the id in the file: the id here, which an import of the articles may have had to change.</summary>
    private static async Task<Dictionary<long, long>> PlacesAsync(BroadsheetDb db, MappedKind kind, LikeLine[] lines, Func<LikeLine, long?> idOf, CancellationToken ct)
    {
        var ids = lines.Select(idOf).OfType<long>().Distinct().ToList();
        var mapped = ids.Count == 0 ? [] : await db.MappedIds.Where(m => m.Kind == kind && ids.Contains(m.OldId)).Select(m => new { m.OldId, m.NewId }).ToListAsync(ct);
        var places = ids.ToDictionary(id => id);
        foreach (var m in mapped) places[m.OldId] = m.NewId;
        return places;
    }

    private sealed record Found(long ArticleId, long? CommentId, Liker Who, DateTimeOffset? At)
    {
        public bool IsNew { get; set; }
    }
}
