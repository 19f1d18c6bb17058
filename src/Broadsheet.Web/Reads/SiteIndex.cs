using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Data.Records;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Reads;

/// <summary>What nearly every page needs and few writes change, held in memory: the tree of categories, the authors, the pages for the menu, the sticky articles.</summary>
internal sealed class SiteIndex
{
    /// <summary>Evicted by whatever changes categories, authors, pages or stickiness.</summary>
    public const string Tag = "site-index";

    public required IReadOnlyDictionary<long, CategoryNode> Categories { get; init; }
    public required IReadOnlyDictionary<long, AuthorNode> Authors { get; init; }

    /// <summary>Published pages, in menu order.</summary>
    public required IReadOnlyList<PageNode> Pages { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<long> Sticky { get; init; }

    public bool IsStaff(long? personId) => personId is { } id && Authors.TryGetValue(id, out var person) && person.Role.IsStaff();

    /// <summary>Names that no guest signs with (<see cref="PersonName.Keys"/>): the staff's, but for those of one word, which are many people's first names.</summary>
    public IReadOnlySet<string> StaffNames => field ??= Authors.Values.Where(a => a.Role.IsStaff() && a.Name.Trim().Contains(' ', StringComparison.Ordinal)).SelectMany(a => PersonName.Keys(a.Name)).ToHashSet(StringComparer.Ordinal);

    public CategoryNode? CategoryByPath(string path) => Categories.Values.FirstOrDefault(c => c.Path == path)
        // Any ancestor's path, or none, in front of the right slug is good enough to find it; the reader is then sent to its own path.
        ?? Categories.Values.FirstOrDefault(c => c.Slug == path[(path.LastIndexOf('/') + 1)..]);

    /// <summary>The category and all below it.</summary>
    public IReadOnlyList<long> WithDescendants(long id)
    {
        var found = new List<long> { id };
        for (var i = 0; i < found.Count; i++) found.AddRange(Categories.Values.Where(c => c.ParentId == found[i] && !found.Contains(c.Id)).Select(c => c.Id));
        return found;
    }
}

internal sealed record CategoryNode(long Id, string Name, string Slug, string Path, long? ParentId, int Articles, SafeHtml Description);

/// <summary>Someone on the staff, or who has written an article: readers without either are not among them.</summary>
internal sealed record AuthorNode(long Id, string Name, string Slug, Role Role);

internal sealed record PageNode(long Id, string Title, string Path, long? ParentId);

/// <summary>Keeps the <see cref="SiteIndex"/>; reads it again after a change.</summary>
internal sealed class SiteIndexStore : ICommitObserver
{
    private readonly Remembered<SiteIndex> _current;

    public SiteIndexStore(IDatabaseEngine engine) => _current = new(() => ReadAsync(engine));

    public ValueTask<SiteIndex> GetAsync(CancellationToken ct) => _current.GetAsync(ct);

    public void Committed(IReadOnlyList<Eviction> evictions)
    {
        if (evictions.Any(e => e.Tag == SiteIndex.Tag)) _current.Forget();
    }

    public void Missed() => _current.Forget();

    private static async Task<SiteIndex> ReadAsync(IDatabaseEngine engine)
    {
        await using var db = engine.Open();
        var terms = await db.Terms.Where(t => t.Taxonomy == Term.Category).Select(t => new { t.Id, t.Name, t.Slug, t.DescriptionHtml, t.ParentId, t.Articles }).ToListAsync();
        var parents = terms.ToDictionary(t => t.Id, t => (t.Slug, t.ParentId));
        var authors = await db.Users.Where(p => p.Role != Role.Reader || db.Articles.Any(a => a.AuthorId == p.Id)).Select(p => new AuthorNode(p.Id, p.DisplayName, p.Slug, p.Role)).ToListAsync();
        var pages = await db.Articles.Where(a => a.Kind == ArticleKind.Page && a.Status == ArticleStatus.Published).OrderBy(a => a.MenuOrder).ThenBy(a => a.TitleText)
            .Select(a => new PageNode(a.Id, a.TitleText, a.Path ?? a.Slug, a.ParentId)).ToListAsync();
        var sticky = await db.Articles.Where(a => a.Kind == ArticleKind.Article && a.Status == ArticleStatus.Published && a.IsSticky)
            .OrderByDescending(a => a.PublishedLocal).ThenByDescending(a => a.Id).Take(50).Select(a => a.Id).ToListAsync();
        return new SiteIndex
        {
            Categories = terms.ToDictionary(t => t.Id, t => new CategoryNode(t.Id, t.Name, t.Slug, TermTree.PathOf(t.Id, parents), t.ParentId, t.Articles, SafeHtml.FromStore(t.DescriptionHtml))),
            Authors = authors.ToDictionary(a => a.Id),
            Pages = pages,
            Sticky = sticky,
        };
    }
}
