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

    /// <summary>Whose program asks; null for nobody's. A browser's session alone is nobody here, as in WordPress: what the API says by it is the same for all.</summary>
    public CurrentPerson? Program { get; } = CurrentPerson.Of(http) is { IsProgram: true } person ? person : null;
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
        return context == "edit" ? Forbid(forbidden, "Only staff may read what is to be edited: sign in first.", "What is to be edited is not given by the API.") : null;
    }

    /// <summary>With WordPress's status: 401 for those who have not signed in, 403 for those who have.</summary>
    /// <param name="signedIn">Said to those who have.</param>
    public ApiAnswer Forbid(string code, string message, string signedIn = "This is not given by the API, nor to those who have signed in.") =>
        Program is null ? ApiAnswer.Problem(StatusCodes.Status401Unauthorized, code, message) : ApiAnswer.Problem(StatusCodes.Status403Forbidden, code, signedIn);
}
