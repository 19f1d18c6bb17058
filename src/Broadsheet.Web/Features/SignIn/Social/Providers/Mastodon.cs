using OpenIddict.Client;

namespace Broadsheet.Web.Features.SignIn.Social.Providers;

/// <summary>Any Mastodon server that a reader names. No registration with OpenIddict, which wants to know each issuer beforehand: <see cref="Fediverse.MastodonClient"/> speaks with them.</summary>
internal sealed class Mastodon() : SignInProvider(TheKey, "Mastodon", "", "")
{
    public const string TheKey = "mastodon";

    public override bool IsRegistered => false;

    public override void Register(OpenIddictClientBuilder client) => throw new InvalidOperationException("Mastodon's servers are not known beforehand.");

    public override ProviderIdentity? Read(ProviderClaims claims) => throw new InvalidOperationException("Mastodon's servers answer to a client of their own.");
}
