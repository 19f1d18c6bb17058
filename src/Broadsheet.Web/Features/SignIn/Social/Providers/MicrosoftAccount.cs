namespace Broadsheet.Web.Features.SignIn.Social.Providers;

/// <summary>
/// https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference; whoever runs a tenant writes any address into it, so that
/// only one with <c>xms_edov</c> (the domain's owner is verified) is proof.
/// </summary>
internal sealed class MicrosoftAccount(string clientId, string clientSecret, string? tenant) : SignInProvider("microsoft", "Microsoft", clientId, clientSecret)
{
    public override void Register(OpenIddictClientBuilder client) => Web(client).AddMicrosoft(microsoft =>
    {
        microsoft.SetRegistrationId(Key).SetClientId(ClientId).SetClientSecret(ClientSecret).SetRedirectUri(Back).AddScopes("profile", "email");
        if (tenant is not null) microsoft.SetTenant(tenant);
    });

    public override ProviderIdentity? Read(ProviderClaims claims) => claims["sub"] is { } subject
        ? new ProviderIdentity(subject, claims.Name("name", "preferred_username"), claims.Email(), claims.Email() is not null && claims.Says("xms_edov"), null, null) : null;
}
