using Broadsheet.Web.Features.SignIn.Social.Fediverse;
using Broadsheet.Web.Features.SignIn.Social.Providers;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.Outbound;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Broadsheet.Web.Features.SignIn.Social;

/// <summary>Signing in by an account that a reader has elsewhere.</summary>
internal static class SocialRoom
{
    public const string With = "/account/sign-in/with";
    public const string Back = "/account/sign-in/back";
    public const string Arrived = "/account/sign-in/arrived/";

    /// <param name="allowHosts">Hosts of private networks that the program may call in any case.</param>
    public static IServiceCollection AddSocial(this IServiceCollection services, IReadOnlyList<SignInProvider> providers, IReadOnlyList<string> allowHosts)
    {
        services.AddSingleton(new SignInProviders(providers)).AddSingleton(new WaysIn([.. providers.Select(p => p.Way)])).AddSingleton<IJob, FetchLoginPicture>();
        if (providers.Count == 0) return services;
        // Apart from what fetches what anybody names: only here is an issuer of the own network allowed.
        services.AddSingleton(_ => { var http = new GuardedHttp([.. allowHosts, .. providers.SelectMany(p => p.Hosts)]); return new SignInHttp((request, ct) => http.SendAsync(request, SignInHttp.Limits, ct)); });
        services.AddTransient<SignInHandler>().ConfigureHttpClientDefaults(client => client.AddHttpMessageHandler<SignInHandler>());
        services.AddSingleton<SealedLogins>().AddScoped<ProviderDoor>().AddScoped<StartWithProvider>().AddScoped<ComeBack>().AddSingleton<Arrive>();
        services.AddSingleton(_ => { var http = new GuardedHttp(allowHosts); return new MastodonClient((request, ct) => http.SendAsync(request, MastodonClient.Limits, ct), allowHosts); }).AddSingleton<MastodonWay>().AddSingleton<SignInWithMastodon>();
        if (!providers.Any(p => p.IsRegistered)) return services;
        services.AddOpenIddict().AddClient(client =>
        {
            client.AllowAuthorizationCodeFlow();
            // Sealed with the keys that seal our cookies (ADR 18); these two are asked for, and never used.
            client.AddEphemeralEncryptionKey().AddEphemeralSigningKey();
            client.UseDataProtection();
            client.DisableTokenStorage();
            client.SetStateTokenLifetime(TimeSpan.FromMinutes(15));
            client.UseSystemNetHttp();
            // A publication may stand behind a proxy that speaks https for it.
            client.UseAspNetCore().EnableRedirectionEndpointPassthrough().EnableErrorPassthrough().DisableTransportSecurityRequirement().DisableAutomaticAuthenticationSchemeForwarding().Configure(options => options.CookieBuilder = new SetOutCookie());
            foreach (var provider in providers.Where(p => p.IsRegistered)) provider.Register(client);
        });
        services.AddSingleton<IAuthenticationSchemeProvider, QuietSchemes>();
        return services;
    }

    public static void Map(IEndpointRouteBuilder routes, RouteGroupBuilder account)
    {
        if (routes.ServiceProvider.GetRequiredService<SignInProviders>().All.Count == 0) return;
        StartWithProvider.Map(routes.MapAccount(""));
        ComeBack.Map(routes.MapAccount(""));
        if (routes.ServiceProvider.GetRequiredService<SignInProviders>().Find(Mastodon.TheKey) is not null) SignInWithMastodon.Map(routes.MapAccount(""));
        Arrive.Map(account);
    }
}

/// <summary>The providers that are configured.</summary>
internal sealed record SignInProviders(IReadOnlyList<SignInProvider> All)
{
    public SignInProvider? Find(string key) => All.FirstOrDefault(p => p.Key == key);
}

/// <summary>OpenIddict would look at every request of the publication; it is asked by <see cref="ProviderDoor"/>.</summary>
internal sealed class QuietSchemes(IOptions<AuthenticationOptions> options) : AuthenticationSchemeProvider(options)
{
    public override Task<IEnumerable<AuthenticationScheme>> GetRequestHandlerSchemesAsync() => Task.FromResult<IEnumerable<AuthenticationScheme>>([]);
}

/// <summary>Binds the way back to the browser that set out. Lax, but for a provider that posts the way back from its own site.</summary>
internal sealed class SetOutCookie : CookieBuilder
{
    public override string? Name { get; set; } = ".broadsheet.state";

    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
    {
        var key = context.Request.Path.Value?.TrimEnd('/').Split('/')[^1];
        var isPosted = context.Request.IsHttps && context.RequestServices.GetRequiredService<SignInProviders>().Find(key ?? "")?.PostsBack == true;
        return new CookieOptions { HttpOnly = true, IsEssential = true, Secure = context.Request.IsHttps, SameSite = isPosted ? SameSiteMode.None : SameSiteMode.Lax, Path = SocialRoom.Back };
    }
}
