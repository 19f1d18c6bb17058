using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Broadsheet.Core.Publishing;

namespace Broadsheet.Web.Features.Api;

internal sealed record TypeView(string Description, bool Hierarchical, bool HasArchive, string Name, string Slug, string? Icon, IReadOnlyList<string> Taxonomies, string RestBase, string RestNamespace);

internal sealed record StatusView(string Name, bool Public, bool Queryable, string Slug, bool DateFloating);

internal sealed record TaxonomyView(string Name, string Slug, string Description, IReadOnlyList<string> Types, bool Hierarchical, string RestBase, string RestNamespace);

/// <summary>What kinds of things there are: types, statuses and taxonomies. The same in every publication.</summary>
internal static class Kinds
{
    private static readonly TypeView[] Types =
    [
        new("", false, false, "Posts", "post", null, [Term.Category, Term.Tag], "posts", "wp/v2"),
        new("", true, false, "Pages", "page", null, [], "pages", "wp/v2"),
        new("", false, false, "Media", "attachment", null, [], "media", "wp/v2"),
    ];

    private static readonly StatusView[] Statuses = [new("Published", true, true, "publish", false)];

    private static readonly TaxonomyView[] Taxonomies =
    [
        new("Categories", Term.Category, "", ["post"], true, "categories", "wp/v2"),
        new("Tags", Term.Tag, "", ["post"], false, "tags", "wp/v2"),
    ];

    public static IEnumerable<ApiRoute> Routes { get; } =
    [
        new ApiRoute("/wp/v2/types", r => ListAsync(r, TypeItems(r))) { Parameters = ["context"] },
        new ApiRoute("/wp/v2/types/{name}", r => ShowAsync(r, TypeItems(r), "rest_type_invalid", "There is no such type.")) { Parameters = ["context"] },
        new ApiRoute("/wp/v2/statuses", r => ListAsync(r, StatusItems(r))) { Parameters = ["context"] },
        new ApiRoute("/wp/v2/statuses/{name}", r => ShowAsync(r, StatusItems(r), "rest_status_invalid", "There is no such status.")) { Parameters = ["context"] },
        new ApiRoute("/wp/v2/taxonomies", r => ListAsync(r, [.. TaxonomyItems(r).Where(t => r.Query.Text("type") is not { } type || Taxonomies.Any(x => x.Slug == t.Slug && x.Types.Contains(type, StringComparer.Ordinal)))])) { Parameters = ["context", "type"] },
        new ApiRoute("/wp/v2/taxonomies/{name}", r => ShowAsync(r, TaxonomyItems(r), "rest_taxonomy_invalid", "There is no such taxonomy.")) { Parameters = ["context"] },
    ];

    private static List<(string Slug, ApiItem Item)> TypeItems(ApiRequest request) => [.. Types.Select(t => (t.Slug, Of(request, t, ApiJson.Default.TypeView, "/wp/v2/types", t.RestBase)))];

    private static List<(string Slug, ApiItem Item)> StatusItems(ApiRequest request) => [.. Statuses.Select(s => (s.Slug, Of(request, s, ApiJson.Default.StatusView, "/wp/v2/statuses", "posts")))];

    private static List<(string Slug, ApiItem Item)> TaxonomyItems(ApiRequest request) => [.. Taxonomies.Select(t => (t.Slug, Of(request, t, ApiJson.Default.TaxonomyView, "/wp/v2/taxonomies", t.RestBase)))];

    private static ApiItem Of<T>(ApiRequest request, T view, JsonTypeInfo<T> type, string path, string items) => ApiItem.Of(0, view, type, new SortedDictionary<string, ApiLink[]>(StringComparer.Ordinal)
    {
        ["collection"] = [new(request.To(path))],
        ["wp:items"] = [new(request.To($"/wp/v2/{items}"))],
        ["curies"] = ApiLink.Curies,
    });

    /// <summary>An object by name, not a list.</summary>
    private static Task<ApiAnswer> ListAsync(ApiRequest request, List<(string Slug, ApiItem Item)> items)
    {
        if (request.Refusal("rest_cannot_view") is { } refusal) return Task.FromResult(refusal);
        var all = new JsonObject();
        foreach (var (slug, item) in items) all[slug] = request.Fields is { } fields ? fields.Apply(item.Node) : item.Node;
        return Task.FromResult(ApiAnswer.Of(all));
    }

    private static async Task<ApiAnswer> ShowAsync(ApiRequest request, List<(string Slug, ApiItem Item)> items, string code, string message)
    {
        if (request.Refusal("rest_cannot_view") is { } refusal) return refusal;
        return items.Find(i => i.Slug == request.Name) is { Item: { } item } ? await ApiItems.FinishOneAsync(request, item) : ApiAnswer.Problem(StatusCodes.Status404NotFound, code, message);
    }
}
