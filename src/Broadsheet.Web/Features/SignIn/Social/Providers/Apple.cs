using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Broadsheet.Web.Features.SignIn.Social.Providers;

/// <summary>https://developer.apple.com/documentation/signinwithapple; the name comes in the form of the first time only, the address in the token.</summary>
/// <param name="keyPem">Of the file that Apple gave for the key (<c>.p8</c>).</param>
internal sealed class Apple(string clientId, string teamId, string keyId, string keyPem) : SignInProvider("apple", "Apple", clientId, "")
{
    public override bool PostsBack => true;

    public override void Register(OpenIddictClientBuilder client)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(keyPem);
        Web(client).AddApple(apple => apple.SetRegistrationId(Key).SetClientId(ClientId).SetTeamId(teamId).SetRedirectUri(Back).AddScopes("name", "email").SetSigningKey(new ECDsaSecurityKey(key) { KeyId = keyId }));
    }

    public override ProviderIdentity? Read(ProviderClaims claims) => claims["sub"] is { } subject
        ? new ProviderIdentity(subject, Called(claims), claims.Email(), claims.Says("email_verified"), null, null) : null;

    private static string Called(ProviderClaims claims) => $"{claims.Posted("name", "firstName")} {claims.Posted("name", "lastName")}".Trim();
}
