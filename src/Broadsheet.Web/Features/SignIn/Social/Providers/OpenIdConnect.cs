using OpenIddict.Client;

namespace Broadsheet.Web.Features.SignIn.Social.Providers;

/// <summary>Any issuer that publishes what OpenID Connect Discovery 1.0 asks for. Its logins are stored under its address, so that another issuer under the same key is nobody's.</summary>
internal sealed class OpenIdConnect(string key, string name, Uri issuer, string clientId, string clientSecret, IReadOnlyList<string> scopes) : SignInProvider(key, name, clientId, clientSecret)
{
    public override string StoredAs => issuer.AbsoluteUri;

    public override string Icon => "other";

    public override IReadOnlyList<string> Hosts => [issuer.Authority, issuer.IdnHost];

    public override void Register(OpenIddictClientBuilder client)
    {
        var registration = new OpenIddictClientRegistration { RegistrationId = Key, ProviderName = Key, ProviderDisplayName = Name, Issuer = issuer, ClientId = ClientId, ClientSecret = ClientSecret, RedirectUri = new Uri(Back, UriKind.Relative) };
        foreach (var scope in scopes) registration.Scopes.Add(scope);
        client.AddRegistration(registration);
    }

    public override ProviderIdentity? Read(ProviderClaims claims) => claims["sub"] is { } subject
        ? new ProviderIdentity(subject, claims.Name("name", "preferred_username", "nickname"), claims.Email(), claims.Email() is not null && claims.Says("email_verified"), claims.Url("picture"), claims.Url("profile")) : null;
}
