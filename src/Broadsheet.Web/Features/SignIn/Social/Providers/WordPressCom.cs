namespace Broadsheet.Web.Features.SignIn.Social.Providers;

/// <summary>https://developer.wordpress.com/docs/api/1/get/me/</summary>
internal sealed class WordPressCom(string clientId, string clientSecret) : SignInProvider("wordpress", "WordPress.com", clientId, clientSecret)
{
    public override void Register(OpenIddictClientBuilder client) => Web(client).AddWordPress(wordpress => wordpress.SetRegistrationId(Key).SetClientId(ClientId).SetClientSecret(ClientSecret).SetRedirectUri(Back).AddScopes("auth"));

    public override ProviderIdentity? Read(ProviderClaims claims) => claims["ID"] is { } subject
        ? new ProviderIdentity(subject, claims.Name("display_name", "username"), claims.Email(), claims.Says("email_verified"), claims.Url("avatar_URL"), claims.Url("profile_URL")) : null;
}
