using Broadsheet.Core.Publishing;

namespace Broadsheet.Web.Features.Newsroom.Terms;

/// <summary>What the pages of categories and of tags differ in.</summary>
internal sealed record TermKind(string Taxonomy, string Page, string Title, string One, string Many)
{
    public static readonly TermKind Categories = new(Term.Category, "/newsroom/categories/", "Categories", "category", "categories");
    public static readonly TermKind Tags = new(Term.Tag, "/newsroom/tags/", "Tags", "tag", "tags");

    public bool IsTree => Taxonomy == Term.Category;
}
