using System.Text.Json.Nodes;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Features.Api;

/// <summary>What the API has: by this, programs find their way.</summary>
internal static class ApiIndex
{
    private static readonly string[] Namespaces = ["oembed/1.0", "wp/v2", "broadsheet/v1"];

    public static IEnumerable<ApiRoute> Routes { get; } =
    [
        new ApiRoute("/", r => Task.FromResult(Whole(r))) { Parameters = ["context"] },
        new ApiRoute("/wp/v2", r => Task.FromResult(OfNamespace(r, "wp/v2"))) { Parameters = ["namespace", "context"] },
        new ApiRoute("/broadsheet/v1", r => Task.FromResult(OfNamespace(r, "broadsheet/v1"))) { Parameters = ["namespace", "context"] },
        new ApiRoute("/oembed/1.0", r => Task.FromResult(OfNamespace(r, "oembed/1.0"))) { Parameters = ["namespace", "context"] },
    ];

    private static ApiAnswer Whole(ApiRequest request)
    {
        var (publication, now) = (request.Site.Publication, request.Http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        var home = request.Site.Links.BaseUrl;
        var index = new JsonObject
        {
            ["name"] = publication.Title,
            ["description"] = publication.Tagline,
            ["url"] = home,
            ["home"] = home,
            ["gmt_offset"] = publication.Zone.GetUtcOffset(now).TotalHours,
            ["timezone_string"] = publication.TimeZone,
            ["namespaces"] = new JsonArray([.. Namespaces.Select(n => (JsonNode)n)]),
            ["authentication"] = new JsonObject { ["application-passwords"] = new JsonObject { ["endpoints"] = new JsonObject { ["authorization"] = request.Site.Links.Absolute(BasicCredentials.Page) } } },
            ["routes"] = Describe(request, ApiRoom.Routes),
            ["_links"] = new JsonObject { ["help"] = new JsonArray(new JsonObject { ["href"] = "https://developer.wordpress.org/rest-api/" }) },
        };
        return ApiAnswer.Of(request.Fields is { } fields ? fields.Apply(index) : index);
    }

    private static ApiAnswer OfNamespace(ApiRequest request, string name) => ApiAnswer.Of(new JsonObject
    {
        ["namespace"] = name,
        ["routes"] = Describe(request, ApiRoom.Routes.Where(r => r.Namespace == name)),
        ["_links"] = new JsonObject { ["up"] = new JsonArray(new JsonObject { ["href"] = request.To("/") }) },
    });

    private static JsonObject Describe(ApiRequest request, IEnumerable<ApiRoute> routes)
    {
        var all = new JsonObject();
        foreach (var route in routes) all[route.Pattern] = route.Describe(request);
        return all;
    }
}
