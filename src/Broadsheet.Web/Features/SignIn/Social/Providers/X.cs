namespace Broadsheet.Web.Features.SignIn.Social.Providers;

/// <summary>https://docs.x.com/x-api/users/get-my-user; it gives no address.</summary>
internal sealed class X(string clientId, string clientSecret) : SignInProvider("x", "X", clientId, clientSecret)
{
    public override void Register(OpenIddictClientBuilder client) => Web(client).AddTwitter(x =>
    {
        x.SetRegistrationId(Key).SetClientId(ClientId).SetClientSecret(ClientSecret).SetRedirectUri(Back).AddUserFields("name", "username", "profile_image_url");
        // Nothing of what they wrote: without any, OpenIddict asks for all.
        x.AddTweetFields("id").AddExpansions("pinned_tweet_id");
    });

    public override ProviderIdentity? Read(ProviderClaims claims) => claims["id"] is { } subject
        ? new ProviderIdentity(subject, claims.Name("name", "username"), null, false, ProviderClaims.Web(claims["profile_image_url"]?.Replace("_normal.", "_200x200.", StringComparison.Ordinal)), claims["username"] is { } handle ? ProviderClaims.Web($"https://x.com/{handle}") : null) : null;
}
