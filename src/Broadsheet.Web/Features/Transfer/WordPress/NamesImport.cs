using Broadsheet.Core.Transfer.WordPress;
using Broadsheet.Web.Data;

namespace Broadsheet.Web.Features.Transfer.WordPress;

/// <summary>The people and terms of a file: written first, since articles name them.</summary>
internal sealed class NamesImport(IDatabaseEngine engine, FirstPass first, ImportedIds ids, ImportWriter writer, ImportNotes notes)
{
    public async Task RunAsync(CancellationToken ct)
    {
        var progress = writer.Progress;
        List<DeclaredTerm> skipped = [];
        var again = 0;
        var terms = TermImport.InOrder(first.Terms, (term, why) =>
        {
            skipped.Add(term);
            // WordPress.com declares each category and tag a second time, as a term.
            if (term.Head != TermHead.Term || term.Term.Taxonomy is not (Core.Publishing.Term.Category or Core.Publishing.Term.Tag)) notes.Add(term.Term.Line, "term", why);
            else again++;
        });
        if (again > 0) notes.Add(0, "terms", $"{again} are declared as categories or tags too: left out here");
        // Told anew by each run, so that they are set, not added.
        foreach (var head in Enum.GetValues<TermHead>()) WriteTerm.CountOf(progress, head).Skipped = skipped.Count(s => s.Head == head);
        progress.Authors.Skipped = first.Survey.Authors - first.Authors.Count;
        var authors = first.Authors.Select((a, i) => new WriteAuthor(a, i + 1, isDeclared: true, ids))
            .Concat(first.Creators.Select((c, i) => new WriteAuthor(new WxrAuthor(0) { Login = c }, first.Authors.Count + i + 1, isDeclared: false, ids))).ToList();
        var done = progress.Phase == ImportPhase.Names ? progress.Item : long.MaxValue;
        await using (var db = engine.Open())
            for (var i = 0; i < authors.Count && i < done; i++) await authors[i].RecallAsync(db, ct);
        if (progress.Phase != ImportPhase.Names) return;
        List<IImportStep> steps = [.. authors, .. terms.Select((t, i) => new WriteTerm(t, authors.Count + i + 1, ids))];
        await WriteAsync(writer, steps.Skip((int)Math.Min(done, steps.Count)), ct);
    }

    /// <summary>Steps that need no preparation.</summary>
    public static async Task WriteAsync(ImportWriter writer, IEnumerable<IImportStep> steps, CancellationToken ct)
    {
        var channel = System.Threading.Channels.Channel.CreateUnbounded<Task<IImportStep>>();
        foreach (var step in steps) channel.Writer.TryWrite(Task.FromResult(step));
        channel.Writer.Complete();
        await writer.WriteAllAsync(channel.Reader, ct);
    }
}
