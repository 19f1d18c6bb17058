namespace Broadsheet.Core.Publishing;

/// <summary>A word that articles are filed under: a category (in a tree), a tag, or an imported taxonomy's term.</summary>
public sealed class Term
{
    public const string Category = "category";
    public const string Tag = "post_tag";
    public const int MaxNameLength = 200;

    private Term() { }

    public long Id { get; private init; }

    /// <summary><see cref="Category"/>, <see cref="Tag"/> or an imported taxonomy's name.</summary>
    public string Taxonomy { get; private init; } = Category;
    public string Name { get; private set; } = "";

    /// <summary>Folded (<see cref="Publishing.Slug.Fold"/>); unique in its taxonomy.</summary>
    public string Slug { get; private set; } = "";

    /// <summary>Safe HTML, made by the sanitiser.</summary>
    public string DescriptionHtml { get; private set; } = "";

    /// <summary>Null at the root of the tree; only categories and hierarchical imports have one.</summary>
    public long? ParentId { get; private set; }

    /// <summary>Published articles filed here, kept in the same write as the article.</summary>
    public int Articles { get; private set; }

    /// <param name="id">0 lets the database give one.</param>
    public static Term Create(string taxonomy, string name, string slug, string descriptionHtml = "", long? parentId = null, long id = 0) => new()
    {
        Id = id,
        Taxonomy = taxonomy,
        Slug = Publishing.Slug.Fold(slug),
        DescriptionHtml = descriptionHtml,
        ParentId = parentId,
        Name = Cut(name),
    };

    public void Rename(string name) => Name = Cut(name);

    /// <param name="slug">Folded here.</param>
    public void Address(string slug) => Slug = Publishing.Slug.Fold(slug);

    /// <param name="safeHtml">Made by the sanitiser.</param>
    public void Describe(string safeHtml) => DescriptionHtml = safeHtml;

    public void PutUnder(long? parentId) => ParentId = parentId == Id ? throw new ArgumentException("A term cannot be its own parent.", nameof(parentId)) : parentId;

    private static string Cut(string name) => name.Length <= MaxNameLength ? name : name[..(char.IsHighSurrogate(name[MaxNameLength - 1]) ? MaxNameLength - 1 : MaxNameLength)];
}

/// <summary>An article is filed under a term.</summary>
public sealed class ArticleTerm
{
    private ArticleTerm() { }

    public ArticleTerm(long articleId, long termId) => (ArticleId, TermId) = (articleId, termId);

    public long ArticleId { get; private init; }
    public long TermId { get; private init; }
}
