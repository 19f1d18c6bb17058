using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Broadsheet.Web.Tests.Sites;

/// <summary>A server that speaks Mastodon's API as far as a sign-in takes: clients that register themselves, codes with PKCE, an account, tokens given back.</summary>
public sealed class FediverseServer : IAsyncLifetime
{
    private readonly Dictionary<string, (string Secret, string Redirect)> _clients = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Client, string Challenge)> _codes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _tokens = new(StringComparer.Ordinal);
    private WebApplication? _app;

    public string Host { get; private set; } = "";

    public int Registrations { get; private set; }

    public int TokensAbout => _tokens.Count;

    /// <summary>Answers nothing of use.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Of whoever agrees next.</summary>
    public string Account { get; set; } = "{}";

    public void ForgetClients() => _clients.Clear();

    /// <summary>Somebody agrees: what the page would send their browser back with.</summary>
    public string Agree(Uri authorize)
    {
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(authorize.Query);
        Assert.Equal(("/oauth/authorize", "code", "S256", "read:accounts"), (authorize.AbsolutePath, query["response_type"].ToString(), query["code_challenge_method"].ToString(), query["scope"].ToString()));
        Assert.Equal(_clients[query["client_id"].ToString()].Redirect, query["redirect_uri"].ToString());
        var code = Guid.CreateVersion7().ToString("N");
        _codes[code] = (query["client_id"].ToString(), query["code_challenge"].ToString());
        return $"{new Uri(query["redirect_uri"].ToString()).AbsolutePath}?code={code}&state={query["state"]}";
    }

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Use(async (http, next) => { if (IsBroken) await http.Response.WriteAsync("<html>A page</html>"); else await next(); });
        _app.MapPost("/api/v1/apps", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            var (id, secret) = ($"client-{++Registrations}", Guid.CreateVersion7().ToString("N"));
            _clients[id] = (secret, form["redirect_uris"].ToString());
            return Results.Json(new { id = "1", name = form["client_name"].ToString(), client_id = id, client_secret = secret });
        });
        _app.MapGet("/oauth/authorize", (HttpRequest request) =>
        {
            var asked = new Uri($"http://{Host}/oauth/authorize{request.QueryString}");
            var back = new Uri(new Uri(request.Query["redirect_uri"].ToString()), Agree(asked));
            return Results.Text($"<!DOCTYPE html><html lang=\"en\"><title>Authorize</title><a href=\"{back}\">Authorize</a>", "text/html");
        });
        _app.MapPost("/oauth/token", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            if (!_clients.TryGetValue(form["client_id"].ToString(), out var client) || client.Secret != form["client_secret"]) return Results.Json(new { error = "invalid_client" }, statusCode: 401);
            var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
            if (!_codes.Remove(form["code"].ToString(), out var code) || code != (form["client_id"].ToString(), challenge) || form["redirect_uri"] != client.Redirect) return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
            var token = Guid.CreateVersion7().ToString("N");
            _tokens.Add(token);
            return Results.Json(new { access_token = token, token_type = "Bearer", scope = "read:accounts" });
        });
        _app.MapGet("/api/v1/accounts/verify_credentials", (HttpRequest request) => _tokens.Contains(request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal)) ? Results.Text(Account, "application/json") : Results.StatusCode(401));
        _app.MapPost("/oauth/revoke", async (HttpRequest request) => { _tokens.Remove((await request.ReadFormAsync())["token"].ToString()); return Results.Json(new { }); });
        await _app.StartAsync();
        Host = new Uri(_app.Urls.First()).Authority;
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
    }
}
