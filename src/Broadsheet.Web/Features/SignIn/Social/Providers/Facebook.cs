namespace Broadsheet.Web.Features.SignIn.Social.Providers;

/// <summary>https://developers.facebook.com/docs/graph-api/reference/user; an address is given only once it was confirmed there.</summary>
internal sealed class Facebook(string clientId, string clientSecret) : SignInProvider("facebook", "Facebook", clientId, clientSecret)
{
    public override void Register(OpenIddictClientBuilder client) =>
        Web(client).AddFacebook(facebook => facebook.SetRegistrationId(Key).SetClientId(ClientId).SetClientSecret(ClientSecret).SetRedirectUri(Back).AddScopes("email", "public_profile").AddFields("id", "name", "email", "picture.width(192).height(192)"));

    public override ProviderIdentity? Read(ProviderClaims claims) => claims["id"] is { } subject
        ? new ProviderIdentity(subject, claims.Name("name"), claims.Email(), claims.Email() is not null, Picture(claims), null) : null;

    /// <summary>A silhouette is no picture of anybody.</summary>
    private static string? Picture(ProviderClaims claims) => claims.Within("picture", "data", "is_silhouette") == "true" ? null : ProviderClaims.Web(claims.Within("picture", "data", "url"));
}
