using System.Threading.Channels;
using Broadsheet.Core.Publishing;
using Broadsheet.Core.Transfer.WordPress;

namespace Broadsheet.Web.Features.Transfer.WordPress;

/// <summary>One pass over the file that writes the items of one sort: reading and rendering run ahead, writing follows in the file's order.</summary>
internal sealed class ItemImport(ImportRequest request, WxrOptions options, FirstPass first, ImportedIds ids, ItemPlanner planner, ItemPreparation items, CommentPreparation comments, TermImport terms, ImportWriter writer, ImportNotes notes)
{
    /// <summary>Comments that are rendered together, and how many such pieces may wait for the writer.</summary>
    private const int Piece = 48;
    private const int Ahead = 16;

    public async Task RunAsync(Func<WxrItem, bool> wanted, Action<long>? progress, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var steps = Channel.CreateBounded<Task<IImportStep>>(new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
        var (item, isDone, done) = (writer.Progress.Item, writer.Progress.IsItemDone, writer.Progress.ItemComments);
        var reading = Task.Run(() => ReadAsync(steps.Writer, wanted, new ResumePoint(item, isDone, done), progress, stop.Token), stop.Token);
        try
        {
            await writer.WriteAllAsync(steps.Reader, ct);
        }
        finally
        {
            // Where writing failed, the reader must not wait for room for ever.
            await stop.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReadAsync(ChannelWriter<Task<IImportStep>> steps, Func<WxrItem, bool> wanted, ResumePoint resume, Action<long>? progress, CancellationToken ct)
    {
        try
        {
            using var reader = new ItemReader(request.File, options, wanted, first.Offset);
            while (reader.Read() is { } found)
            {
                ct.ThrowIfCancellationRequested();
                progress?.Invoke(reader.BytesRead);
                if (!resume.IsPast(found.Item.Ordinal)) await GiveAsync(steps, reader, found, resume.CommentsOf(found.Item.Ordinal), ct);
            }
            steps.Complete();
        }
        catch (Exception problem)
        {
            steps.Complete(problem);
        }
    }

    /// <param name="from">Not null: the item itself is written, and so many of its comments.</param>
    private async Task GiveAsync(ChannelWriter<Task<IImportStep>> steps, ItemReader reader, FoundItem found, int? from, CancellationToken ct)
    {
        var item = found.Item;
        if (first.SameItems.Contains(item.Ordinal))
        {
            notes.Add(item.Line, "item", "the same item stood before: left out");
            if (from is null) await steps.WriteAsync(Now(new PassItem(item, isPresent: false)), ct);
            await steps.WriteAsync(Now(new PassComments(item, 0, found.Stubs.Count - (from ?? 0))), ct);
            return;
        }
        var isSmall = found.Kept is not null && found.Stubs.Count <= Piece;
        var plan = await planner.PlanAsync(found, alwaysMarks: !isSmall, ct);
        if (from is null) NoteOf(found, plan);
        if (from is null && plan.IsPresent) await steps.WriteAsync(Now(new PassItem(item, isPresent: true)), ct);
        else if (from is null)
        {
            await steps.WriteAsync(Task.Run<IImportStep>(() => new WriteItem(plan, items.Prepare(item, plan.Id), isSmall ? comments.Prepare(found, plan, found.Kept!, 0) : null, ids, terms), ct), ct);
            if (isSmall) return;
        }
        await GiveCommentsAsync(steps, reader, found, plan, from ?? 0, ct);
    }

    private async Task GiveCommentsAsync(ChannelWriter<Task<IImportStep>> steps, ItemReader reader, FoundItem found, ItemPlan plan, int from, CancellationToken ct)
    {
        var rest = plan.Fates.AsMemory(from).ToArray();
        if (!Array.Exists(rest, f => f is { IsPresent: false, Skip: null }))
        {
            await steps.WriteAsync(Now(new PassComments(found.Item, rest.LongCount(f => f.IsPresent), rest.LongCount(f => f.Skip is not null))), ct);
            if (plan.Mark is null) return;
        }
        else
        {
            var at = 0;
            foreach (var piece in reader.Comments(found).Chunk(Piece))
            {
                var (here, start) = (at, Math.Max(0, from - at));
                at += piece.Length;
                if (start >= piece.Length) continue;
                var left = start == 0 ? piece : piece[start..];
                await steps.WriteAsync(Task.Run<IImportStep>(() => new WriteComments(plan, found.Item.Ordinal, comments.Prepare(found, plan, left, here + start)), ct), ct);
            }
        }
        await steps.WriteAsync(Now(new FinishItem(plan, found.Item, WordPressNames.Status(found.Item.Status))), ct);
    }

    private void NoteOf(FoundItem found, ItemPlan plan)
    {
        var item = found.Item;
        if (first.RepeatedItems.Contains(item.Ordinal)) notes.Add(item.Line, "item", $"another item has the id {item.Id}: kept under {plan.Id}");
        if (item.Status.Length > 0 && !WordPressNames.IsStatus(item.Status)) notes.Add(item.Line, "item", $"unknown status “{item.Status}”: kept as a draft");
        for (var i = 0; i < plan.Fates.Length; i++)
            if (plan.Fates[i].Skip is { } why) notes.Add(found.Stubs[i].Line, "comment", why);
    }

    private static Task<IImportStep> Now(IImportStep step) => Task.FromResult(step);

    private readonly record struct ResumePoint(long Item, bool IsDone, long Comments)
    {
        public bool IsPast(long ordinal) => ordinal < Item || (ordinal == Item && IsDone);

        public int? CommentsOf(long ordinal) => ordinal == Item && !IsDone ? (int)Comments : null;
    }
}
