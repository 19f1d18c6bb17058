using Broadsheet.Web.Data;
using Broadsheet.Web.Reads;

namespace Broadsheet.Web.Features.Api;

/// <summary>WordPress's REST API, for reading: the same addresses, parameters, members, headers and error codes (docs/api/README.md).</summary>
internal static class ApiRoom
{
    private const string Allowed = "GET";

    public static IReadOnlyList<ApiRoute> Routes { get; } = [.. ApiIndex.Routes, OEmbed.Route, .. Posts.Routes, .. MediaItems.Routes, .. Comments.Routes, .. Terms.Routes, .. People.Routes, .. Kinds.Routes, .. SearchAll.Routes];

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var route in Routes)
        {
            var path = ApiRequest.Root + route.Path.Replace("{id}", "{id:long}", StringComparison.Ordinal);
            routes.Map(path, http => AnswerAsync(http, route));
        }
        routes.Map($"{ApiRequest.Root}/{{**path}}", http => AnswerAsync(http, null)).WithOrder(int.MaxValue - 1);
    }

    /// <param name="route">Null where the API has nothing.</param>
    private static async Task AnswerAsync(HttpContext http, ApiRoute? route)
    {
        var services = http.RequestServices;
        var site = await services.GetRequiredService<ReaderSites>().OfAsync(http);
        var engine = services.GetRequiredService<IDatabaseEngine>();
        // Whoever's program asks reads what it has just done; what it reads at the primary, others need not.
        var isNobodys = CurrentPerson.Of(http) is null && IsRead(http);
        var result = isNobodys ? await engine.ReadListsAsync(ReadAsync, http.RequestAborted) : await AtPrimaryAsync();
        await result.ExecuteAsync(http);

        async Task<IResult> AtPrimaryAsync()
        {
            await using var db = engine.Open();
            return await ReadAsync(db);
        }

        async Task<IResult> ReadAsync(BroadsheetDb db)
        {
            var request = new ApiRequest(http, site, engine, db);
            if (route == OEmbed.Route && IsRead(http) && request.Query.Text("format") == "xml" && await OEmbed.XmlAsync(request) is { } xml) return xml;
            return new ApiResult(await AnswerAsync(request, route), Allowed, request.To("/"));
        }
    }

    private static Task<ApiAnswer> AnswerAsync(ApiRequest request, ApiRoute? route)
    {
        var http = request.Http;
        if (route is null) return Task.FromResult(ApiAnswer.NoRoute());
        if (IsRead(http)) return route.Read(request);
        if (HttpMethods.IsOptions(http.Request.Method)) return Task.FromResult(ApiAnswer.Of(route.Describe(request)));
        return Task.FromResult(Refuse(request, route));
    }

    /// <summary>Nobody can write by it yet: those who would are told what WordPress tells those who have not signed in, or who may not.</summary>
    private static ApiAnswer Refuse(ApiRequest request, ApiRoute route)
    {
        var method = request.Http.Request.Method;
        var isDelete = HttpMethods.IsDelete(method);
        var isChange = isDelete || HttpMethods.IsPost(method) || HttpMethods.IsPut(method) || HttpMethods.IsPatch(method);
        var code = (route.Writing, HttpMethods.IsPost(method)) switch
        {
            (Refusals.Create, true) => "rest_cannot_create",
            (Refusals.CreatePerson, true) => "rest_cannot_create_user",
            (Refusals.Comment, true) => "rest_comment_login_required",
            (Refusals.Change or Refusals.ChangeComment, _) when isChange => isDelete ? "rest_cannot_delete" : "rest_cannot_edit",
            (Refusals.ChangePerson, _) when isChange => isDelete ? "rest_user_cannot_delete" : "rest_cannot_edit",
            _ => null,
        };
        return code is null ? ApiAnswer.NoRoute() : request.Forbid(code, "Only those who have signed in may do this.", "This part of the API is for reading.");
    }

    private static bool IsRead(HttpContext http) => HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
}
