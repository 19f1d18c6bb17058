using System.Text.Json.Nodes;

namespace Broadsheet.Web.Features.Api;

/// <summary>An address of the API.</summary>
/// <param name="Path">With <c>{id}</c> for a number and <c>{name}</c> for a name.</param>
internal sealed record ApiRoute(string Path, Func<ApiRequest, Task<ApiAnswer>> Read)
{
    /// <summary>The parameters that it knows, for those who discover the API.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];

    /// <summary>What those who have not signed in are told when they would write; null where nobody can write.</summary>
    public Refusals? Writing { get; init; }

    /// <summary>The namespace, such as <c>wp/v2</c>.</summary>
    public string Namespace => Path == "/" ? "" : string.Join('/', Path.Split('/')[1..3]);

    /// <summary>As WordPress's index names it: with named groups.</summary>
    public string Pattern => Path.Replace("{id}", @"(?P<id>[\d]+)", StringComparison.Ordinal).Replace("{name}", @"(?P<name>[\w-]+)", StringComparison.Ordinal);

    /// <summary>For the index and for OPTIONS.</summary>
    public JsonObject Describe(ApiRequest request)
    {
        var arguments = new JsonObject();
        foreach (var name in Parameters) arguments[name] = new JsonObject { ["type"] = name == "url" || this == OEmbed.Route ? "string" : TypeOf(name), ["required"] = name == "url" };
        var about = new JsonObject
        {
            ["namespace"] = Namespace,
            ["methods"] = new JsonArray("GET"),
            ["endpoints"] = new JsonArray(new JsonObject { ["methods"] = new JsonArray("GET"), ["args"] = arguments }),
        };
        if (!Path.Contains('{', StringComparison.Ordinal)) about["_links"] = new JsonObject { ["self"] = new JsonArray(new JsonObject { ["href"] = request.To(Path) }) };
        return about;
    }

    private static string TypeOf(string name) => name switch
    {
        "page" or "per_page" or "offset" or "menu_order" => "integer",
        "sticky" or "hide_empty" => "boolean",
        "include" or "exclude" or "author" or "author_exclude" or "categories" or "categories_exclude" or "tags" or "tags_exclude" or "parent" or "parent_exclude" or "slug" or "status" or "format" => "array",
        _ => "string",
    };
}

/// <summary>What WordPress answers those who would write without having signed in.</summary>
internal enum Refusals
{
    Create,
    Change,
    Comment,
    CreatePerson,
    ChangePerson,
    ChangeComment,
}
