using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Broadsheet.Web.Tests.Sites;

/// <summary>A server that answers as Akismet's documentation says it does.</summary>
public sealed class AkismetDouble : IAsyncDisposable
{
    public const string Key = "0123456789ab";

    private WebApplication? _app;

    public ConcurrentQueue<(string Call, Dictionary<string, string> Form)> Calls { get; } = new();

    /// <summary>It answers 503.</summary>
    public bool IsDown { get; set; }

    public string Url { get; private set; } = "";

    public static async Task<AkismetDouble> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new AkismetDouble { _app = builder.Build() };
        server._app.MapPost("/1.1/{call}", async (string call, HttpContext http) =>
        {
            var form = (await http.Request.ReadFormAsync()).ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal);
            server.Calls.Enqueue((call, form));
            if (server.IsDown) return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
            return Results.Text(server.Answer(call, form, http.Response.Headers));
        });
        await server._app.StartAsync();
        server.Url = $"{server._app.Urls.First()}/1.1/";
        return server;
    }

    public string[] Configuration => [$"--Akismet:Key={Key}", $"--Akismet:Endpoint={Url}", $"--Outbound:AllowHosts={new Uri(Url).Authority}"];

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
    }

    private string Answer(string call, Dictionary<string, string> form, IHeaderDictionary headers)
    {
        if ((form.GetValueOrDefault("api_key") ?? form.GetValueOrDefault("key")) != Key)
        {
            headers["X-akismet-debug-help"] = "We were unable to parse your key";
            return "invalid";
        }
        if (form.GetValueOrDefault("blog", "").Length == 0) return "invalid";
        if (call == "verify-key") return "valid";
        if (call is "submit-spam" or "submit-ham") return "Thanks for making the web a better place.";
        var words = form.GetValueOrDefault("comment_content", "");
        headers["X-akismet-guid"] = "guid-of-the-double";
        if (words.Contains("blatant", StringComparison.Ordinal)) headers["X-akismet-pro-tip"] = "discard";
        if (words.Contains("alert", StringComparison.Ordinal)) (headers["X-akismet-alert-code"], headers["X-akismet-alert-msg"]) = ("10501", "Your plan has run out");
        if (form.GetValueOrDefault("user_role") == "administrator") return "false";
        return form.GetValueOrDefault("comment_author") == "akismet-guaranteed-spam" || form.GetValueOrDefault("comment_author_email") == "akismet-guaranteed-spam@example.com" || headers.ContainsKey("X-akismet-pro-tip") ? "true" : "false";
    }
}
