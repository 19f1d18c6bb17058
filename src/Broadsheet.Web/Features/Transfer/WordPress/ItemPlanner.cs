using System.Text.Json;
using Broadsheet.Core.Discussion;
using Broadsheet.Core.Transfer.WordPress;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Transfer.WordPress;

/// <summary>Decides ids, what is here already, and the numbers of a thread.</summary>
internal sealed class ItemPlanner(IDatabaseEngine engine, ImportWriter writer, ImportedIds ids, FirstPass first)
{
    /// <param name="alwaysMarks">The item is to be written in several transactions.</param>
    public async Task<ItemPlan> PlanAsync(FoundItem found, bool alwaysMarks, CancellationToken ct)
    {
        var (item, old) = (found.Item, OldIdOf(found.Item));
        if (old is < 0 or > FirstPass.MaxId && !ids.IsMappedArticle(old)) await ids.MapArticlesAsync(writer, [old], ct);
        var (id, isPresent) = (ids.Article(old), ids.IsWritten(old));
        await using var db = engine.Open();
        var known = isPresent ? await KnownAsync(db, id, ct) : [];
        var fates = await FatesAsync(db, found, id, ct);
        var mark = isPresent ? await MarkAsync(db, id, ct) : null;
        if (mark is not null && Thread(found, fates, known, mark) is { } again) return new ItemPlan(old, id, isPresent, fates, again, mark);
        var thread = Thread(found, fates, known, null)!;
        if (!isPresent)
        {
            thread.Number(0, _ => 0);
            return new ItemPlan(old, id, isPresent, fates, thread, alwaysMarks ? new ThreadMark(true, 0, []) : null);
        }
        var reserved = await ReserveAsync(id, thread, fates, mark, ct);
        return new ItemPlan(old, id, isPresent, fates, thread, reserved);
    }

    /// <summary>An id that stands twice is the first's; the other is known by what it says.</summary>
    private long OldIdOf(WxrItem item) => item.Id is { } own && !first.RepeatedItems.Contains(item.Ordinal) ? own : -FirstPass.MarkOf(item);

    private static Task<List<KnownComment>> KnownAsync(BroadsheetDb db, long id, CancellationToken ct) =>
        db.Comments.Where(c => c.ArticleId == id).Select(c => new KnownComment(c.Id, c.ParentId ?? 0, c.Number ?? 0, c.Reply, c.Depth, c.Path)).ToListAsync(ct);

    private static async Task<ThreadMark?> MarkAsync(BroadsheetDb db, long id, CancellationToken ct) =>
        await db.Meta.Where(m => m.Owner == MetaOwner.Article && m.OwnerId == id && m.Key == ThreadMark.Key).Select(m => m.Value).FirstOrDefaultAsync(ct) is { } json
            ? JsonSerializer.Deserialize(json, ThreadMarkJson.Default.ThreadMark) : null;

    private async Task<CommentFate[]> FatesAsync(BroadsheetDb db, FoundItem found, long articleId, CancellationToken ct)
    {
        var stubs = found.Stubs;
        var olds = OldIds(stubs);
        await ids.MapCommentsAsync(writer, [.. olds.Where(o => o is < 0 or > FirstPass.MaxId && ids.MappedComment(o) is null).Distinct()], ct);
        var rows = await RowsAsync(db, olds, ct);
        var taken = new List<long>();
        foreach (var old in olds)
            if (old > 0 && ids.MappedComment(old) is null && rows.TryGetValue(old, out var row) && !IsOwn(row, articleId)) taken.Add(old);
        await ids.MapCommentsAsync(writer, taken, ct);
        var fates = new CommentFate[stubs.Count];
        var seen = new HashSet<long>();
        for (var i = 0; i < fates.Length; i++)
        {
            var id = ids.MappedComment(olds[i]) ?? olds[i];
            fates[i] = !seen.Add(olds[i]) ? new CommentFate(0, false, "the same comment stands twice in its item") : new CommentFate(id, rows.ContainsKey(id), null);
        }
        return fates;
    }

    /// <summary>How the source knows each: by its id; where that is missing, or another comment's, by what it says.</summary>
    private List<long> OldIds(List<CommentStub> stubs)
    {
        var olds = new List<long>(stubs.Count);
        var marks = new Dictionary<long, (DateTimeOffset At, long Mark)>();
        foreach (var stub in stubs)
        {
            if (stub.Id is not { } id) olds.Add(-stub.Mark);
            else if (first.RepeatedComments.Count == 0) olds.Add(id);
            else if (!first.RepeatedComments.Contains(stub.Ordinal)) { marks[id] = (stub.At, stub.Mark); olds.Add(id); }
            else olds.Add(marks.TryGetValue(id, out var same) && same == (stub.At, stub.Mark) ? id : -stub.Mark);
        }
        return olds;
    }

    /// <summary>A comment here that came from this source under its own id.</summary>
    private bool IsOwn(TakenRow row, long articleId) => row is { ImportedId: null, Format: CommentFormat.WordPress } && (row.ArticleId == articleId || ids.IsOwnArticle(row.ArticleId));

    private async Task<Dictionary<long, TakenRow>> RowsAsync(BroadsheetDb db, List<long> olds, CancellationToken ct)
    {
        var rows = new Dictionary<long, TakenRow>();
        foreach (var chunk in olds.Select(o => ids.MappedComment(o) ?? o).Where(i => i > 0).Distinct().Chunk(500))
            foreach (var row in await db.Comments.Where(c => chunk.Contains(c.Id)).Select(c => new TakenRow(c.Id, c.ArticleId, c.ImportedId, c.Format)).ToListAsync(ct)) rows[row.Id] = row;
        return rows;
    }

    /// <param name="mark">Not null: what the interrupted import wrote is numbered again.</param>
    /// <returns>Null where that gives other numbers than it had: the file is another, and its comments come after those.</returns>
    private ThreadPlan? Thread(FoundItem found, CommentFate[] fates, List<KnownComment> known, ThreadMark? mark)
    {
        var plan = new ThreadPlan();
        var ofFile = mark is null ? [] : fates.Where(f => f.IsPresent).Select(f => f.Id).ToHashSet();
        var topsBefore = mark is null ? [] : known.Where(k => k.Number > 0 && k.Reply == 0 && k.Number <= mark.LastNumber).ToDictionary(k => k.Number, k => k.Id);
        var again = known.Where(k => ofFile.Contains(k.Id) && (k.Number == 0 || IsOfMark(k))).ToDictionary(k => k.Id);
        foreach (var k in known) if (!again.ContainsKey(k.Id)) plan.AddKnown(k.Id, k.ParentId, k.Number, k.Reply, k.Depth, k.Path);
        for (var i = 0; i < fates.Length; i++)
        {
            var (fate, stub) = (fates[i], found.Stubs[i]);
            if (fate.Skip is not null || (fate.IsPresent && !again.ContainsKey(fate.Id)) || plan.Contains(fate.Id)) continue;
            plan.Add(fate.Id, stub.ParentId is { } parent ? ids.MappedComment(parent) ?? parent : 0, stub.At, stub.Id ?? 0, stub is { Standing: Standing.Shown, Kind: CommentKind.Comment });
        }
        plan.Shape();
        if (mark is null) return plan;
        plan.Number(mark.LastNumber, top => mark.LastReplies.GetValueOrDefault(top));
        return again.Values.All(k => plan.PlaceOf(k.Id) is { } place ? (place.Number, place.Reply, place.Path) == (k.Number, k.Reply, k.Path) : k.Number == 0) ? plan : null;

        bool IsOfMark(KnownComment k) => k.Number > mark!.LastNumber || (k.Reply > 0 && topsBefore.TryGetValue(k.Number, out var top) && mark.LastReplies.TryGetValue(top, out var last) && k.Reply > last);
    }

    /// <summary>New comments under an article that readers may be writing under: their numbers are taken at once, and noted.</summary>
    private async Task<ThreadMark?> ReserveAsync(long id, ThreadPlan thread, CommentFate[] fates, ThreadMark? old, CancellationToken ct)
    {
        if (old is null && !Array.Exists(fates, f => f is { IsPresent: false, Skip: null })) return null;
        ThreadMark? mark = null;
        await writer.RunAsideAsync(async (scope, token) =>
        {
            var (last, replies) = await ImportLedger.ReserveNumbersAsync(scope, id, thread.NewTops, thread.NewRepliesOfKnown, token);
            mark = new ThreadMark(old?.IsHidden == true, last, replies);
            if (old is not null) await ImportLedger.ForgetMetaAsync(scope, id, ThreadMark.Key, token);
            scope.Db.Meta.Add(new Meta { Owner = MetaOwner.Article, OwnerId = id, Key = ThreadMark.Key, Value = JsonSerializer.Serialize(mark, ThreadMarkJson.Default.ThreadMark) });
        }, ct);
        thread.Number(mark!.LastNumber, top => mark.LastReplies.GetValueOrDefault(top));
        return mark;
    }

    private sealed record KnownComment(long Id, long ParentId, int Number, int Reply, int Depth, string? Path);

    private sealed record TakenRow(long Id, long ArticleId, long? ImportedId, CommentFormat Format);
}
