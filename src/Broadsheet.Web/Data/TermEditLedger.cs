using Broadsheet.Core;
using Broadsheet.Core.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Renames, moves, merges and deletes categories and tags. Where an address goes away, its readers are sent to what took its place.</summary>
internal static class TermEditLedger
{
    /// <param name="id">0 for a new one.</param>
    /// <returns>What became of it, or a problem of the field <c>name</c>, <c>slug</c>, <c>parent</c> or <c>description</c>.</returns>
    public static async Task<Outcome<SavedTerm>> SaveAsync(WriteScope scope, Publication publication, string taxonomy, long id, TermEdit edit, CancellationToken ct)
    {
        var db = scope.Db;
        var name = edit.Name.Trim();
        if (name.Length is 0 or > Term.MaxNameLength || name.Any(char.IsControl)) return new Problem("name", $"Give a name on one line of at most {Term.MaxNameLength} characters.");
        if (edit.Description.Length > TermEdit.MaxDescription) return new Problem("description", $"This is too long: {edit.Description.Length:N0} characters; up to {TermEdit.MaxDescription:N0} fit.");
        var nodes = await NodesAsync(db, taxonomy, ct);
        if (id != 0 && !nodes.ContainsKey(id)) return new Problem("name", "It is not here any more.");
        var parent = taxonomy == Term.Category ? edit.ParentId : null;
        if (parent is { } under && (!nodes.ContainsKey(under) || (id != 0 && TermTree.IsWithin(under, id, nodes)))) return new Problem("parent", "Choose a category that does not stand below this one.");
        if (await HasTwinAsync(db, taxonomy, id, name, parent, ct)) return new Problem("name", $"Another {(taxonomy == Term.Category ? "category at the same place" : "tag")} has this name: give a different one, or merge the two.");
        var slug = Slug.Fold(edit.Slug.Trim().Length > 0 ? Slug.From(Uri.UnescapeDataString(edit.Slug), fallback: "") : Slug.From(name, fallback: ""));
        if (slug.Length == 0) return new Problem("slug", "Give an address made of letters and digits.");
        if (nodes.Any(n => n.Value.Slug == slug && n.Key != id)) return new Problem("slug", $"Another has the address {slug}: give a different one, or merge the two.");
        var description = Sanitiser.Clean(edit.Description.Trim(), MarkupRights.Editor).Value;
        Term term;
        IReadOnlyList<(string, string, string)> changes = [];
        if (id == 0) db.Terms.Add(term = Term.Create(taxonomy, name, slug, description, parent));
        else
        {
            term = await db.Terms.AsTracking().SingleAsync(t => t.Id == id, ct);
            var before = TermTree.PathOf(id, nodes);
            var stood = (term.Name, Description: term.DescriptionHtml);
            term.Rename(name);
            term.Address(slug);
            term.Describe(description);
            term.PutUnder(parent);
            nodes[id] = (slug, parent);
            var after = TermTree.PathOf(id, nodes);
            changes = [("name", stood.Name, name), ("address", before, after), ("description", stood.Description, description)];
            await LeadAsync(scope, publication, taxonomy, before, after, ct);
        }
        await scope.FlushAsync(ct);
        Touched(scope);
        return new SavedTerm(term.Id, changes);
    }

    /// <summary>Another of the same parent has this name, and did not have it before: an import may have brought twins, which can still be described.</summary>
    private static async Task<bool> HasTwinAsync(BroadsheetDb db, string taxonomy, long id, string name, long? parent, CancellationToken ct)
    {
        if (id != 0 && await db.Terms.AnyAsync(t => t.Id == id && t.Name == name && (t.ParentId ?? 0) == (parent ?? 0), ct)) return false;
        // Compared here: SQLite folds no letter case but of ASCII.
        var names = await db.Terms.Where(t => t.Taxonomy == taxonomy && t.Id != id && (t.ParentId ?? 0) == (parent ?? 0)).Select(t => t.Name).ToListAsync(ct);
        return names.Exists(n => string.Equals(n, name, StringComparison.OrdinalIgnoreCase));
    }

    /// <returns>How many articles a merger would file anew, and how many are filed under both, drafts included; or a problem of the field <c>into</c>.</returns>
    public static async Task<Outcome<(int Moved, int Both)>> CountMergeAsync(BroadsheetDb db, string taxonomy, long from, long into, CancellationToken ct)
    {
        if (WhyNotMerge(await NodesAsync(db, taxonomy, ct), from, into) is { } wrong) return wrong;
        var both = await db.ArticleTerms.CountAsync(t => t.TermId == from && db.ArticleTerms.Any(o => o.TermId == into && o.ArticleId == t.ArticleId), ct);
        return (await db.ArticleTerms.CountAsync(t => t.TermId == from, ct) - both, both);
    }

    /// <summary>All articles of one are filed under the other, which takes its children and its address too.</summary>
    /// <returns>How many articles were filed anew, or a problem of the field <c>into</c>.</returns>
    public static async Task<Outcome<int>> MergeAsync(WriteScope scope, Publication publication, string taxonomy, long from, long into, CancellationToken ct)
    {
        var db = scope.Db;
        var nodes = await NodesAsync(db, taxonomy, ct);
        if (WhyNotMerge(nodes, from, into) is { } wrong) return wrong;
        var moved = await db.ArticleTerms.Where(t => t.TermId == from && !db.ArticleTerms.Any(o => o.TermId == into && o.ArticleId == t.ArticleId)).Select(t => t.ArticleId).ToListAsync(ct);
        await db.ArticleTerms.Where(t => t.TermId == from).ExecuteDeleteAsync(ct);
        db.ArticleTerms.AddRange(moved.Select(a => new ArticleTerm(a, into)));
        await db.Terms.Where(t => t.ParentId == from).ExecuteUpdateAsync(set => set.SetProperty(t => t.ParentId, into), ct);
        await scope.FlushAsync(ct);
        var published = await db.ArticleTerms.Where(t => t.TermId == into).Join(db.Articles.Where(a => a.Status == ArticleStatus.Published), t => t.ArticleId, a => a.Id, (t, _) => t).CountAsync(ct);
        await db.Terms.Where(t => t.Id == into).ExecuteUpdateAsync(set => set.SetProperty(t => t.Articles, published), ct);
        await RemoveAsync(scope, publication, taxonomy, from, TermTree.PathOf(from, nodes), TermTree.PathOf(into, nodes), ct);
        return moved.Count;
    }

    private static Problem? WhyNotMerge(Dictionary<long, (string Slug, long? ParentId)> nodes, long from, long into)
    {
        if (!nodes.ContainsKey(from)) return new Problem("into", "It is not here any more.");
        if (!nodes.ContainsKey(into) || into == from) return new Problem("into", "Choose another that is here.");
        return TermTree.IsWithin(into, from, nodes) ? new Problem("into", "The other stands below this one: move it elsewhere first.") : null;
    }

    /// <summary>Its articles are filed under it no more; what stood below it stands where it stood.</summary>
    /// <returns>The name that it had; null where it was gone already.</returns>
    public static async Task<string?> DeleteAsync(WriteScope scope, Publication publication, string taxonomy, long id, CancellationToken ct)
    {
        var db = scope.Db;
        if (await db.Terms.FirstOrDefaultAsync(t => t.Id == id && t.Taxonomy == taxonomy, ct) is not { } term) return null;
        var nodes = await NodesAsync(db, taxonomy, ct);
        await db.ArticleTerms.Where(t => t.TermId == id).ExecuteDeleteAsync(ct);
        var above = term.ParentId;
        await db.Terms.Where(t => t.ParentId == id).ExecuteUpdateAsync(set => set.SetProperty(t => t.ParentId, above), ct);
        await RemoveAsync(scope, publication, taxonomy, id, TermTree.PathOf(id, nodes), above is { } parent ? TermTree.PathOf(parent, nodes) : null, ct);
        return term.Name;
    }

    /// <param name="instead">The path of what takes its place; null for nothing.</param>
    private static async Task RemoveAsync(WriteScope scope, Publication publication, string taxonomy, long id, string path, string? instead, CancellationToken ct)
    {
        await scope.Db.Terms.Where(t => t.Id == id).ExecuteDeleteAsync(ct);
        if (instead is not null) await LeadAsync(scope, publication, taxonomy, path, instead, ct);
        Touched(scope);
    }

    /// <summary>The old address leads to the new one, with its further pages and feeds; a rule that stood at the new one is in the way no more.</summary>
    private static async Task LeadAsync(WriteScope scope, Publication publication, string taxonomy, string before, string after, CancellationToken ct)
    {
        if (before == after) return;
        var root = $"{publication.PermalinkStructure.Front}/{(taxonomy == Term.Category ? publication.CategoryBase : publication.TagBase).Trim('/')}";
        var now = $"{root}/{after}/*".ToLowerInvariant();
        await scope.Db.Redirections.Where(r => r.Folded == now).ExecuteDeleteAsync(ct);
        var rule = RedirectRule.Create($"{root}/{before}/*", $"{root}/{string.Join('/', after.Split('/').Select(Slug.Escape))}/*", RedirectKind.Moved);
        // What is too long for a rule has none; a circle there cannot be, since nothing stands at the old address.
        if (rule.Problem is null) await RedirectLedger.PutAsync(scope, rule.Value, null, ct);
    }

    private static async Task<Dictionary<long, (string Slug, long? ParentId)>> NodesAsync(BroadsheetDb db, string taxonomy, CancellationToken ct) =>
        (await db.Terms.Where(t => t.Taxonomy == taxonomy).Select(t => new { t.Id, t.Slug, t.ParentId }).ToListAsync(ct)).ToDictionary(t => t.Id, t => (t.Slug, t.ParentId));

    /// <summary>Names and addresses of sections stand on every page, those of tags under every article.</summary>
    private static void Touched(WriteScope scope) => scope.Evict("site-index");
}

/// <param name="Changes">What of it is otherwise than before, or may be: its name, before, after. None for a new one.</param>
internal sealed record SavedTerm(long Id, IReadOnlyList<(string Name, string Before, string After)> Changes)
{
    public bool HasMoved => Changes.Any(c => c.Name == "address" && c.Before != c.After);
}
