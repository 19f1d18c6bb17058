using System.Text.RegularExpressions;

namespace Broadsheet.Web.Features.SignIn.Social.Providers;

/// <summary>https://developers.google.com/identity/openid-connect/openid-connect</summary>
internal sealed partial class Google(string clientId, string clientSecret) : SignInProvider("google", "Google", clientId, clientSecret)
{
    public override void Register(OpenIddictClientBuilder client) => Web(client).AddGoogle(google => google.SetRegistrationId(Key).SetClientId(ClientId).SetClientSecret(ClientSecret).SetRedirectUri(Back).AddScopes("profile", "email"));

    public override ProviderIdentity? Read(ProviderClaims claims) => claims["sub"] is { } subject
        ? new ProviderIdentity(subject, claims.Name("name", "given_name"), claims.Email(), claims.Says("email_verified"), claims.Url("picture") is { } picture ? Size().Replace(picture, "=s192-c") : null, null) : null;

    /// <summary>Its picture's address ends in the size.</summary>
    [GeneratedRegex("=s[0-9]+(-c)?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Size();
}
