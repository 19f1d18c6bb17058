using System.Globalization;
using Broadsheet.Core;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Newsroom.Terms;

/// <summary>All categories as a tree, or all tags by name; and one of them, with all that can be done to it.</summary>
internal sealed class ShowTerms(IDatabaseEngine engine, ReaderSites sites, DeskPages pages)
{
    private const int PageSize = 200;

    public static void Map(RouteGroupBuilder room, TermKind kind)
    {
        room.MapGet("/", (HttpContext http, ShowTerms action) => action.ListAsync(http, kind, new TermEdit("", "", null, ""), null));
        room.MapGet("/{id:long}/", (HttpContext http, long id, ShowTerms action) => action.ShowAsync(http, kind, id, null, null));
    }

    /// <param name="typed">What was typed for a new one, and stays so.</param>
    public async Task<IResult> ListAsync(HttpContext http, TermKind kind, TermEdit typed, Problem? problem)
    {
        var (ct, site) = (http.RequestAborted, await sites.OfAsync(http));
        var words = http.Request.Query["q"].ToString().Replace("\0", "", StringComparison.Ordinal).Trim().ToLowerInvariant() is { Length: <= 200 } q ? q : "";
        var page = int.TryParse(http.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is > 0 and < 10_000 ? n : 1;
        await using var db = engine.Open();
        var found = db.Terms.Where(t => t.Taxonomy == kind.Taxonomy);
        if (words.Length > 0) found = found.Where(t => t.Name.ToLower().Contains(words) || t.Slug.Contains(words));
        var rows = await found.OrderBy(t => t.Name).ThenBy(t => t.Id).Select(t => new Row(t.Id, t.Name, t.Slug, t.ParentId, t.Articles)).ToListAsync(ct);
        var ordered = kind.IsTree && words.Length == 0 ? Tree(rows) : rows.ConvertAll(r => (Row: r, Depth: 0));
        return await pages.ShowAsync<TermsPage>(http, new TermsPage.Content
        {
            Kind = kind,
            Search = words,
            Total = ordered.Count,
            Rows = [.. ordered.Skip((page - 1) * PageSize).Take(PageSize).Select(r => new TermsPage.Line(r.Row.Id, r.Row.Name, kind.IsTree ? site.Links.ToCategory(r.Row.Id) : site.Links.ToTag(r.Row.Slug), r.Row.Articles, r.Depth))],
            Newer = page > 1 ? page - 1 : null,
            Older = page * PageSize < ordered.Count ? page + 1 : null,
            New = Words(typed),
            Problem = problem,
            Parents = kind.IsTree ? Choices(Tree(rows), null) : [],
        }, problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <param name="typed">What was typed, and stays so; null shows what is stored.</param>
    /// <param name="merger">What is asked about; null for nothing.</param>
    public async Task<IResult> ShowAsync(HttpContext http, TermKind kind, long id, TermEdit? typed, Problem? problem, TermPage.Merger? merger = null)
    {
        var (ct, site) = (http.RequestAborted, await sites.OfAsync(http));
        await using var db = engine.Open();
        if (await db.Terms.FirstOrDefaultAsync(t => t.Id == id && t.Taxonomy == kind.Taxonomy, ct) is not { } term) return await pages.SayAsync(http, StatusCodes.Status404NotFound, $"This {kind.One} is not here any more", "It may have been deleted, or merged into another.", kind.Page, kind.Title);
        var all = kind.IsTree ? await db.Terms.Where(t => t.Taxonomy == kind.Taxonomy).OrderBy(t => t.Name).ThenBy(t => t.Id).Select(t => new Row(t.Id, t.Name, t.Slug, t.ParentId, t.Articles)).ToListAsync(ct) : [];
        return await pages.ShowAsync<TermPage>(http, new TermPage.Content
        {
            Kind = kind,
            Id = id,
            Name = term.Name,
            Url = kind.IsTree ? site.Links.ToCategory(id) : site.Links.ToTag(term.Slug),
            // Drafts, too: all that would lose it.
            Articles = await db.ArticleTerms.CountAsync(t => t.TermId == id, ct),
            Typed = Words(typed ?? new TermEdit(term.Name, term.Slug, term.ParentId, term.DescriptionHtml)),
            Problem = problem,
            Parents = Choices(Tree(all), id),
            Merger = merger,
        }, problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static TermsPage.Words Words(TermEdit edit) => new(edit.Name, edit.Slug, edit.ParentId, edit.Description);

    /// <param name="without">This one and what stands below it are no choice for it.</param>
    private static List<(long Id, string Name)> Choices(List<(Row Row, int Depth)> tree, long? without)
    {
        var nodes = tree.ToDictionary(t => t.Row.Id, t => (t.Row.Slug, t.Row.ParentId));
        return [.. tree.Where(t => without is null || !TermTree.IsWithin(t.Row.Id, without.Value, nodes)).Select(t => (t.Row.Id, $"{string.Concat(Enumerable.Repeat("– ", t.Depth))}{t.Row.Name}"))];
    }

    /// <summary>Each below its parent; what stands in a circle, or below what is not here, stands at the root.</summary>
    private static List<(Row Row, int Depth)> Tree(List<Row> rows)
    {
        var known = rows.Select(r => r.Id).ToHashSet();
        var below = rows.ToLookup(r => r.ParentId is { } p && known.Contains(p) ? p : 0);
        var (ordered, seen) = (new List<(Row, int)>(), new HashSet<long>());
        Add(0, 0);
        foreach (var left in rows.Where(r => !seen.Contains(r.Id)))
            if (seen.Add(left.Id))
            {
                ordered.Add((left, 0));
                Add(left.Id, 1);
            }
        return ordered;

        void Add(long parent, int depth)
        {
            foreach (var row in below[parent])
                if (seen.Add(row.Id))
                {
                    ordered.Add((row, depth));
                    Add(row.Id, Math.Min(depth + 1, 20));
                }
        }
    }

    private sealed record Row(long Id, string Name, string Slug, long? ParentId, int Articles);
}
