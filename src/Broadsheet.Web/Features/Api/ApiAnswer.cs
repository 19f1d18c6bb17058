using System.Globalization;
using System.Text.Json.Nodes;

namespace Broadsheet.Web.Features.Api;

/// <summary>What the API says: a status, a body, and for a page of a list how many there are.</summary>
internal sealed record ApiAnswer(int Status, JsonNode Body)
{
    /// <summary>Of all pages; null for what is not a list.</summary>
    public int? Total { get; init; }
    public int Pages { get; init; }

    /// <summary>Links of the header, such as <c>&lt;…&gt;; rel="next"</c>.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    public static ApiAnswer Of(JsonNode body) => new(StatusCodes.Status200OK, body);

    public static ApiAnswer Problem(int status, string code, string message) => new(status, ProblemBody(status, code, message));

    public static ApiAnswer NoRoute() => Problem(StatusCodes.Status404NotFound, "rest_no_route", "The API has nothing at this address for this method.");

    public static JsonObject ProblemBody(int status, string code, string message) => new() { ["code"] = code, ["message"] = message, ["data"] = new JsonObject { ["status"] = status } };

    public static ApiAnswer BadParameters(IReadOnlyDictionary<string, string> problems)
    {
        var body = ProblemBody(StatusCodes.Status400BadRequest, "rest_invalid_param", $"Parameters that cannot be used: {string.Join(", ", problems.Keys)}");
        var (told, details) = (new JsonObject(), new JsonObject());
        foreach (var (name, message) in problems)
        {
            told[name] = message;
            details[name] = new JsonObject { ["code"] = "rest_invalid_param", ["message"] = message, ["data"] = null };
        }
        body["data"]!["params"] = told;
        body["data"]!["details"] = details;
        return new ApiAnswer(StatusCodes.Status400BadRequest, body);
    }

    public IEnumerable<KeyValuePair<string, string>> Headers()
    {
        if (Total is { } total)
        {
            yield return new("X-WP-Total", total.ToString(CultureInfo.InvariantCulture));
            yield return new("X-WP-TotalPages", Pages.ToString(CultureInfo.InvariantCulture));
        }
        if (Links.Count > 0) yield return new("Link", string.Join(", ", Links));
    }
}
