using System.Linq.Expressions;
using Broadsheet.Core.Publishing;

namespace Broadsheet.Web.Features.Api;

/// <summary>The parameters of articles alone: categories, tags, stickiness, format.</summary>
internal static class PostTermFilter
{
    public static void Read(ApiRequest request, List<Expression<Func<Article, bool>>> conditions)
    {
        var query = request.Query;
        if (query.Flag("sticky") is { } sticky) conditions.Add(a => a.IsSticky == sticky);
        if (query.Words("format") is { } formats) conditions.Add(formats.Contains("standard") ? a => a.PostFormat == null || formats.Contains(a.PostFormat) : a => a.PostFormat != null && formats.Contains(a.PostFormat));
        var either = query.Choice("tax_relation", "AND", "AND", "OR") == "OR";
        var (categories, tags) = (Wanted(request, "categories", Term.Category), Wanted(request, "tags", Term.Tag));
        if (either && categories.Count > 0 && tags.Count > 0)
        {
            List<long> any = [.. categories.SelectMany(c => c), .. tags.SelectMany(t => t)];
            conditions.Add(In(request, any, null));
        }
        else
        {
            foreach (var ids in categories) conditions.Add(In(request, ids, Term.Category));
            foreach (var ids in tags) conditions.Add(In(request, ids, Term.Tag));
        }
        if (Excluded(request, "categories_exclude", Term.Category) is { } noCategories) conditions.Add(NotIn(request, noCategories));
        if (Excluded(request, "tags_exclude", Term.Tag) is { } noTags) conditions.Add(NotIn(request, noTags));
    }

    /// <summary>As <c>categories=1,2</c> or <c>categories[terms]=1,2</c> with <c>[operator]=AND</c> and <c>[include_children]=true</c>.</summary>
    /// <returns>Sets of ids: the article is in one term of each.</returns>
    private static List<List<long>> Wanted(ApiRequest request, string name, string taxonomy)
    {
        var query = request.Query;
        if ((query.Ids(name) ?? query.Ids($"{name}[terms]")) is not { } ids) return [];
        var below = taxonomy == Term.Category && query.Flag($"{name}[include_children]") == true;
        var sets = ids.ConvertAll(id => below ? [.. request.Site.Index.WithDescendants(id)] : new List<long> { id });
        return query.Choice($"{name}[operator]", "OR", "AND", "OR") == "AND" ? sets : [[.. sets.SelectMany(s => s)]];
    }

    private static List<long>? Excluded(ApiRequest request, string name, string taxonomy)
    {
        var query = request.Query;
        if ((query.Ids(name) ?? query.Ids($"{name}[terms]")) is not { } ids) return null;
        return taxonomy == Term.Category && query.Flag($"{name}[include_children]") == true ? [.. ids.SelectMany(request.Site.Index.WithDescendants)] : ids;
    }

    /// <param name="taxonomy">Null: any.</param>
    private static Expression<Func<Article, bool>> In(ApiRequest request, List<long> ids, string? taxonomy)
    {
        var db = request.Db;
        return taxonomy is null
            ? a => db.ArticleTerms.Any(t => t.ArticleId == a.Id && ids.Contains(t.TermId))
            : a => db.ArticleTerms.Any(t => t.ArticleId == a.Id && ids.Contains(t.TermId) && db.Terms.Any(x => x.Id == t.TermId && x.Taxonomy == taxonomy));
    }

    private static Expression<Func<Article, bool>> NotIn(ApiRequest request, List<long> ids)
    {
        var db = request.Db;
        return a => !db.ArticleTerms.Any(t => t.ArticleId == a.Id && ids.Contains(t.TermId));
    }
}
