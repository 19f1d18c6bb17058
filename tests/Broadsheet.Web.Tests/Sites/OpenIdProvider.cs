using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;

namespace Broadsheet.Web.Tests.Sites;

/// <summary>Someone who has an account at the provider.</summary>
public sealed record ProviderUser(string Subject, string Name, string? Email = null, bool IsVerified = false);

/// <summary>
/// A real OpenID Connect provider on this machine (OpenIddict's server), whose people one chooses on its page, and which can be made to fail.
/// By two names (<c>127.0.0.1</c>, <c>localhost</c>) it is two issuers.
/// </summary>
public sealed class OpenIdProvider : IAsyncDisposable
{
    public const string Secret = "a secret of the club";

    private WebApplication? _app;

    public enum Mood
    {
        Well,
        Down,
        Slow,
        Nonsense,
        Impostor,

        /// <summary>Its people come in, but it gives nobody a token.</summary>
        Broken,
    }

    public Mood Now { get; set; }

    public List<ProviderUser> Users { get; } = [];

    public Uri Url { get; private set; } = new("http://unset.invalid");

    /// <summary>The same machine by its other name: another issuer.</summary>
    public Uri OtherUrl => new($"http://localhost:{Url.Port}/");

    /// <summary>What a site is told, to use both issuers.</summary>
    public string[] Configuration =>
    [
        .. Configure("club", Url, "The Club"), .. Configure("guild", OtherUrl, "Guild"),
    ];

    /// <summary>Somebody new there, with an address of their own.</summary>
    public ProviderUser Join(string name, bool isVerified)
    {
        var user = new ProviderUser($"member-{Guid.CreateVersion7():N}", name, $"member-{Guid.CreateVersion7():N}@example.org", isVerified);
        Users.Add(user);
        return user;
    }

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddOpenIddict().AddServer(ConfigureServer);
        builder.Services.AddAuthentication();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.Use(FailAsync);
        _app.UseAuthentication();
        _app.MapMethods("/authorize", ["GET", "POST"], Authorize);
        await _app.StartAsync();
        Url = new Uri(_app.Urls.First().TrimEnd('/') + "/");
    }

    /// <summary>What a reader's browser does there: choose somebody, or say no (null).</summary>
    /// <returns>Where it is sent back to.</returns>
    public static async Task<Uri> ChooseAsync(Uri authorize, string? user)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await http.GetAsync(new Uri($"{authorize.AbsoluteUri}&{(user is null ? "deny=1" : $"user={user}")}"));
        return answer.Headers.Location ?? throw new InvalidOperationException($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
    }

    private static IEnumerable<string> Configure(string key, Uri issuer, string name) =>
        [$"--SignIn:OpenIdConnect:{key}:Issuer={issuer}", $"--SignIn:OpenIdConnect:{key}:ClientId=newsroom", $"--SignIn:OpenIdConnect:{key}:ClientSecret={Secret}", $"--SignIn:OpenIdConnect:{key}:Name={name}"];

    private void ConfigureServer(OpenIddictServerBuilder server)
    {
        server.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token").SetUserInfoEndpointUris("userinfo");
        server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().RegisterScopes("profile", "email").EnableDegradedMode();
        server.AddEphemeralEncryptionKey().AddEphemeralSigningKey();
        server.UseAspNetCore().DisableTransportSecurityRequirement().EnableAuthorizationEndpointPassthrough();
        server.AddEventHandler<OpenIddictServerEvents.ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (context.ClientId != "newsroom") context.Reject(OpenIddictConstants.Errors.InvalidClient);
            return default;
        }));
        server.AddEventHandler<OpenIddictServerEvents.ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            if (context.ClientId != "newsroom" || context.ClientSecret != Secret) context.Reject(OpenIddictConstants.Errors.InvalidClient);
            return default;
        }));
        server.AddEventHandler<OpenIddictServerEvents.ApplyConfigurationResponseContext>(handler => handler.SetOrder(int.MinValue).UseInlineHandler(context =>
        {
            if (Now == Mood.Impostor) context.Response[OpenIddictConstants.Metadata.Issuer] = "https://somebody-else.example/";
            return default;
        }));
    }

    private async Task FailAsync(HttpContext http, RequestDelegate next)
    {
        if (Now == Mood.Slow) await Task.Delay(Timeout.Infinite, http.RequestAborted);
        if (Now == Mood.Down || (Now == Mood.Broken && http.Request.Path == "/token"))
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }
        if (Now == Mood.Nonsense)
        {
            await http.Response.WriteAsync("<h1>It works</h1>");
            return;
        }
        await next(http);
    }

    private IResult Authorize(HttpContext http)
    {
        var request = http.GetOpenIddictServerRequest()!;
        string[] scheme = [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme];
        if (http.Request.Query.ContainsKey("deny"))
            return Results.Forbid(new AuthenticationProperties(new Dictionary<string, string?> { [OpenIddictServerAspNetCoreConstants.Properties.Error] = OpenIddictConstants.Errors.AccessDenied }), scheme);
        if (Users.Find(u => u.Subject == http.Request.Query["user"]) is not { } user) return Choose(http.Request);
        var identity = new ClaimsIdentity("club", "name", "role");
        identity.SetClaim("sub", user.Subject).SetClaim("name", user.Name).SetClaim("email", user.Email);
        if (user.Email is not null) identity.SetClaim("email_verified", user.IsVerified);
        identity.SetScopes(request.GetScopes());
        identity.SetDestinations(_ => ImmutableArray.Create(OpenIddictConstants.Destinations.IdentityToken, OpenIddictConstants.Destinations.AccessToken));
        return Results.SignIn(new ClaimsPrincipal(identity), null, scheme[0]);
    }

    /// <summary>Its page: a link for each, and one to say no.</summary>
    private IResult Choose(HttpRequest request)
    {
        var here = $"{request.Path}{request.QueryString}";
        var page = new StringBuilder("<!doctype html><html lang=en><head><meta name=viewport content='width=device-width'><title>The Club</title></head><body><h1>Who are you?</h1>");
        foreach (var user in Users) page.Append(CultureInfo.InvariantCulture, $"<p><a href=\"{WebUtility.HtmlEncode(here)}&amp;user={user.Subject}\">{WebUtility.HtmlEncode(user.Name)}</a></p>");
        return Results.Content(page.Append(CultureInfo.InvariantCulture, $"<p><a href=\"{WebUtility.HtmlEncode(here)}&amp;deny=1\">Nobody</a></p></body></html>").ToString(), "text/html");
    }
}
