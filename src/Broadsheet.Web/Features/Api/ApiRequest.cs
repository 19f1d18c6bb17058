using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Features.Api;

/// <summary>A request of the API being answered.</summary>
internal sealed class ApiRequest(HttpContext http, ReaderSite site, IDatabaseEngine engine, BroadsheetDb db)
{
    public const string Root = "/wp-json";

    public HttpContext Http => http;
    public ReaderSite Site => site;
    public IDatabaseEngine Engine => engine;
    public BroadsheetDb Db => db;
    public CancellationToken Ct => http.RequestAborted;
    public ApiQuery Query { get; } = new(http.Request.Query, site);
    public FieldFilter? Fields { get; } = FieldFilter.Read(new ApiQuery(http.Request.Query, site).Words("_fields"));

    /// <summary>The number in the path; 0 where it has none.</summary>
    public long Id => http.Request.RouteValues["id"] is string text && long.TryParse(text, out var id) ? id : 0;

    public string Name => http.Request.RouteValues["name"] as string ?? "";

    /// <summary>The short form, as in <c>_embedded</c>.</summary>
    public bool IsShort => Query.Text("context") == "embed";

    /// <summary>The whole address of a part of the API.</summary>
    /// <param name="path">Such as <c>/wp/v2/posts</c>.</param>
    public string To(string path) => site.Links.Absolute(Root + path);

    /// <summary>What stands in the way of reading: a context that only staff may have, or parameters that cannot be used. Null: nothing.</summary>
    /// <param name="forbidden">The code that WordPress gives for the context <c>edit</c>.</param>
    public ApiAnswer? Refusal(string forbidden = "rest_forbidden_context")
    {
        var context = Query.Choice("context", "view", "view", "embed", "edit");
        if (Query.Problems.Count > 0) return ApiAnswer.BadParameters(Query.Problems);
        return context == "edit" ? ApiAnswer.Problem(StatusCodes.Status401Unauthorized, forbidden, "Only staff may read what is to be edited: sign in first.") : null;
    }
}
