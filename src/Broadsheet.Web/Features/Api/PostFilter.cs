using System.Linq.Expressions;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Features.Api;

/// <summary>The parameters that choose and order articles, pages and media. All are read before the first statement.</summary>
internal sealed class PostFilter
{
    /// <summary>A search takes the best of this many; the search of the site itself has pages of ten.</summary>
    public const int MaxFound = 500;

    private readonly ApiRequest _request;
    private readonly ArticleKind _kind;
    private readonly List<Expression<Func<Article, bool>>> _conditions = [];
    private readonly string _by;
    private readonly bool _isAscending;
    private readonly string? _search;
    private readonly List<long>? _include;
    private readonly List<string>? _slugs;

    public PostFilter(ApiRequest request, ArticleKind kind)
    {
        (_request, _kind) = (request, kind);
        var query = request.Query;
        _search = query.Text("search");
        _include = query.Ids("include");
        _slugs = query.Words("slug")?.ConvertAll(Slug.Fold);
        _by = query.Choice("orderby", "date", "author", "date", "id", "include", "include_slugs", "menu_order", "modified", "parent", "relevance", "slug", "title");
        if (_by == "menu_order" && kind == ArticleKind.Article) query.Problems["orderby"] = "Only pages and media have a menu_order.";
        if (_by == "relevance" && _search is null) query.Problems["orderby"] = "Relevance orders a search: give search, too.";
        if (_by == "include" && _include is null) query.Problems["orderby"] = "To order by include, give include, too.";
        _isAscending = query.Choice("order", "desc", "asc", "desc") == "asc";
        CheckStatus(query);
        ReadPeopleAndDates(query);
        ReadIds(query);
        if (kind == ArticleKind.Article) PostTermFilter.Read(request, _conditions);
    }

    /// <summary>The order is that of a list in hand, which no index has.</summary>
    private bool IsRanked => _by is "include" or "include_slugs" or "relevance";

    public async Task<IQueryable<Article>> ApplyAsync(IQueryable<Article> articles)
    {
        foreach (var condition in _conditions) articles = articles.Where(condition);
        if (_include is { } ids) articles = articles.Where(a => ids.Contains(a.Id));
        if (_slugs is { } slugs) articles = articles.Where(a => slugs.Contains(a.Slug));
        if (_search is null) return articles;
        Found = await SearchAsync(_request, _search);
        return articles.Where(a => Found.Contains(a.Id));
    }

    /// <summary>What the search found, best first.</summary>
    public List<long> Found { get; private set; } = [];

    /// <summary>The ids of one page in their order, and how many there are of all. Two statements, one for an order in hand.</summary>
    public async Task<(IReadOnlyList<long> Ids, int Total)> PageAsync(IQueryable<Article> articles, ApiPage page)
    {
        var ct = _request.Ct;
        if (!IsRanked)
        {
            var total = await articles.CountAsync(ct);
            return page.IsPastEnd(total) || total == 0 ? ([], total) : (await Sort(articles).Skip(page.Skip).Take(page.Size).Select(a => a.Id).ToListAsync(ct), total);
        }
        var all = await articles.Select(a => new { a.Id, a.Slug }).ToListAsync(ct);
        var ranked = all.OrderBy(a => _by switch { "include" => _include!.IndexOf(a.Id), "include_slugs" => _slugs?.IndexOf(a.Slug) ?? 0, _ => Found.IndexOf(a.Id) });
        return ([.. ranked.Skip(page.Skip).Take(page.Size).Select(a => a.Id)], all.Count);
    }

    /// <summary>Articles and pages that have all the words, best first: what everyone may read.</summary>
    public static async Task<List<long>> SearchAsync(ApiRequest request, string words)
    {
        var terms = SearchWords.Query(words);
        return terms.Length == 0 ? [] : (await request.Engine.SearchAsync(request.Db, terms, comments: false, 0, MaxFound, request.Ct)).ConvertAll(d => d.ArticleId);
    }

    private IOrderedQueryable<Article> Sort(IQueryable<Article> articles)
    {
        return _by switch
        {
            "id" => _isAscending ? articles.OrderBy(a => a.Id) : articles.OrderByDescending(a => a.Id),
            "title" => By(a => a.TitleText),
            "slug" => By(a => a.Slug),
            "modified" => By(a => a.ModifiedAt),
            "author" => By(a => a.AuthorId),
            "parent" => By(a => a.ParentId),
            "menu_order" => By(a => a.MenuOrder),
            _ => By(a => a.PublishedLocal),
        };

        IOrderedQueryable<Article> By<T>(Expression<Func<Article, T>> key) => _isAscending ? articles.OrderBy(key).ThenBy(a => a.Id) : articles.OrderByDescending(key).ThenByDescending(a => a.Id);
    }

    /// <summary>Everyone may ask for what is published; of the rest not even how much there is.</summary>
    private void CheckStatus(ApiQuery query)
    {
        var open = _kind == ArticleKind.Attachment ? "inherit" : "publish";
        foreach (var status in query.Words("status") ?? [])
            if (status != open) query.Problems["status"] = WordPressNames.IsStatus(status) || status == "any" ? $"Without signing in, only {open} may be asked for." : "There is no such status.";
    }

    private void ReadPeopleAndDates(ApiQuery query)
    {
        if (query.Ids("author") is { } authors) _conditions.Add(a => a.AuthorId != null && authors.Contains(a.AuthorId.Value));
        if (query.Ids("author_exclude") is { } others) _conditions.Add(a => a.AuthorId == null || !others.Contains(a.AuthorId.Value));
        if (query.Local("after") is { } after) _conditions.Add(a => a.PublishedLocal > after);
        if (query.Local("before") is { } before) _conditions.Add(a => a.PublishedLocal < before);
        if (query.Instant("modified_after") is { } since) _conditions.Add(a => a.ModifiedAt > since);
        if (query.Instant("modified_before") is { } until) _conditions.Add(a => a.ModifiedAt < until);
    }

    private void ReadIds(ApiQuery query)
    {
        if (query.Ids("exclude") is { } exclude) _conditions.Add(a => !exclude.Contains(a.Id));
        if (_kind == ArticleKind.Article) return;
        if (query.Ids("parent") is { } parents) _conditions.Add(a => parents.Contains(a.ParentId ?? 0));
        if (query.Ids("parent_exclude") is { } strangers) _conditions.Add(a => !strangers.Contains(a.ParentId ?? 0));
        if (query.Has("menu_order") && query.Integer("menu_order", 0, int.MinValue, int.MaxValue) is var order) _conditions.Add(a => a.MenuOrder == order);
    }
}
