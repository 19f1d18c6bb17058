namespace Broadsheet.Web.Data;

/// <summary>A category or tag as an editor wishes it to be.</summary>
/// <param name="Slug">Empty: made from the name.</param>
/// <param name="ParentId">Of a category; null at the root of the tree.</param>
/// <param name="Description">HTML as written; it is sanitised.</param>
internal sealed record TermEdit(string Name, string Slug, long? ParentId, string Description)
{
    /// <summary>UTF-16 code units.</summary>
    public const int MaxDescription = 5_000;
}
