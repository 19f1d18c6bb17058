using Broadsheet.Core.Publishing;

namespace Broadsheet.Web.Features.Transfer.WordPress;

/// <summary>How an export names a term, made whole.</summary>
internal static class TermNames
{
    /// <summary>A missing slug is made from the name, a missing name from the slug; a plain RSS category is a category.</summary>
    public static (string Taxonomy, string Slug, string Name) Of(string taxonomy, string slug, string name)
    {
        if (taxonomy.Length == 0) taxonomy = Term.Category;
        name = StoredName.Plain(name);
        var folded = Slug.Fold(slug);
        if (folded.Any(c => char.IsControl(c) || c == '/')) folded = string.Concat(folded.Where(c => !char.IsControl(c) && c != '/'));
        if (folded.Length == 0) folded = Slug.From(name, fallback: "");
        return (taxonomy, folded, name.Length > 0 ? name : folded);
    }
}
