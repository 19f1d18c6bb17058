using System.Globalization;
using Broadsheet.Core.Publishing;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>Finds terms by name, and makes those that are not there yet.</summary>
internal static class TermLedger
{
    public static async Task<List<long>> TagsAsync(WriteScope scope, IReadOnlyList<string> names, CancellationToken ct)
    {
        var ids = new List<long>();
        foreach (var name in names.Select(n => n.Trim()).Where(n => n.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)) ids.Add(await FindOrAddAsync(scope, Term.Tag, name, null, ct));
        return ids;
    }

    /// <summary>By slug, then by name; two names that make one slug are numbered.</summary>
    public static async Task<long> FindOrAddAsync(WriteScope scope, string taxonomy, string name, long? parentId, CancellationToken ct)
    {
        var db = scope.Db;
        var wanted = Slug.From(name, fallback: taxonomy == Term.Tag ? "tag" : "category");
        for (var n = 1; ; n++)
        {
            var slug = n == 1 ? wanted : string.Create(CultureInfo.InvariantCulture, $"{wanted}-{n}");
            var found = await db.Terms.Where(t => t.Taxonomy == taxonomy && t.Slug == slug).Select(t => new { t.Id, t.Name }).FirstOrDefaultAsync(ct);
            if (found is not null && string.Equals(found.Name, name, StringComparison.OrdinalIgnoreCase)) return found.Id;
            if (found is not null) continue;
            var term = Term.Create(taxonomy, name, slug, parentId: parentId);
            db.Terms.Add(term);
            await scope.FlushAsync(ct);
            // Nothing shows it yet; the index must know it before the first article in it is shown.
            if (taxonomy == Term.Category) scope.EvictSoon("site-index");
            return term.Id;
        }
    }
}
