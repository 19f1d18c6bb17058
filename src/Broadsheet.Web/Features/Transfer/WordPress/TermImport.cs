using Broadsheet.Core.Publishing;
using Broadsheet.Core.Text;
using Broadsheet.Core.Transfer.WordPress;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Transfer.WordPress;

/// <summary>Categories, tags and other terms: parents first, whatever their order in the file; a circle of parents is cut.</summary>
internal sealed class TermImport(ImportedIds ids)
{
    /// <summary>The file's terms so that each parent comes before its children; those that are left out are given to <paramref name="skip"/>.</summary>
    public static List<DeclaredTerm> InOrder(IEnumerable<DeclaredTerm> terms, Action<DeclaredTerm, string> skip)
    {
        var byName = new Dictionary<(string, string), DeclaredTerm>();
        foreach (var declared in terms)
        {
            var (taxonomy, slug, _) = TermNames.Of(declared.Term.Taxonomy, declared.Term.Slug, declared.Term.Name);
            if (slug.Length == 0) skip(declared, "a term without a usable slug or name: left out");
            else if (!byName.TryAdd((taxonomy, slug), declared)) skip(declared, $"the term “{slug}” of {taxonomy} stood before: left out");
        }
        var ordered = new List<DeclaredTerm>(byName.Count);
        var given = new HashSet<DeclaredTerm>(ReferenceEqualityComparer.Instance);
        foreach (var start in byName.Values)
        {
            var way = new Stack<DeclaredTerm>();
            for (var at = start; at is not null && given.Add(at); at = ParentOf(at, byName)) way.Push(at);
            while (way.TryPop(out var next)) ordered.Add(next);
        }
        return ordered;
    }

    private static DeclaredTerm? ParentOf(DeclaredTerm declared, Dictionary<(string, string), DeclaredTerm> byName) =>
        declared.Term.ParentSlug.Length == 0 ? null : byName.GetValueOrDefault((TermNames.Of(declared.Term.Taxonomy, declared.Term.Slug, declared.Term.Name).Taxonomy, Slug.Fold(declared.Term.ParentSlug)));

    /// <summary>The ids of the terms of an item. One that the file does not declare is made.</summary>
    public async Task<List<long>> OfItemAsync(WriteScope scope, List<(string Taxonomy, string Slug, string Name)> terms, ImportProgress progress, CancellationToken ct)
    {
        var found = new List<long>(terms.Count);
        foreach (var (taxonomy, slug, name) in terms)
        {
            if (!ids.Terms.TryGetValue((taxonomy, slug), out var id))
            {
                var known = await FindAsync(scope.Db, taxonomy, slug, ct);
                id = known ?? await AddAsync(scope, Term.Create(taxonomy, name, slug), ct);
                if (known is null) progress.ImpliedNames++;
                ids.Terms[(taxonomy, slug)] = id;
            }
            if (!found.Contains(id)) found.Add(id);
        }
        return found;
    }

    public static Task<long?> FindAsync(BroadsheetDb db, string taxonomy, string slug, CancellationToken ct) =>
        db.Terms.Where(t => t.Taxonomy == taxonomy && t.Slug == slug).Select(t => (long?)t.Id).FirstOrDefaultAsync(ct);

    public static async Task<long> AddAsync(WriteScope scope, Term term, CancellationToken ct)
    {
        scope.Db.Terms.Add(term);
        await scope.FlushAsync(ct);
        scope.EvictSoon(SiteIndex.Tag);
        return term.Id;
    }
}

/// <summary>Writes a category, tag or other term that the file declares.</summary>
internal sealed class WriteTerm(DeclaredTerm declared, long ordinal, ImportedIds ids) : IImportStep
{
    public async Task<bool> WriteAsync(WriteScope scope, ImportProgress progress, CancellationToken ct)
    {
        var (db, term, count) = (scope.Db, declared.Term, CountOf(progress, declared.Head));
        var (taxonomy, slug, name) = TermNames.Of(term.Taxonomy, term.Slug, term.Name);
        var found = await TermImport.FindAsync(db, taxonomy, slug, ct);
        if (found is null)
        {
            var parent = term.ParentSlug.Length == 0 ? null : await TermImport.FindAsync(db, taxonomy, Slug.Fold(term.ParentSlug), ct);
            var keepsId = term.Id is > 0 and <= FirstPass.MaxId and { } old && !await db.Terms.AnyAsync(t => t.Id == old, ct);
            var description = term.Description.Length == 0 ? "" : Sanitiser.Clean(term.Description, MarkupRights.Editor).Value;
            found = await TermImport.AddAsync(scope, Term.Create(taxonomy, name, slug, description, parent, keepsId ? term.Id!.Value : 0), ct);
            foreach (var meta in term.Meta) db.Meta.Add(new Meta { Owner = MetaOwner.Term, OwnerId = found.Value, Key = meta.Key, Value = meta.Value });
            count.Written++;
        }
        else count.Present++;
        ids.Terms[(taxonomy, slug)] = found.Value;
        if (term.Id is { } own && !await db.MappedIds.AnyAsync(m => m.Kind == MappedKind.Term && m.Source == ids.Source && m.OldId == own, ct))
            db.MappedIds.Add(new MappedId { Kind = MappedKind.Term, Source = ids.Source, OldId = own, NewId = found.Value });
        await scope.FlushAsync(ct);
        progress.Finish(ordinal);
        return true;
    }

    public static KindCount CountOf(ImportProgress progress, TermHead head) => head switch { TermHead.Category => progress.Categories, TermHead.Tag => progress.Tags, _ => progress.Terms };
}
