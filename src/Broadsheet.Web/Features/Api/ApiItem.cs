using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Broadsheet.Web.Features.Api;

/// <summary>An object of a list, with what its links lead to.</summary>
internal sealed record ApiItem(long Id, JsonObject Node, IReadOnlyDictionary<string, ApiLink[]> Links)
{
    /// <param name="shortMembers">The members of the short form; null: the whole.</param>
    public static ApiItem Of<T>(long id, T view, JsonTypeInfo<T> type, IReadOnlyDictionary<string, ApiLink[]> links, string[]? shortMembers = null)
    {
        var node = JsonSerializer.SerializeToNode(view, type)!.AsObject();
        node["_links"] = JsonSerializer.SerializeToNode(links, ApiJson.Default.IReadOnlyDictionaryStringApiLinkArray);
        if (shortMembers is not null)
            foreach (var name in node.Select(m => m.Key).Where(n => n != "_links" && !shortMembers.Contains(n)).ToList()) node.Remove(name);
        return new ApiItem(id, node, links);
    }
}

/// <summary>Finishes items for the answer: embeds, then leaves what was not asked for.</summary>
internal static class ApiItems
{
    public static async Task<JsonArray> FinishAsync(ApiRequest request, IReadOnlyList<ApiItem> items)
    {
        var fields = request.Fields;
        if (request.Query.Has("_embed") || request.Query.Has("_embed[]"))
            if (fields is null || fields.Has("_links") || fields.Has("_embedded")) await Embedding.AddAsync(request, items, request.Query.Words("_embed"));
        var nodes = new JsonArray();
        foreach (var item in items) nodes.Add((JsonNode)(fields is null ? item.Node : fields.Apply(item.Node)));
        return nodes;
    }

    public static async Task<ApiAnswer> FinishOneAsync(ApiRequest request, ApiItem item)
    {
        var nodes = await FinishAsync(request, [item]);
        var node = nodes[0]!;
        nodes.RemoveAt(0);
        return ApiAnswer.Of(node);
    }
}
